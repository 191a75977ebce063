import { html, type LitElement, nothing } from 'lit'
import type { Attachment } from '../../protocol/attachments.ts'
import type { Message } from '../../protocol/chats.ts'
import type { ApiError } from '../client/api.ts'
import { fetched, uploading } from '../client/fetched.ts'
import { en } from '../locales/en.ts'
import { enFiles } from '../locales/en-files.ts'
import type { Desk } from '../my-chats/desk.ts'
import './attach.ts'
import type { ChosenFiles } from './attach.ts'
import { bringFiles } from './bring.ts'
import type { Links } from './links.ts'
import { heldBy, hold, type LocalFile, letGo } from './local.ts'
import type { ViewPicture, WantLinks } from './shown.ts'
import type { Item, RemoveItem } from './tray.ts'
import { called, sizeIn } from './words.ts'

Object.assign(en, enFiles)

const bringTray = fetched(() => import('./tray.ts'))
const bringShown = fetched(() => Promise.all([import('./shown.ts'), import('./links.ts')]))
const bringTakeIn = fetched(() => import('./take-in.ts'))
const bringViewer = fetched(() => import('./viewer.ts'))
let made = 0

/** Files of a root: those that wait to be sent with the next message, and how those of the log are looked at. */
export class Files {
  readonly #desk: Desk
  readonly #root: LitElement
  readonly #places = new Map<string, Item[]>()
  /** Whose kept files were looked for. */
  #owner = ''
  #links: Links | null = null
  #drawn = false
  #drawing: Promise<void> | undefined
  /** What draws them did not come. */
  #missing = false
  /** The place whose log shows. */
  #shows = ''
  #dropping = false
  #told = ''

