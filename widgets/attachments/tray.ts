import { html, LitElement, nothing } from 'lit'
import { english } from '../locales/words.ts'
import { controls } from '../styles/controls.ts'
import { drawn } from './drawn.ts'
import { type Held, progress } from './local.ts'
import { sign } from './sign.ts'
import { styles } from './tray.css.ts'
import { sizeIn } from './words.ts'

/** A file before it is sent. */
export interface Item {
  readonly id: number
  readonly name: string
  /** Null while it is being made ready. */
  readonly held: Held | null
  /** Why it cannot be sent, in words. */
  readonly trouble: string
}

/** Take this one out. */
export class RemoveItem extends Event {
  constructor(readonly item: Item) {
    super('remove')
  }
}

/** What goes along with the next message: each file with its picture, how far it is, and a way to take it out. */
export class Tray extends LitElement {
  static override properties = { items: {}, words: {}, dropping: { type: Boolean }, told: {} }
  static override styles = [controls, styles]

  items: readonly Item[] = []
  words = english
  dropping = false
  /** The last thing that happened, for those who do not see it. */
  told = ''

  readonly #canvases = new WeakMap<Held, HTMLCanvasElement | null>()

  override connectedCallback() {
    super.connectedCallback()
    progress.addEventListener('change', this.#moved)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    progress.removeEventListener('change', this.#moved)
  }

  #moved = () => this.requestUpdate()

  #canvas(held: Held) {
    if (!this.#canvases.has(held)) this.#canvases.set(held, drawn(held))
    return this.#canvases.get(held)
  }

  #item = (item: Item) => {
    const { words } = this
    const { name, held, trouble } = item
    const canvas = held && !trouble && this.#canvas(held)
    const part = held ? progress.of(held.key) : undefined
    return html`<li class="item ${canvas ? 'picture' : ''} ${trouble ? 'bad' : ''}" aria-busy=${!held && !trouble}>
      ${
        canvas
          ? html`${canvas}<span class="sr">${name}</span>`
          : html`${sign(trouble ? 'alert' : 'file')}<span
                ><bdi class="cut">${name}</bdi><small class="num">${trouble || (held ? sizeIn(words, held.size) : '…')}</small></span
              >`
      }
      ${part === undefined ? nothing : html`<progress value=${part} aria-label=${words.say('uploading', { name })}></progress>`}
      <button class="remove" aria-label=${words.say('removeFile', { name })} @click=${() => this.dispatchEvent(new RemoveItem(item))}>
        ${sign('close')}
      </button>
    </li>`
  }

  protected override render() {
    const { items, words } = this
    return html`${this.dropping ? html`<p class="drop">${words.say('dropFiles')}</p>` : nothing}${
      items.length ? html`<ul class="tray">${items.map(this.#item)}</ul>` : nothing
    }<p class="sr" role="status">${this.told}</p>`
  }
}

if (!customElements.get('shopbell-tray')) customElements.define('shopbell-tray', Tray)
