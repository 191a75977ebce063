import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { ChatFilter } from '../../protocol/chats.ts'
import { fetched } from '../client/fetched.ts'
import type { Host } from '../loader/host.ts'
import { accent } from '../styles/accent.ts'
import { controls } from '../styles/controls.ts'
import { tokens } from '../styles/tokens.ts'
import { chatList, Rows } from './chat-list.ts'
import { Desk } from './desk.ts'
import { styles } from './my-chats.css.ts'
import { instead, notice } from './notice.ts'
import type { Fresh } from './rows.ts'
import { threadStyles } from './thread.css.ts'
import { thread } from './thread.ts'

const bringMore = fetched(() => import('../more/more.ts'))

/**
 * A person's chats: the list, and the one that is read. Two panes from 720 px of its own width, else one.
 * The attribute `context` shows one kind only. `close` puts it into a panel.
 */
export class MyChats extends LitElement {
  static override properties = { context: {}, lang: {} }
  static override styles = [accent, tokens, controls, threadStyles, styles]

  declare host: Host | undefined
  declare context: ChatFilter | undefined
  /** In the page's address it names the chat to show: `#shopbell-chat=…`. A page of our own has it shorter, and kept in step. */
  anchor = 'shopbell-chat'
  declare close: (() => void) | undefined

  readonly #desk = new Desk(this)
  readonly #rows = new Rows()
  #selected = ''
  #fresh: Fresh | null = null
  #freshOf = ''
  /** Why the selected chat does not show. */
  #trouble = ''

  override connectedCallback() {
    super.connectedCallback()
    window.addEventListener('hashchange', this.#follow)
    void this.#begin()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    window.removeEventListener('hashchange', this.#follow)
  }

  protected override willUpdate(changed: PropertyValues) {
    const { store } = this.#desk
    const id = this.#selected
    if (changed.has('lang') && this.host) void this.#desk.dress(this.host)
    if (!id || store?.state.connection.is !== 'ready') return
    const chat = store.state.chats.get(id)
    const log = store.state.logs.get(id)
    if (!chat || !log) {
      // A chat of the list waits for the connection in its own place; what comes then draws us anew.
      const refuse = ({ code = 'internal' }) => (chat && code === 'offline' ? undefined : this.#refuse(code))
      if (!this.#trouble) store.open(id).catch(refuse)
    } else if (this.#freshOf !== id) {
      this.#freshOf = id
      const first = log.messages.find(({ seq, side }) => seq > chat.readSeq && side !== chat.side)
      this.#fresh = first && chat.unread ? { seq: first.seq, count: chat.unread } : null
    }
  }

  async #begin() {
    this.host ??= window.shopbell?.host
    if (!this.host) return
    if (!this.close && this.anchor !== 'chat') sayHello(this.host)
    await this.#desk.open(this.host)
    const { store } = this.#desk
    const { context } = this
    if (context) void store?.ready.then(() => store.look({ filter: context }))
    this.#follow()
  }

  /** A link from elsewhere names the chat to show. */
  #follow = () => {
    const [name, id] = location.hash.slice(1).split('=')
    if (id && name === this.anchor && !this.close) this.#select(id)
  }

  #refuse(code: string) {
    this.#trouble = code
    this.requestUpdate()
  }

  #select = (id = '') => {
    const before = this.#selected
    this.#selected = id
    this.#freshOf = ''
    this.#desk.show(id)
    this.#refuse('')
    if (this.anchor === 'chat') history.replaceState(null, '', id ? `#chat=${id}` : location.pathname + location.search)
    // A focused field would bring up the keyboard of a phone before one has read.
    const focus = id ? (matchMedia('(pointer:fine)').matches ? 'textarea' : '.head button') : '.row'
    if (this.matches(':focus-within') && id !== before) void this.updateComplete.then(() => this.#desk.focus(focus))
  }

  #more = () => this.#desk.run(bringMore().then(({ openMore }) => openMore(this.#desk, this.host?.base ?? '')))

  #pane() {
    const { words, store } = this.#desk
    const chat = store?.state.chats.get(this.#selected)
    const back = () => this.#select()
    if (this.#trouble) {
      const gone = this.#trouble === 'not_found'
      const label = words.say(gone ? 'back' : 'tryAgain')
      return notice('alert', words.error(this.#trouble), '', label, gone ? back : () => this.#refuse(''))
    }
    if (!this.#selected) return notice('chat', words.say('pick'))
    return chat ? thread(this.#desk, chat, this.#fresh, { back, close: this.close }) : nothing
  }

  protected override render() {
    const desk = this.#desk
    const { words } = desk
    const ways = {
      files: desk.files,
      selected: this.#selected,
      select: this.#select,
      more: this.#more,
      close: this.close,
      only: this.context,
    }
    return html`<div class="chats ${this.#selected ? 'reading' : ''}" lang=${words.lang} dir=${words.dir ?? nothing}>
      ${
        instead(desk) ??
        html`${chatList(desk, this.#rows, ways)}
          <div class="pane">${this.#pane()}</div>`
      }
    </div>`
  }
}

/** Tells diagnostics that this page of the shop has My Chats on it. */
function sayHello({ base, site }: Host) {
  const [page = ''] = location.href.split('#')
  fetch(`${base}/v1/sites/${site}/hello?page=${encodeURIComponent(page)}`, { method: 'POST' }).catch(() => undefined)
}

if (!customElements.get('shopbell-my-chats')) customElements.define('shopbell-my-chats', MyChats)

declare global {
  interface HTMLElementTagNameMap {
    'shopbell-my-chats': MyChats
  }
}
