import type { PublicSite } from '../../protocol/public-site.ts'
import type { Chats } from './adorn.ts'
import { styles } from './start-chat.css.ts'
import { type ButtonWords, english, wordsIn } from './words.ts'

/**
 * The panel, and what reads the page for it: not needed before somebody comes near a button. Browsers hold for a page's
 * life that a file did not come (HTML's module map), so it is asked for again under another address.
 */
export const loadPanel = (): Promise<typeof import('./open-panel.ts')> =>
  import('./open-panel.ts').catch((error) => {
    const [file] = /http\S+?\.js/.exec(`${error}`) ?? []
    if (!file) throw error
    return import(/* @vite-ignore */ `${file}?${Date.now()}`)
  })

const ICONS = {
  ready: 'M10 3.5c-4 0-7 2.6-7 6 0 1.6.7 3 1.8 4.1L4 17l3.7-1.7c.7.2 1.5.2 2.3.2 4 0 7-2.6 7-6s-3-6-7-6Z',
  busy: 'M10 3a7 7 0 1 1-6.7 5',
  failed: 'M16 10a6 6 0 1 1-1.8-4.3L16 7.5M16 3.5v4h-4',
  alert: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14m0 3.5v4m0 2.9v.1',
}
interface ButtonSettings {
  enabled: boolean
  label?: string
  button?: boolean
}

/** What a button shows beside its own attributes. */
interface Shown {
  /** Not before the site's label and the language are known: text that changes is worse than text that comes. */
  words?: ButtonWords
  phase: 'ready' | 'busy' | 'failed'
  /** The panel shows what this button opened. */
  expanded?: boolean
  /** There is a chat already. */
  exists?: boolean
  unread?: number
}

/**
 * The button that starts a chat about a thing, or goes on with the one that exists.
 *
 * Attributes: `context` (`product`), `context-id`, `title`, `picture`, `url` and `price` of the thing, each also as
 * `data-…`; `label`; `seller`; `lang`; `theme`; `variant` `inline` or `floating`, which opens the list of chats.
 *
 * Drawn by hand: every page of a shop waits for it, and Lit alone weighed more than all of it.
 */
export class StartChat extends HTMLElement {
  static observedAttributes = ['label', 'variant', 'lang']

