import { html, LitElement, nothing } from 'lit'
import type { Attachment } from '../../protocol/attachments.ts'
import type { Message } from '../../protocol/chats.ts'
import { english } from '../locales/words.ts'
import { controls } from '../styles/controls.ts'
import type { FileLink, Links } from './links.ts'
import { sign } from './sign.ts'
import { styles } from './viewer.css.ts'

const SWIPE_PX = 48

/** The pictures of a log, oldest first. */
export const picturesOf = (messages: readonly Message[]): Attachment[] =>
  messages.flatMap(({ attachments = [] }) =>
    attachments.filter(
      ({ kind, width, removed, type }) => kind === 'image' && width && !removed && type !== 'image/heic',
    ),
  )

/** One picture over the whole page, and the way to the others of its chat. Tells `close`. */
export class Viewer extends LitElement {
  static override properties = { shown: {} }
  static override styles = [controls, styles]

  words = english
  pictures: readonly Attachment[] = []
  links: Links | null = null
  /** The picture that is looked at. */
  declare shown: string

  #link: FileLink | null | undefined
  #linkOf = ''
  #loaded = ''
  #renewed = false
  #touchX = 0

  protected override updated() {
    const dialog = this.#dialog
    if (dialog && !dialog.open) dialog.showModal()
    if (this.#linkOf !== this.shown) void this.#load()
  }

  get #dialog() {
    return this.renderRoot.querySelector('dialog')
  }

  get #index() {
    return this.pictures.findIndex(({ id }) => id === this.shown)
  }

  async #load(anew = false) {
    const file = this.shown
    this.#linkOf = file
    this.#link = undefined
    this.#renewed = anew
    const link = await this.links?.get(file, anew).catch(() => null)
    if (file !== this.shown) return
    this.#link = link ?? null
    this.requestUpdate()
  }

  /** A link may have grown old while one looked at the picture before. */
  #failed = () => {
    if (!this.#renewed) void this.#load(true)
    else this.#link = null
    this.requestUpdate()
  }

  #step(by: number) {
    const next = this.pictures[this.#index + by]
    if (next) this.shown = next.id
  }

  #pressed = (event: KeyboardEvent) => {
    // What is behind must not close with it.
    event.stopPropagation()
    const forward = this.matches(':dir(rtl)') ? 'ArrowLeft' : 'ArrowRight'
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight'
    if (event.key === forward) this.#step(1)
    else if (event.key === back) this.#step(-1)
    else if (event.key === 'Home') this.#step(-this.#index)
    else if (event.key === 'End') this.#step(this.pictures.length - 1 - this.#index)
    else return
    event.preventDefault()
  }

  #touched = ({ changedTouches: [touch], touches, type }: TouchEvent) => {
    if (!touch) return
    if (type === 'touchstart') this.#touchX = touches.length === 1 ? touch.clientX : Number.NaN
    const moved = touch.clientX - this.#touchX
    if (type !== 'touchend' || !(Math.abs(moved) > SWIPE_PX)) return
    this.#step(moved < 0 === this.matches(':dir(ltr)') ? 1 : -1)
  }

  #picture({ id, name, width, height }: Attachment) {
    const link = this.#link
    if (link === null) return html`<p role="alert">${this.words.say('pictureFailed')}</p>`
    return html`<img
      class=${this.#loaded === id ? '' : 'loading'}
      width=${width ?? nothing}
      height=${height ?? nothing}
      src=${(this.#linkOf === id && link?.url) || nothing}
      alt=${name}
      referrerpolicy="no-referrer"
      @load=${() => {
        this.#loaded = id
        this.requestUpdate()
      }}
      @error=${this.#failed}
    />`
  }

  protected override render() {
    const { words, pictures } = this
    const index = this.#index
    const picture = pictures[index]
    if (!picture) return nothing
    const { name } = picture
    const close = () => this.#dialog?.close()
    const turn = (way: 'next' | 'previous', by: number) =>
      pictures[index + by]
        ? html`<button class="btn btn-icon ${way}" aria-label=${words.say(`${way}Picture`)} @click=${() => this.#step(by)}>
            ${sign(way)}
          </button>`
        : nothing
    return html`<dialog
      aria-label=${name}
      @keydown=${this.#pressed}
      @touchstart=${this.#touched}
      @touchend=${this.#touched}
      @close=${() => this.dispatchEvent(new Event('close'))}
    >
      <div class="top">
        <span>
          <bdi class="cut">${name}</bdi>
          ${pictures.length > 1 ? html`<span class="small num" role="status">${words.say('pictureOf', { n: index + 1, count: pictures.length })}</span>` : nothing}
        </span>
        <a class="btn btn-icon" href=${this.#link?.url ?? nothing} download=${name} aria-label=${words.say('download', { name })}>
          ${sign('download')}
        </a>
        <button class="btn btn-icon" autofocus aria-label=${words.say('close')} @click=${close}>${sign('close')}</button>
      </div>
      <div class="stage" @click=${({ target, currentTarget }: Event) => target === currentTarget && close()}>${this.#picture(picture)}</div>
      ${turn('previous', -1)} ${turn('next', 1)}
    </dialog>`
  }
}

if (!customElements.get('shopbell-viewer')) customElements.define('shopbell-viewer', Viewer)
