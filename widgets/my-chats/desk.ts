import type { CSSResult, LitElement, ReactiveController } from 'lit'
import type { PublicSite } from '../../protocol/public-site.ts'
import type { Files } from '../attachments/files.ts'
import { fetched } from '../client/fetched.ts'
import type { ChatStore } from '../client/store.ts'
import type { Host } from '../loader/host.ts'
import { english, wordsFor } from '../locales/words.ts'
import type * as Seldom from './seldom.ts'

export const adopt = ({ renderRoot }: LitElement, { styleSheet }: CSSResult) =>
  styleSheet && (renderRoot as ShadowRoot).adoptedStyleSheets.push(styleSheet)

const bringSeldom = fetched(() => import('./seldom.ts'))
const bringFiles = fetched(() => import('../attachments/files.ts'))

/** What the views of a root draw from and act on: the store, the words, and what is being written. */
export class Desk implements ReactiveController {
  store: ChatStore | null = null
  site: PublicSite | null = null
  words = english
  /** Files of messages: undefined while their part is on its way, null where it did not come. */
  files: Files | null | undefined
  /** The chat that is shown, or what it would be about. */
  place = ''
  text = ''
  /** What the last order was refused for, in words. */
  trouble = ''
  /** What is shown seldom, once it has come. */
  views: typeof Seldom | null = null
  readonly root: LitElement
  #coming: Promise<void> | null = null
  #clock = 0
  #part: Promise<Files | null> | undefined

  constructor(root: LitElement) {
    this.root = root
    root.addController(this)
    // Keystrokes typed here are not the page's shortcuts. Esc is: it may close what the page put around us.
    for (const type of ['keydown', 'keyup', 'keypress'] as const) {
      root.addEventListener(type, (event) => event.key !== 'Escape' && event.stopPropagation())
    }
  }

  hostConnected() {
    this.store?.addEventListener('change', this.draw)
  }

  hostDisconnected() {
    this.store?.removeEventListener('change', this.draw)
    clearTimeout(this.#clock)
  }

  draw = () => {
    const { root } = this
    const focused = root.shadowRoot?.activeElement
    root.requestUpdate()
    if (focused) void root.updateComplete.then(() => focused.isConnected || this.refocus())
  }

  /** What had the focus is gone: it goes to where one goes on, and not to the page around us. */
  refocus = () => {
    if (this.root.shadowRoot?.activeElement) return
    this.focus('textarea') || this.focus('.foot button') || this.focus('.head button')
  }

  /** Puts the focus on the first of these that shows. */
  focus(selector: string): boolean {
    const all = [...this.root.renderRoot.querySelectorAll<HTMLElement>(selector)]
    const first = all.find((element) => element.checkVisibility())
    first?.focus({ preventScroll: true })
    return !!first
  }

  /** Gets what is shown seldom; where it does not come, the next time asks again. */
  bring = (): Promise<void> => {
    this.#coming ??= bringSeldom().then(
      (views) => {
        this.views = views
        adopt(this.root, views.styles)
        this.draw()
      },
      () => {
        this.#coming = null
      },
    )
    return this.#coming
  }

  async open(host: Host) {
    this.#part ??= bringFiles().then(
      ({ Files }) => new Files(this, this.root),
      () => null,
    )
    void this.#part.then((files) => {
      this.files = files
      this.draw()
    })
    const [store] = await Promise.all([host.store(), this.dress(host)])
    this.store = store
    this.hostConnected()
    this.draw()
  }

  /** Takes the site's colours and the reader's words; without the site's answer our own do. */
  async dress(host: Host) {
    const root = this.root
    const site = await host.config().catch(() => null)
    this.words = await wordsFor(root, site?.locale ?? 'en')
    this.site = site
    if (site) root.style.setProperty('--shopbell-site', site.accent)
    if (site && site.theme !== 'auto' && !root.hasAttribute('theme')) root.setAttribute('theme', site.theme)
    this.draw()
  }

  show(place: string) {
    this.place = place
    this.trouble = ''
    this.text = this.store?.draft(place).get() ?? ''
    this.draw()
  }

  write(text: string) {
    this.text = text
    this.store?.draft(this.place).set(text || null)
    this.draw()
  }

  /** Carries out an order; a refusal is told. */
  async run(order: Promise<unknown> | undefined) {
    this.trouble = ''
    await order?.catch(async ({ code }: { code?: string }) => {
      await this.bring()
      this.trouble = this.words.error(code)
    })
    this.draw()
  }

  /** Draws again when the second is over, while somebody waits for `until`. */
  countdown(until: number): number {
    const left = until - Date.now()
    clearTimeout(this.#clock)
    if (left > 0) this.#clock = window.setTimeout(this.draw, left % 1000 || 1000)
    return left
  }
}
