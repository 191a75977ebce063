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

/** One chat, to read. Event: `close`. */
export class Reading extends LitElement {
  static override properties = { frame: {}, chat: {} }
  static override styles = [controls, parts, pageStyles, chatsStyles]

  declare frame: Frame
  declare chat: SiteChat
  #messages: Message[] = []
  #links: Links | null = null
  readonly #page = new Loaded(this, () => this.#ask())

  async #ask(before?: number): Promise<Page> {
    const query = before ? `?before=${before}` : ''
    const page = await this.frame.call<Page>('GET', `/admin/chats/${this.chat.id}/messages${query}`)
    this.#messages = before ? [...page.messages, ...this.#messages] : page.messages
    return page
  }

  /** As a shopper's page keeps them, asked for where a look into this chat is logged. */
  get #linked(): Links {
    const path = `/admin/chats/${this.chat.id}/files/links`
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

  async #block() {
    const { customer } = this.chat
    const name = customer.name ?? say('guest')
    const blocked = !customer.blocked
    const question = { title: say('block', { name }), text: say('blockHint'), yes: say('block', { name }) }
    if (blocked && !(await ask(this, question))) return
    try {
      await this.frame.call('PUT', `/users/${customer.id}/block`, { blocked })
      this.chat = { ...this.chat, customer: { ...customer, blocked } }
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

  protected override render() {
    const { thing, customer, seller, state } = this.chat
    const name = customer.name ?? say('guest')
    return html`
      <div class="row">
        <button class="btn btn-quiet push" @click=${() => this.dispatchEvent(new Event('close'))}>${icon('back')}${say('back')}</button>
        <button class="btn" @click=${this.#block}>${say(customer.blocked ? 'unblock' : 'block', { name })}</button>
      </div>
      <div class="page-head">
        <h1 tabindex="-1" dir="auto">${thing.title ?? thing.id}</h1>
        <p class="lead row"><span dir="auto">${say('customerAndSeller', { customer: name, seller: seller.name })}</span>${state === 'open' ? nothing : html`<span class="tag">${say(state)}</span>`}</p>
      </div>
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
