import { html, LitElement, nothing } from 'lit'
import type { SiteChat } from '../../protocol/admin/chats.ts'
import type { Message } from '../../protocol/chats.ts'
import { Links } from '../../widgets/attachments/links.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { Loaded } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { chatsStyles } from './chats.css.ts'
import './files.ts'
import { say } from './words.ts'

interface Page {
  messages: Message[]
  more: boolean
}

/** One chat, to read. */
export class Reading extends LitElement {
  static override properties = { frame: {}, chatId: {}, chat: {} }
  static override styles = [controls, parts, pageStyles, chatsStyles]

  declare frame: Frame
  declare chatId: string
  /** What is known of it; asked for where nothing is. */
  declare chat?: SiteChat | undefined
  #messages: Message[] = []
  #links: Links | null = null
  readonly #page = new Loaded(this, () => this.#ask())

  async #ask(before?: number): Promise<Page> {
    const path = `/admin/chats/${this.chatId}`
    this.chat ??= (await this.frame.call<{ chat: SiteChat }>('GET', path)).chat
    const page = await this.frame.call<Page>('GET', `${path}/messages${before ? `?before=${before}` : ''}`)
    this.#messages = before ? [...page.messages, ...this.#messages] : page.messages
    return page
  }

  /** As a shopper's page keeps them, asked for where a look into this chat is logged. */
  get #linked(): Links {
    const path = `/admin/chats/${this.chatId}/files/links`
    this.#links ??= new Links(this.frame.host.base, (method, _, body) => this.frame.call(method, path, body))
    return this.#links
  }

  async #older() {
    const [first] = this.#messages
    if (!first) return
    this.#page.value = await this.#ask(first.seq).catch((error) => {
      this.frame.refused(asApiError(error))
      return this.#page.value
    })
    this.requestUpdate()
  }

  async #block(chat: SiteChat) {
    const { customer } = chat
    const name = customer.name ?? say('guest')
    const blocked = !customer.blocked
    const question = { title: say('block', { name }), text: say('blockHint'), yes: say('block', { name }) }
    if (blocked && !(await ask(this, question))) return
    try {
      await this.frame.call('PUT', `/users/${customer.id}/block`, { blocked })
      this.chat = { ...chat, customer: { ...customer, blocked } }
    } catch (error) {
      this.frame.refused(asApiError(error))
    }
  }

  #message = (message: Message) => {
    const { side, name, body, at, attachments = [] } = message
    const mine = side === 'customer'
    if (side === 'system') return html`<li class="system"><p dir="auto">${body}</p></li>`
    return html`<li class="message ${mine ? '' : 'theirs'}">
      ${body ? html`<p class="bubble" dir="auto">${body}</p>` : nothing}
      ${attachments.length ? html`<shopbell-chat-files class=${mine ? '' : 'theirs'} .files=${attachments} .links=${this.#linked}></shopbell-chat-files>` : nothing}
      <span class="small muted"><span dir="auto">${name ?? say(mine ? 'guest' : 'somebody')}</span> · ${when(at)}</span>
    </li>`
  }

  #head(chat: SiteChat) {
    const { thing, customer, seller, state } = chat
    const name = customer.name ?? say('guest')
    return html`<div class="page-head">
      <h1 tabindex="-1" dir="auto">${thing.title ?? thing.id}</h1>
      <p class="lead row"><span dir="auto">${say('customerAndSeller', { customer: name, seller: seller.name })}</span>${state === 'open' ? nothing : html`<span class="tag">${say(state)}</span>`}</p>
    </div>`
  }

  #blockButton(chat: SiteChat) {
    const { name, blocked } = chat.customer
    const words = say(blocked ? 'unblock' : 'block', { name: name ?? say('guest') })
    return html`<button class="btn" @click=${() => this.#block(chat)}>${words}</button>`
  }

  protected override render() {
    const { chat, frame } = this
    return html`
      <div class="row">
        <a class="btn btn-quiet push" href=${frame.href('settings/chats')}>${icon('back')}${say('back')}</a>
        ${chat ? this.#blockButton(chat) : nothing}
      </div>
      ${chat ? this.#head(chat) : nothing}
      ${this.#page.show(
        ({ more }) => html`
          ${more ? html`<button class="btn more" @click=${this.#older}>${say('older')}</button>` : nothing}
          ${this.#messages.length ? html`<ol class="log">${this.#messages.map(this.#message)}</ol>` : html`<p class="muted">${say('noMessages')}</p>`}
        `,
      )}
    `
  }
}

customElements.define('shopbell-reading', Reading)
