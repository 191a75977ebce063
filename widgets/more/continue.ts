import { html, LitElement, nothing } from 'lit'
import type { Host } from '../loader/host.ts'
// What opens next; it brings the styles along.
import '../my-chats/my-chats.ts'
import { accent } from '../styles/accent.ts'
import { controls } from '../styles/controls.ts'
import { tokens } from '../styles/tokens.ts'
import { dialogStyles } from './dialog.css.ts'
import { en } from './words/en.ts'
import { moreWords } from './words/words.ts'

const LINK = /^#shopbell-link=([\w-]{20,100})(?:\.(chat_[\w-]{10,40}))?$/

/** What a mailed link in the page's address says. */
export interface MailedLink {
  token: string
  chat: string | undefined
}

/** Takes a link out of the address, so that nobody comes by it later. */
export function takeLink(): MailedLink | null {
  const [, token, chat] = LINK.exec(location.hash) ?? []
  if (!token) return null
  history.replaceState(history.state, '', location.pathname + location.search)
  return { token, chat }
}

/**
 * Asks whether the chats of a mailed link shall go on here. Only the press uses the link up: mail scanners open pages, and
 * some run what is in them.
 */
export class Continue extends LitElement {
  static override properties = { texts: { state: true }, trouble: { state: true }, busy: { state: true } }
  static override styles = [accent, tokens, controls, dialogStyles]

  declare host: Host
  declare link: MailedLink
  declare texts: typeof en
  declare trouble: string
  declare busy: boolean
  /** Called once the chats are this browser's. */
  done: (chat: string | undefined) => void = () => undefined
  #lang = 'en'
  #dir: string | undefined

  constructor() {
    super()
    this.texts = en
    this.trouble = ''
    this.busy = false
  }

  async open() {
    const site = await this.host.config().catch(() => null)
    this.#lang = document.documentElement.lang || site?.locale || 'en'
    this.#dir = this.#lang.startsWith('ar') ? 'rtl' : undefined
    this.texts = await moreWords(this.#lang)
    if (site) this.style.setProperty('--shopbell-site', site.accent)
    if (site && site.theme !== 'auto') this.setAttribute('theme', site.theme)
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  async #redeem() {
    if (this.busy) return
    this.busy = true
    const { token, chat } = this.link
    try {
      await (await this.host.store()).goOn(token)
      this.renderRoot.querySelector('dialog')?.close()
      this.done(chat)
    } catch (error) {
      const { code } = error as { code?: string }
      this.trouble = code === 'link_invalid' ? this.texts.continueUsed : this.texts.failed
    }
    this.busy = false
  }

  protected override render() {
    const { texts, trouble } = this
    return html`<dialog aria-labelledby="title" lang=${this.#lang} dir=${this.#dir ?? nothing} @close=${() => this.remove()}>
      <section>
        <h2 id="title">${texts.continueTitle}</h2>
        <p class="muted">${texts.continueHint}</p>
        <p class="error" role="alert">${trouble}</p>
        <div>
          <button class="btn btn-primary" aria-disabled=${this.busy} @click=${this.#redeem}>${texts.continue}</button>
          <button class="btn btn-quiet" @click=${() => this.renderRoot.querySelector('dialog')?.close()}>${texts.close}</button>
        </div>
      </section>
    </dialog>`
  }
}

if (!customElements.get('shopbell-continue')) customElements.define('shopbell-continue', Continue)

/** Asks on this page; `done` hears which chat to open. */
export async function askToContinue(host: Host, link: MailedLink, done: (chat: string | undefined) => void) {
  const element = document.createElement('shopbell-continue') as Continue
  Object.assign(element, { host, link, done })
  document.body.append(element)
  await element.open()
}
