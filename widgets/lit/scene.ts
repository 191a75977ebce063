import { css, html, LitElement, nothing, type PropertyValues, render } from 'lit'

// For `test/e2e/lean-lit.test.ts`: what elements of ours ask of Lit, told as a list of lines.

const told: string[] = []
const names = (changed: PropertyValues) =>
  [...changed].map(([name, before]) => `${String(name)} was ${before}`).join(', ')

class Scene extends LitElement {
  static override properties = {
    lang: {},
    open: { type: Boolean },
    list: { attribute: false },
    own: { state: true },
    early: {},
  }
  static override styles = [css`p { color: rgb(1, 2, 3); }`, css`:host { display: block; }`]
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }

  declare open: boolean
  declare list: readonly string[]
  declare own: number
  declare early: string

  constructor() {
    super()
    this.list = []
    this.own = 1
    this.early = 'a default'
    this.addController({
      hostConnected: () => told.push('controller connected'),
      hostDisconnected: () => told.push('controller disconnected'),
    })
  }

  override connectedCallback() {
    super.connectedCallback()
    told.push(`connected with ${this.renderRoot.childNodes.length} nodes`)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    told.push('disconnected')
  }

  protected override willUpdate(changed: PropertyValues) {
    told.push(`will update: ${names(changed)}`)
    if (changed.has('list')) this.own = this.list.length
  }

  protected override updated(changed: PropertyValues) {
    told.push(`updated: ${names(changed)}; ${this.hasUpdated}`)
    if (this.own === 3) this.own = 30
  }

  #press = ({ type }: Event) => told.push(`${type} with ${this.own}`)

  protected override render() {
    const { list, own, lang, open, early } = this
    if (lang === 'broken') throw new Error('cannot draw this')
    return html`<p class="a ${own > 1 ? 'many' : ''} z" title=${lang ?? nothing} ?hidden=${open} @click=${own < 30 ? this.#press : nothing}>${early}</p>
      <textarea .value=${`${own}`} rows=${own}></textarea>
      ${list.length ? html`<ul>${list.map((text) => html`<li>${text}<!-- kept --></li>`)}</ul>` : nothing}${[own, null, undefined, '', document.createElement('hr')]}`
  }
}

const text = (root: ParentNode) =>
  [...root.children].map(({ outerHTML }) => outerHTML.replace(/<!--.*?-->/g, '').replace(/\s+/g, ' ')).join('|')

async function play() {
  const element = document.createElement('lit-scene') as Scene
  element.early = 'set before it was defined'
  element.setAttribute('lang', 'en')
  customElements.define('lit-scene', Scene)
  customElements.upgrade(element)
  const show = async (what: string) => {
    await element.updateComplete
    told.push(`${what}: ${text(element.renderRoot)}`)
  }
  element.list = ['one']
  document.body.append(element)
  await show('at first')
  told.push(
    getComputedStyle(element.renderRoot.querySelector('p') as Element).color,
    `${element.shadowRoot?.delegatesFocus}`,
  )

  element.renderRoot.querySelector('p')?.click()
  element.own = 2
  element.own = 2
  element.own = 1
  element.requestUpdate()
  await show('own set thrice')
  element.list = ['<b>one</b>', 'two', 'three']
  await show('a change before drawing and one after it')
  await show('a cycle later')
  element.renderRoot.querySelector('p')?.click()
  element.list = []
  element.toggleAttribute('open', true)
  await show('attributes')
  element.removeAttribute('open')
  element.removeAttribute('lang')
  await show('attributes taken away')
  element.lang = 'broken'
  await new Promise((resolve) => setTimeout(resolve))
  element.lang = 'de'
  await show('after a fault')

  const other = document.createElement('section')
  document.body.append(other)
  other.append(element)
  element.remove()
  element.own = 5
  await show('away from the page')

  const corner = document.createElement('div')
  for (const content of [
    html`<i>${'x'}</i>`,
    [1, 2],
    html`${'y'}${html`<b>${'z'}</b>`}`,
    'plain',
    nothing,
    [html`<u></u>`],
  ]) {
    render(content, corner)
    told.push(corner.innerHTML.replace(/<!--.*?-->/g, ''))
  }
  const forged = { _$litType$: 1, strings: ['<img src=x>'], values: [] }
  try {
    render(forged, corner)
  } catch (error) {
    told.push(`forged: ${error}`)
  }
  return told
}

Object.assign(window, { play })
