import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Attachment } from '../../protocol/attachments.ts'
import type { FileLink, Links } from '../../widgets/attachments/links.ts'
import { isPicture, roomFor } from '../../widgets/attachments/room.ts'
import { sizeIn } from '../../widgets/attachments/words.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { icon } from '../icon.ts'
import { pageLanguage } from '../locales/say.ts'
import { parts } from '../styles/parts.ts'
import { filesStyles } from './files.css.ts'
import { say } from './words.ts'

/** The files of one message: each by name and size, to download; pictures are shown. */
export class ChatFiles extends LitElement {
  static override properties = { files: {}, links: {}, viewed: { state: true } }
  static override styles = [controls, parts, filesStyles]

  declare files: readonly Attachment[]
  declare links: Links
  /** The picture that is looked at in full. */
  declare viewed?: Attachment | undefined
  readonly #known = new Map<string, FileLink | null>()
  readonly #again = new Set<string>()

  protected override updated(changed: PropertyValues<this>) {
    if (changed.has('files')) for (const { id, removed } of this.files) if (!removed) void this.#link(id)
    if (changed.has('viewed') && this.viewed) this.renderRoot.querySelector('dialog')?.showModal()
  }

  async #link(id: string, anew = false) {
    const link = await this.links.get(id, anew).catch(() => null)
    this.#known.set(id, link)
    this.requestUpdate()
    return link
  }

  /** What did not load may have had a link that was too old; asked for once more, it is shown by its name alone. */
  #failed(id: string) {
    if (this.#again.has(id)) this.#known.set(id, null)
    else void this.#link(id, true)
    this.#again.add(id)
    this.requestUpdate()
  }

  /** A link that has grown old, or never came, is asked for anew before it is followed. */
  #save = async (event: Event, { id, name }: Attachment) => {
    if (this.links.now(id)) return
    event.preventDefault()
    const link = await this.#link(id, true)
    if (link) Object.assign(document.createElement('a'), { href: link.url, download: name }).click()
  }

  async #view(file: Attachment) {
    if (!this.links.now(file.id)) await this.#link(file.id, true)
    this.viewed = file
  }

  #picture = (file: Attachment) => {
    const link = this.#known.get(file.id)
    const { width, height } = roomFor(file)
    if (link === null) return nothing
    return html`<button class="picture" aria-label=${say('openPicture', { name: file.name })} @click=${() => this.#view(file)}>
      <img
        width=${width}
        height=${height}
        src=${(link && (link.thumbnail ?? link.url)) || nothing}
        alt=""
        loading="lazy"
        decoding="async"
        referrerpolicy="no-referrer"
        @error=${() => link && this.#failed(file.id)}
      />
    </button>`
  }

  #file = (file: Attachment) => {
    const { id, name, removed } = file
    if (removed) return html`<li><p class="file gone">${icon('clip')}<span>${say('fileGone')}</span></p></li>`
    return html`<li>
      ${isPicture(file) ? this.#picture(file) : nothing}
      <a
        class="file"
        href=${this.#known.get(id)?.url ?? '#'}
        download=${name}
        rel="noopener"
        @click=${(event: Event) => this.#save(event, file)}
      >
        ${icon('clip')}<span><bdi class="cut">${name}</bdi><span class="small muted num">${sizeIn({ lang: pageLanguage() }, file.size)}</span></span>${icon('download')}<span class="sr">${say('download')}</span>
      </a>
    </li>`
  }

  #viewer = (file: Attachment) => {
    const close = (event: Event) => (event.currentTarget as Element).closest('dialog')?.close()
    return html`<dialog
      aria-label=${file.name}
      @click=${(event: Event) => event.target === event.currentTarget && close(event)}
      @close=${() => {
        this.viewed = undefined
      }}
    >
      <div class="row">
        <bdi class="push cut">${file.name}</bdi>
        <button class="btn btn-quiet" @click=${close}>${icon('close')}${say('close')}</button>
      </div>
      <img src=${this.#known.get(file.id)?.url ?? nothing} alt=${file.name} referrerpolicy="no-referrer" />
    </dialog>`
  }

  protected override render() {
    return html`<ul aria-label=${say('file', { n: this.files.length })}>${this.files.map(this.#file)}</ul>
      ${this.viewed ? this.#viewer(this.viewed) : nothing}`
  }
}

customElements.define('shopbell-chat-files', ChatFiles)
