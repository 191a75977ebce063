import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Message } from '../../protocol/chats.ts'
import type { Pending } from '../client/outbox.ts'
import { english } from '../locales/words.ts'
import { controls } from '../styles/controls.ts'
import { adopt, type Desk } from './desk.ts'
import { icon } from './icon.ts'
import { linked } from './links.ts'
import { styles } from './log.css.ts'
import { type Fresh, type Row, rowsOf } from './rows.ts'
import { initials, picture } from './thing.ts'

const hasFailed = ({ code, notBefore }: Pending) => code && !notBefore

const BLOCK = 60
/** More than this and the blocks are laid anew, so that a long evening does not fill the page. */
const TOO_MANY = 3 * BLOCK
const NEAR_TOP_PX = 800
const AT_BOTTOM_PX = 48

/** `older`: history is wanted. `seen`: everything up to `seq`. `retry` and `discard` an unsent message `id`. */
export class LogEvent extends Event {
  constructor(
    type: 'older' | 'seen' | 'retry' | 'discard',
    readonly id = '',
    readonly seq = 0,
  ) {
    super(type)
  }
}

/** Where a block begins. What is shown lies at the end, so that is where to look first. */
const placeOf = (messages: readonly Message[], start = 0) => messages.findLastIndex(({ seq }) => seq < start) + 1

/**
 * The messages of one chat. Whatever their number, the page holds the newest 60 and blocks of 60 more as one scrolls up.
 * Each older block is a template inside the newer one's, so that what is shown stays when history comes in above.
 */
export class ChatLog extends LitElement {
  static override properties = {
    messages: {},
    pending: {},
    side: {},
    me: {},
    peerReadSeq: {},
    fresh: {},
    older: {},
    picture: {},
    peer: {},
    words: {},
    views: {},
  }
  static override styles = [controls, styles]

  /** In rising `seq`. */
  messages: readonly Message[] = []
  pending: readonly Pending[] = []
  /** The side that is mine, and my id on it. */
  side = 'customer'
  me = ''
  /** How far the other side has read. */
  peerReadSeq = 0
  fresh: Fresh | null = null
  /** There are earlier ones to ask for. */
  older = false
  /** Picture and name of the one I talk to. */
  picture: string | null = null
  peer = ''
  words = english
  /** How a message looks that did not go out, once `bring` has got it. */
  views: Desk['views'] = null
  declare bring?: Desk['bring']
  /** Is told whether this is in front of somebody. */
  declare look?: (is: boolean) => void

