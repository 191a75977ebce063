import { html, LitElement, nothing } from 'lit'
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
  static override properties = { frame: {}, open: { state: true } }
  static override styles = [controls, parts, pageStyles, chatsStyles]

  declare frame: Frame
  /** The chat that is read. */
  declare open?: SiteChat | undefined
  readonly #query: Record<string, string> = {}
  readonly #page = new Paged(
    this,
    (before) => this.#ask(before),
    (page, next) => ({ ...next, chats: [...page.chats, ...next.chats] }),
  )

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
    const { thing, customer, seller, state, lastAt, startedAt } = chat
    const names = { customer: customer.name ?? (customer.guest ? say('guest') : say('somebody')), seller: seller.name }
    const read = () => {
      this.open = chat
    }
    return html`<li>
      <button class="chat" @click=${read}>
        <span class="about">${icon('chat')}</span>
        <span class="who"><b class="cut" dir="auto">${thing.title ?? thing.id}</b><span class="help cut" dir="auto">${say('customerAndSeller', names)}</span></span>
        ${state === 'open' ? nothing : html`<span class="tag">${say(state)}</span>`}
        ${customer.blocked ? html`<span class="tag tag-warn">${say('blocked')}</span>` : nothing}
        <time class="small muted">${when(lastAt ?? startedAt)}</time>
      </button>
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
    const { open, frame } = this
    if (!frame.mayChange)
      return html`<div class="empty">${icon('lock')}<h1 tabindex="-1">${say('title')}</h1><p>${say('analyst')}</p></div>`
    if (open)
      return html`<shopbell-reading
        .frame=${frame}
        .chat=${open}
        @close=${() => {
          this.open = undefined
          void this.#page.load()
        }}
      ></shopbell-reading>`
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      ${this.#filters()} ${this.#page.show(this.#list)}
    `
  }
}

customElements.define('shopbell-chats', ChatsPage)