  constructor(desk: Desk, root: LitElement) {
    this.#desk = desk
    this.#root = root
    root.addEventListener('shopbell-want-links', (event) => this.#giveLinks(event as WantLinks))
    root.addEventListener('shopbell-view-picture', (event) => void desk.run(this.#view(event as ViewPicture)))
    bringFiles(root, {
      open: () => this.#open,
      take: (files) => this.add(files),
      over: (dropping) => {
        this.#dropping = dropping
        desk.draw()
      },
    })
  }

  /** Files that go with the next message. */
  get count(): number {
    return this.#items.filter(({ held, trouble }) => held && !trouble).length
  }

  /** One is still being made ready. */
  get busy(): boolean {
    return this.#items.some(({ held, trouble }) => !held && !trouble)
  }

  /** Hands them over to a message; what cannot be sent stays to be looked at. */
  take(): LocalFile[] | undefined {
    const items = this.#items
    this.#set(
      this.#desk.place,
      items.filter(({ trouble }) => trouble),
    )
    const files = items.flatMap(({ held, trouble }) => (held && !trouble ? [held] : []))
    for (const held of files) {
      held.place = ''
      void hold(held)
    }
    if (!files.length) return undefined
    return files.map(({ key, name, kind, type, size, width, height }) => ({
      key,
      name,
      kind,
      type,
      size,
      width,
      height,
    }))
  }

  /** In the composer, before the text. */
  button() {
    const { words, site } = this.#desk
    return site?.attachments
      ? html`<shopbell-attach
          .kinds=${site.attachments.kinds}
          .words=${words}
          @chosen=${({ files }: ChosenFiles) => this.add(files)}
        ></shopbell-attach>`
      : nothing
  }

  /** Above the text; what draws it comes with the first file. */
  tray() {
    void this.#restore()
    const { words } = this.#desk
    if (this.#items.length || this.#dropping) {
      void bringTray().catch(() => null) // The next look asks again.
      this.#draw()
    }
    return html`<shopbell-tray
      .items=${this.#items}
      .words=${words}
      .dropping=${this.#dropping}
      .told=${this.#told}
      @remove=${({ item }: RemoveItem) => this.#remove(item)}
    ></shopbell-tray>`
  }

  /** A message without words, in the list of chats. */
  called(files: readonly Attachment[] = []): string {
    return files.length ? called(this.#desk.words, files) : ''
  }

  /** A log with files waits for what draws them, so that nothing moves when it comes; one that shows already stays. */
  ready(place: string, messages: readonly Message[]): boolean {
    if (this.#missing && this.#shows !== place) {
      this.#missing = this.#drawn = false
      this.#drawing = undefined
    }
    if (messages.some(({ attachments }) => attachments)) this.#draw()
    else this.#shows = place
    if (this.#drawn) this.#shows = place
    return this.#shows === place
  }

  /** Gets what draws the files of a log. Where it does not come, the log shows without, and the next one asks again. */
  #draw(): void {
    this.#drawing ??= bringShown()
      .then(
        ([, { Links }]) => {
          const { store } = this.#desk
          if (store) this.#links = new Links(store.base, (method, path, body) => store.call(method, path, body))
        },
        () => {
          this.#missing = true
        },
      )
      .then(() => {
        this.#drawn = true
        this.#desk.draw()
      })
  }

  add(files: readonly File[]): void {
    const { site, words, place } = this.#desk
    if (!site?.attachments || !place || !files.length) return
    const { perMessage } = site.attachments
    const room = perMessage - this.#items.length
    this.#told = room < files.length ? words.say('tooManyFiles', { n: perMessage }) : ''
    this.#desk.trouble = this.#told
    for (const file of files.slice(0, Math.max(0, room))) void this.#takeIn(file, place)
    this.#desk.draw()
  }

  get #items(): Item[] {
    return this.#places.get(this.#desk.place) ?? []
  }

  #set(place: string, items: Item[]): void {
    this.#places.set(place, items)
    this.#desk.draw()
  }

  #change(place: string, id: number, change: Partial<Item>): void {
    const items = this.#places.get(place) ?? []
    this.#set(
      place,
      items.map((item) => (item.id === id ? { ...item, ...change } : item)),
    )
  }

  async #takeIn(file: File, place: string): Promise<void> {
    const { words, site } = this.#desk
    const id = ++made
    this.#set(place, [...(this.#places.get(place) ?? []), { id, name: file.name, held: null, trouble: '' }])
    const most = site?.attachments?.maxBytes ?? 0
    const part = await bringTakeIn().catch(() => null)
    if (!part) return this.#change(place, id, { trouble: words.error('offline') })
    const ready = await part.takeIn(file, { owner: this.#who, place })
    const { name, size } = ready
    const trouble =
      size > most ? words.say('tooLarge', { size: sizeIn(words, most) }) : size ? '' : words.say('file_empty')
    if (!(this.#places.get(place) ?? []).some((item) => item.id === id)) return
    this.#told = trouble ? words.say('fileFailed', { name, why: trouble }) : words.say('fileAdded', { name })
    this.#change(place, id, { name, held: ready, trouble })
    if (trouble) return
    await hold(ready)
    await this.#upload(place, id, ready)
  }

  /** Before it is sent, so that Send has little left to wait for. A visitor's wait until there is somebody. */
  async #upload(place: string, id: number, held: NonNullable<Item['held']>): Promise<void> {
    const { store, words } = this.#desk
    if (!store?.state.me) return
    const sending = uploading().then(({ upload }) => upload(store, held))
    await sending.catch(({ code = 'internal', passing = true, retryAfterMs }: Partial<ApiError>) => {
      // What passes by itself is tried again when the message goes out.
      if (passing || retryAfterMs || /^session_/.test(code)) return
      const why = words.error(code)
      this.#told = words.say('fileFailed', { name: held.name, why })
      void letGo(held.key)
      this.#change(place, id, { trouble: why })
    })
  }

  #remove(item: Item): void {
    const { place, store } = this.#desk
    this.#set(
      place,
      this.#items.filter(({ id }) => id !== item.id),
    )
    const { held } = item
    if (held && store)
      void uploading().then(
        ({ cancel }) => cancel(store, held),
        () => null,
      )
    this.#root.renderRoot.querySelector('textarea')?.focus({ preventScroll: true })
  }

  get #who(): string {
    const { store } = this.#desk
    return `${store?.site}/${store?.state.me?.id ?? ''}`
  }

  /** What was attached before a reload. */
  async #restore(): Promise<void> {
    const { store } = this.#desk
    const owner = this.#who
    if (!store || owner === this.#owner || store.state.connection.is === 'connecting') return
    this.#owner = owner
    const kept = await heldBy(owner)
    for (const held of kept) {
      const items = this.#places.get(held.place) ?? []
      if (items.some((item) => item.held?.key === held.key)) continue
      const id = ++made
      this.#set(held.place, [...items, { id, name: held.name, held, trouble: '' }])
      void this.#upload(held.place, id, held)
    }
  }

  #giveLinks(event: WantLinks): void {
    event.links = this.#links
  }

  async #view(event: ViewPicture): Promise<void> {
    event.stopPropagation()
    const opener = event.composedPath()[0]
    const { store, words, place } = this.#desk
    const messages = store?.state.logs.get(place)?.messages ?? []
    const links = this.#links
    const { Viewer, picturesOf } = await bringViewer()
    const viewer = new Viewer()
    Object.assign(viewer, { words, links, pictures: picturesOf(messages), shown: event.file })
    viewer.lang = words.lang
    if (words.dir) viewer.dir = words.dir
    viewer.addEventListener('close', () => {
      viewer.remove()
      const back =
        opener instanceof HTMLElement
          ? opener.shadowRoot?.querySelector<HTMLElement>(`[data-file="${event.file}"]`)
          : null
      back?.focus({ preventScroll: true })
    })
    this.#root.renderRoot.append(viewer)
  }

  /** There is something to write into. */
  get #open(): boolean {
    return !!this.#desk.site?.attachments && !!this.#root.renderRoot.querySelector('.composer')
  }
}
