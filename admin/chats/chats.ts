import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import type { SiteChat, SiteChatPage } from '../../protocol/admin/chats.ts'
import { controls } from '../../widgets/styles/controls.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { Paged, typed } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { chatsStyles } from './chats.css.ts'
import './reading.ts'
import { say } from './words.ts'

const ABOUT = ['all', 'order', 'product', 'post'] as const
const STATES = ['open', 'closed', 'read_only'] as const

/** Every chat of the site, for owners and admins to read. */
export class ChatsPage extends LitElement {
  static override properties = { frame: {}, chat: {} }
  static override styles = [controls, parts, pageStyles, chatsStyles]

  declare frame: Frame
  /** The id of the chat that is read; empty for the list. */
  declare chat: string
  readonly #query: Record<string, string> = {}
  readonly #page = new Paged(
    this,
    (before) => this.#ask(before),
    (page, next) => ({ ...next, chats: [...page.chats, ...next.chats] }),
  )

  protected override willUpdate(changed: PropertyValues<this>) {
    // Somebody may have been blocked meanwhile.
    if (changed.get('chat') && !this.chat) void this.#page.load()
  }

  #ask(before?: string): Promise<SiteChatPage> {
    const query = new URLSearchParams(
      Object.entries({ ...this.#query, before: before ?? '' }).filter(([, value]) => value),
    )
    return this.frame.call<SiteChatPage>('GET', `/admin/chats?${query}`)
  }

  #narrow(name: string, value: string) {
    this.#query[name] = value
    void this.#page.load()
  }

  #search = typed((text) => this.#narrow('q', text))
  #choose = (name: string) => (event: Event) => this.#narrow(name, (event.target as HTMLSelectElement).value)

  #filters() {
    const { q = '', filter, state = '' } = this.#query
    const options = (all: readonly (typeof ABOUT | typeof STATES)[number][], chosen?: string) =>
      all.map((one) => html`<option value=${one} ?selected=${one === chosen}>${say(one)}</option>`)
    return html`<div class="filters">
      <input class="input" type="search" maxlength="100" aria-label=${say('search')} placeholder=${say('search')} value=${q} @input=${this.#search} />
      <select class="input" aria-label=${say('filter')} @change=${this.#choose('filter')}>${options(ABOUT, filter)}</select>
      <select class="input" aria-label=${say('state')} @change=${this.#choose('state')}>
        <option value="">${say('anyState')}</option>
        ${options(STATES, state)}
      </select>
    </div>`
  }

  #chat = (chat: SiteChat) => {
    const { id, thing, customer, seller, state, lastAt, startedAt } = chat
    const names = { customer: customer.name ?? (customer.guest ? say('guest') : say('somebody')), seller: seller.name }
    return html`<li>
      <a class="chat" href=${this.frame.href(`settings/chats/${id}`)}>
        <span class="about">${icon('chat')}</span>
        <span class="who"><b class="cut" dir="auto">${thing.title ?? thing.id}</b><span class="help cut" dir="auto">${say('customerAndSeller', names)}</span></span>
        ${state === 'open' ? nothing : html`<span class="tag">${say(state)}</span>`}
        ${customer.blocked ? html`<span class="tag tag-warn">${say('blocked')}</span>` : nothing}
        <time class="small muted">${when(lastAt ?? startedAt)}</time>
      </a>
    </li>`
  }

  #list = ({ chats, next }: SiteChatPage) => html`
    ${
      chats.length
        ? html`<ul class="card chats">${chats.map(this.#chat)}</ul>`
        : html`<div class="card empty">${icon('search')}<b>${say('emptyTitle')}</b><p>${say('emptyHint')}</p></div>`
    }
    ${next ? html`<button class="btn more" @click=${() => this.#page.more(this.frame.refused)}>${say('more')}</button>` : nothing}
  `

  protected override render() {
    const { chat, frame } = this
    if (!frame.mayChange)
      return html`<div class="empty">${icon('lock')}<h1 tabindex="-1">${say('title')}</h1><p>${say('analyst')}</p></div>`
    const known = this.#page.value?.chats.find(({ id }) => id === chat)
    if (chat)
      return keyed(chat, html`<shopbell-reading .frame=${frame} .chatId=${chat} .chat=${known}></shopbell-reading>`)
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      ${this.#filters()} ${this.#page.show(this.#list)}
    `
  }
}

customElements.define('shopbell-chats', ChatsPage)
