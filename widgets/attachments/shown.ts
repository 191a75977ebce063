import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Attachment } from '../../protocol/attachments.ts'
import { english } from '../locales/words.ts'
import { controls } from '../styles/controls.ts'
import { drawn } from './drawn.ts'
import type { FileLink, Links } from './links.ts'
import { type Held, held, type LocalFile, ownFile, progress } from './local.ts'
import { isPicture, roomFor } from './room.ts'
import { styles } from './shown.css.ts'
import { sign } from './sign.ts'
import { sizeIn } from './words.ts'

/** Asks whoever holds the page's links for them; answered before `dispatchEvent` returns. */
export class WantLinks extends Event {
  links: Links | null = null

  constructor() {
    super('shopbell-want-links', { bubbles: true, composed: true })
  }
}

/** A picture was pressed. */
export class ViewPicture extends Event {
  constructor(readonly file: string) {
    super('shopbell-view-picture', { bubbles: true, composed: true })
  }
}

/** The files of one message: pictures and films as such, all else as a row with name, size and kind. */
export class ShownFiles extends LitElement {
  static override properties = { files: {}, words: {} }
  static override styles = [controls, styles]

  /** Of a message that the server has, or of one that is on its way. */
  files: readonly (Attachment | LocalFile)[] = []
  words = english

  #links: Links | null = null
  readonly #known = new Map<string, FileLink | null>()
  readonly #again = new Set<string>()
  readonly #canvases = new Map<string, HTMLCanvasElement | null>()

  override connectedCallback() {
    super.connectedCallback()
    this.toggleAttribute('mine', !!this.closest('.mine'))
    progress.addEventListener('change', this.#moved)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    progress.removeEventListener('change', this.#moved)
  }

  protected override updated(changed: PropertyValues<this>) {
    if (!changed.has('files')) return
    this.toggleAttribute('pending', this.#waiting.length > 0)
    for (const { id, removed } of this.#there) if (!removed && !ownFile(id)) void this.#link(id)
    for (const { key } of this.#waiting) void this.#fetch(key)
  }

  get #there() {
    return this.files.filter((file) => 'id' in file)
  }

  get #waiting() {
    return this.files.filter((file) => 'key' in file)
  }

  #moved = () => this.#waiting.length && this.requestUpdate()

  async #link(file: string, anew = false) {
    const event = new WantLinks()
    if (!this.#links) this.dispatchEvent(event)
    this.#links ??= event.links
    try {
      this.#known.set(file, (await this.#links?.get(file, anew)) ?? null)
    } catch {
      this.#known.set(file, null)
    }
    this.requestUpdate()
  }

  /** What did not load may have had a link that was too old. */
  #failed(file: string) {
    if (this.#again.has(file)) this.#known.set(file, null)
    else {
      this.#again.add(file)
      void this.#link(file, true)
    }
    this.requestUpdate()
  }

  async #fetch(key: string) {
    const file = await held(key)
    if (file) this.#draw(key, file)
    this.requestUpdate()
  }

  #draw(key: string, file: Held) {
    const made = this.#canvases.get(key) ?? drawn(file, roomFor(file).width)
    this.#canvases.set(key, made)
    return made
  }

  #picture = (file: Attachment) => {
    const { id, name, width, height } = file
    const { words } = this
    const room = roomFor({ width, height })
    const own = ownFile(id)
    const canvas = own && this.#draw(id, own)
    const link = this.#known.get(id)
    const src = link && (link.thumbnail ?? link.url)
    return html`<button
      class="picture"
      data-file=${id}
      aria-label=${words.say('openPicture', { name })}
      @click=${() => this.dispatchEvent(new ViewPicture(id))}
    >
      ${
        canvas ??
        html`<img
          width=${room.width}
          height=${room.height}
          src=${src || nothing}
          alt=""
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          @error=${() => src && this.#failed(id)}
        />`
      }
      ${link === null ? html`<span class="missing">${words.say('pictureFailed')}</span>` : nothing}
    </button>`
  }

  #film = (file: Attachment) => {
    const { id, name, width, height } = file
    const link = this.#known.get(id)
    const room = roomFor({ width, height })
    return html`<video
      controls
      playsinline
      preload="none"
      aria-label=${name}
      width=${room.width}
      height=${room.height}
      poster=${link?.thumbnail || nothing}
      src=${link?.url || nothing}
      @error=${() => link && this.#failed(id)}
    ></video>`
  }

  #sound = ({ id, name }: Attachment) => {
    const link = this.#known.get(id)
    return html`<audio
      controls
      preload="none"
      aria-label=${name}
      src=${link?.url || nothing}
      @error=${() => link && this.#failed(id)}
    ></audio>`
  }

  #row = (file: Attachment) => {
    const { id, name, kind, removed } = file
    const { words } = this
    if (removed) return html`<p class="file gone">${sign('file')}${words.say('fileGone')}</p>`
    return html`<a
      class="file"
      href=${this.#known.get(id)?.url ?? '#'}
      download=${name}
      rel="noopener"
      aria-label=${words.say('download', { name })}
      @click=${(event: Event) => this.#save(event, id)}
    >
      ${sign(kind === 'audio' || kind === 'video' ? kind : 'file')}
      <span><bdi class="cut">${name}</bdi><small class="num">${this.#facts(file)}</small></span>
    </a>`
  }

  #facts({ name, size }: { name: string; size: number }) {
    const ending = /\.(\w{1,5})$/.exec(name)?.[1]
    const told = sizeIn(this.words, size)
    return ending ? this.words.say('pair', { first: ending.toUpperCase(), second: told }) : told
  }

  /** A link that has grown old is renewed before it is followed. */
  #save(event: Event, id: string) {
    if (this.#links?.now(id)) return
    event.preventDefault()
    void this.#link(id, true).then(() => {
      const url = this.#known.get(id)?.url
      if (!url) return
      const anchor = document.createElement('a')
      anchor.href = url
      anchor.download = ''
      anchor.click()
    })
  }

  #waitingFile = (file: LocalFile) => {
    const { key, name } = file
    const part = progress.of(key)
    const canvas = this.#canvases.get(key)
    return html`<div class="wrap">
      ${canvas ? html`<div class="picture">${canvas}</div>` : html`<p class="file">${sign('file')}<span><bdi class="cut">${name}</bdi><small class="num">${this.#facts(file)}</small></span></p>`}
      ${part === undefined ? nothing : html`<progress value=${part} aria-label=${this.words.say('uploading', { name })}></progress>`}
    </div>`
  }

  protected override render() {
    const files = this.#there
    const there = files.filter(({ removed }) => !removed)
    const pictures = there.filter(isPicture)
    const films = there.filter(({ kind }) => kind === 'video')
    const sounds = there.filter(({ kind }) => kind === 'audio')
    const rows = files.filter((file) => ![...pictures, ...films, ...sounds].includes(file))
    return html`${
      pictures.length
        ? html`<div class="pictures ${pictures.length > 1 ? 'several' : ''}">${pictures.map(this.#picture)}</div>`
        : nothing
    }${films.map(this.#film)}${sounds.map(this.#sound)}${rows.map(this.#row)}${this.#waiting.map(this.#waitingFile)}`
  }
}

if (!customElements.get('shopbell-files')) customElements.define('shopbell-files', ShownFiles)