  readonly #button = make('button', {
    part: 'button',
    type: 'button',
    'aria-haspopup': 'dialog',
    'aria-expanded': 'false',
    'aria-busy': 'false',
  })
  readonly #icon = icon('ready')
  readonly #text = new Text()
  #shown: Shown = { phase: 'ready' }
  /** The site's own label, where somebody has changed it. */
  #label?: string

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true })
    root.adoptedStyleSheets = [sheet]
    this.#button.append(this.#icon, this.#text)
    root.append(this.#button)
    this.#button.onclick = () => this.#press()
    this.#button.onpointerenter = this.#button.onfocus = preload
  }

  connectedCallback() {
    // What a script has set before the element was known hides the accessors.
    for (const name of ['label', 'variant', 'context'] as const) {
      const { [name]: value } = this
      if (Object.hasOwn(this, name) && Reflect.deleteProperty(this, name)) Reflect.set(this, name, value)
    }
    document.addEventListener('shopbell:chats', this.#adorn)
    if (this.#floating) void this.#adorn()
    void this.#dress()
  }

  disconnectedCallback() {
    document.removeEventListener('shopbell:chats', this.#adorn)
  }

  attributeChangedCallback(name: string) {
    if (name === 'lang') void this.#dress()
    else this.#draw()
  }

  get label() {
    return this.getAttribute('label') ?? undefined
  }
  set label(label: string | undefined) {
    if (label === undefined) this.removeAttribute('label')
    else this.setAttribute('label', label)
  }

  get variant() {
    return this.getAttribute('variant') ?? undefined
  }
  set variant(variant: string | undefined) {
    if (variant === undefined) this.removeAttribute('variant')
    else this.setAttribute('variant', variant)
  }

  get #floating() {
    return this.variant === 'floating'
  }

  get context() {
    return (this.getAttribute('context') ?? this.dataset.context ?? 'product') as keyof PublicSite['contexts']
  }
  set context(context: keyof PublicSite['contexts']) {
    this.setAttribute('context', context)
    if (this.isConnected) void this.#dress()
  }

  /** Shows more of what is known; the rest stays as it was. */
  show(news: Partial<Shown>) {
    Object.assign(this.#shown, news)
    this.#draw()
  }

  /** The site's label and colours; where the site does not answer our own do, and the loader tells the console. */
  async #dress() {
    const { context } = this
    const site = await window.shopbell?.host?.config().catch(() => null)
    if (site) {
      const { accent, theme, contexts } = site
      const { enabled, label, button }: ButtonSettings = contexts[context]
      this.style.setProperty('--shopbell-site', accent)
      if (theme !== 'auto' && !this.hasAttribute('theme')) this.setAttribute('theme', theme)
      if (!this.#floating) {
        // A button that only ever meets a refusal is none.
        if (!enabled || button === false) this.hidden = true
        // A label that nobody has changed follows the language.
        if (label && label !== english[context]) this.#label = label
      }
    }
    const near = this.closest<HTMLElement>('[lang]')
    this.show({ words: await wordsIn(near?.lang || site?.locale || 'en') })
  }

  #adorn = async (event?: CustomEventInit<Chats>) => {
    const { adorn } = await import('./adorn.ts')
    adorn(this, event?.detail)
  }

  async #press() {
    if (this.#shown.phase === 'busy') return
    this.show({ phase: 'busy' })
    try {
      const { openFrom } = await loadPanel()
      await openFrom(this)
      this.show({ phase: 'ready' })
    } catch {
      this.show({ phase: 'failed' })
    }
  }

  #draw() {
    const { words, phase, exists, unread, expanded } = this.#shown
    const own = this.label ?? this.#label ?? words?.[this.#floating ? 'list' : this.context]
    const text = phase === 'ready' ? (exists ? words?.exists : own) : words?.[phase]
    const button = this.#button
    this.#text.data = (words && text) || ''
    this.#icon.firstElementChild?.setAttribute('d', ICONS[phase])
    button.ariaExpanded = `${!!expanded}`
    button.ariaBusy = `${phase === 'busy'}`
    button.querySelector('b')?.remove()
    if (unread) button.append(make('b', {}, `${unread}`))
    if ((phase === 'failed') === !!button.nextElementSibling) return
    if (phase === 'failed') button.after(make('p', { role: 'alert' }, icon('alert'), words?.reason ?? ''))
    else button.nextElementSibling?.remove()
  }
}

const sheet = new CSSStyleSheet()
sheet.replaceSync(styles)

/** The panel is fetched while a finger is still on its way. */
function preload() {
  loadPanel().catch(() => null) // A press tries again, and says so if that fails too.
}

function make<Name extends 'button' | 'b' | 'p'>(
  name: Name,
  attributes: Record<string, string>,
  ...inside: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  return fill(document.createElement(name), attributes, inside)
}

function icon(name: keyof typeof ICONS) {
  const shape = (name: string, attributes: Record<string, string>, ...inside: Node[]) =>
    fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, inside)
  return shape('svg', { viewBox: '0 0 20 20', 'aria-hidden': 'true' }, shape('path', { d: ICONS[name] }))
}

function fill<E extends Element>(element: E, attributes: Record<string, string>, inside: (Node | string)[]): E {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  element.append(...inside)
  return element
}

if (!customElements.get('shopbell-start-chat')) customElements.define('shopbell-start-chat', StartChat)

declare global {
  interface HTMLElementTagNameMap {
    'shopbell-start-chat': StartChat
  }
}