  /** The first `seq` of each block, newest block first. */
  #starts: number[] = []
  #down = true
  #seen = 0
  #last = 0
  #height = 0
  #onScreen = false
  #bubbles = new WeakMap<Message, unknown>()
  readonly #watcher = new IntersectionObserver(([entry]) => {
    this.#onScreen = !!entry?.isIntersecting
    this.#see()
  })

  override connectedCallback() {
    super.connectedCallback()
    this.#watcher.observe(this)
    document.addEventListener('visibilitychange', this.#see)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#watcher.disconnect()
    document.removeEventListener('visibilitychange', this.#see)
    this.#onScreen = false
    this.#see()
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    const { messages } = this
    const before = changed.get('messages')
    // Its event comes later than the scroll: a render in between must not pull back who has just left the bottom.
    this.#look()
    if (changed.has('views') && this.views) adopt(this, this.views.styles)
    if (changed.has('words')) this.#bubbles = new WeakMap()
    if (before && before[0]?.chat !== messages[0]?.chat) {
      this.#starts = []
      this.#seen = 0
    }
    if (this.pending.length > (changed.get('pending')?.length ?? 0)) this.#down = true
    const newest = this.#starts[0] ?? 0
    if (!newest || (this.#down && (messages.at(-BLOCK)?.seq ?? 0) > newest + TOO_MANY)) {
      this.#starts = [messages.at(-BLOCK)?.seq ?? messages[0]?.seq ?? 0]
      this.#down = true
    }
    this.#height = this.#scroller?.scrollHeight ?? 0
  }

  protected override updated() {
    const scroller = this.#scroller
    const last = this.messages.at(-1)?.seq ?? 0
    if (this.#down) scroller?.scrollTo(0, 0)
    // What comes in below must not push away what is being read.
    else if (scroller && last > this.#last) scroller.scrollTop -= scroller.scrollHeight - this.#height
    this.#last = last
    this.#see()
    this.#reach()
  }

  get #scroller() {
    return this.renderRoot.firstElementChild
  }

  #look() {
    this.#down = (this.#scroller?.scrollTop ?? 0) > -AT_BOTTOM_PX
  }

  #scrolled = () => {
    const before = this.#down
    this.#look()
    if (this.#down && !before) this.requestUpdate()
    this.#reach()
  }

  #toBottom = () => this.#scroller?.scrollTo(0, 0)

  /** Near the top a block is added, and where all are shown history is asked for. */
  #reach() {
    const { messages } = this
    const scroller = this.#scroller
    if (!scroller || scroller.scrollHeight - scroller.clientHeight + scroller.scrollTop > NEAR_TOP_PX) return
    const at = placeOf(messages, this.#starts.at(-1))
    const above = messages[Math.max(0, at - BLOCK)]
    if (at > 0 && above) {
      this.#starts.push(above.seq)
      this.requestUpdate()
    } else if (this.older) this.dispatchEvent(new LogEvent('older'))
  }

  #see = () => {
    const last = this.messages.at(-1)?.seq ?? 0
    const here = this.#onScreen && !document.hidden
    this.look?.(here)
    if (!here || !this.#down || last <= this.#seen) return
    this.#seen = last
    this.dispatchEvent(new LogEvent('seen', '', last))
  }

  #row = (row: Row) => {
    const { is, messages } = row
    const last = messages.at(-1)
    if (!last) return nothing
    if (is === 'mine') return this.#mine(row, last)
    if (is === 'theirs') return this.#theirs(row, last)
    return html`${this.#above(row)}${messages.map(({ body }) => html`<p class="quiet" dir="auto">${linked(body)}</p>`)}`
  }

  #above({ day, fresh }: Row) {
    const { words } = this
    if (!day && !fresh) return nothing
    return html`${day ? html`<p class="quiet day">${words.day(day)}</p>` : nothing}${
      fresh
        ? html`<p class="fresh" role="separator">${words.say('newMessages', { n: this.fresh?.count ?? 0 })}</p>`
        : nothing
    }`
  }

  // One template for all of a run, and not one that asks whose it is: sixty of them are made when a chat opens.

  #mine(row: Row, { seq, at, author, name }: Message) {
    const read = seq <= this.peerReadSeq
    return html`${this.#above(row)}<div class="run mine">
      <div class="stack">${row.messages.map(this.#bubble)}</div>
      <p class="meta">
        ${this.#when(at, author !== this.me && name)} ${icon(read ? 'checks' : 'check', 'i-s')}<span class="sr"
          >${this.words.say(read ? 'read' : 'sent')}</span
        >
      </p>
    </div>`
  }

  #theirs(row: Row, { at, name }: Message) {
    const who = name || this.peer
    return html`${this.#above(row)}<div class="run">
      <div class="stack">
        ${row.messages.map(this.#bubble)}
        <span class="avatar" aria-hidden="true">${this.picture ? picture(this.picture) : initials(who)}</span>
      </div>
      <p class="meta">${this.#when(at, who)}</p>
    </div>`
  }

  #when(at: number, name: string | null | false) {
    const time = this.words.time(at)
    return name ? this.words.say('pair', { first: name, second: time }) : time
  }

  /** Files first, then the words about them. */
  #said({ body, attachments }: { body: string; attachments?: readonly unknown[] | undefined }, title?: string) {
    const bubble = body && html`<div class="bubble" title=${title ?? nothing}><p dir="auto">${linked(body)}</p></div>`
    return attachments
      ? html`<shopbell-files .files=${attachments} .words=${this.words}></shopbell-files>${bubble}`
      : bubble
  }

  /** Made once: its date alone costs more than all else of an append. */
  #bubble = (message: Message) => {
    const made = this.#bubbles.get(message) ?? this.#said(message, this.words.full(message.at))
    this.#bubbles.set(message, made)
    return made
  }

  #waiting(entries: readonly Pending[]) {
    return html`<div class="run mine pending">
      <div class="stack">${entries.map((entry) => this.#said(entry))}</div>
      <p class="meta">${this.words.say('waiting')}</p>
    </div>`
  }

  #act = (what: 'retry' | 'discard', id: string) => this.dispatchEvent(new LogEvent(what, id))

  #blocks() {
    const { messages } = this
    let content: unknown = nothing
    let from = placeOf(messages, this.#starts.at(-1))
    for (let block = this.#starts.length - 1; block >= 0; block--) {
      const end = block ? placeOf(messages, this.#starts[block - 1]) : messages.length
      const rows = rowsOf(messages.slice(from, end), messages[from - 1], this.side, this.fresh)
      content = html`${content}${rows.map(this.#row)}`
      from = end
    }
    return content
  }

  protected override render() {
    const { words, messages } = this
    const confirmed = new Set(messages.slice(-BLOCK).map(({ clientId }) => clientId))
    const open = this.pending.filter(({ clientId }) => !confirmed.has(clientId))
    const failed = open.filter(hasFailed)
    const waiting = open.filter((entry) => !hasFailed(entry))
    if (failed.length) void this.bring?.()
    const unseen = this.#down ? 0 : messages.filter(({ seq, side }) => seq > this.#seen && side !== this.side).length
    return html`<div class="scroll" role="log" aria-label=${words.say('messages')} tabindex="0" @scroll=${this.#scrolled}>
        <div class="log">
          ${this.#blocks()} ${failed.map((entry) => this.views?.failed(entry, words, this.#act))}
          ${waiting.length ? this.#waiting(waiting) : nothing}
        </div>
      </div>
      ${
        unseen
          ? html`<button class="btn pill" @click=${this.#toBottom}>
              ${icon('down', 'i-s')}${words.say('newMessages', { n: unseen })}
            </button>`
          : nothing
      }`
  }
}

if (!customElements.get('shopbell-log')) customElements.define('shopbell-log', ChatLog)
