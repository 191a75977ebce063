import type { Chat, ChatFilter, Message, NewMessage } from '../../protocol/chats.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import type { Me } from '../../protocol/sessions.ts'
import type { LocalFile } from '../attachments/local.ts'
import type { About } from '../loader/about.ts'
import type { Host } from '../loader/host.ts'
import { type Api, ApiError, api, asApiError, type Refusal, request } from './api.ts'
import { applyFrame, applyPage, applySync, behind, type Held, NOTHING, withChat, withMessage } from './apply.ts'
import { backoffMs } from './backoff.ts'
import { draftAt } from './drafts.ts'
import { uploading } from './fetched.ts'
import { type List, listed, WHOLE_LIST } from './list.ts'
import { Outbox, type Pending } from './outbox.ts'
import { type GuestDetails, Session } from './session.ts'
import { Socket } from './socket.ts'
import type { Slot } from './storage.ts'

export type Connection =
  | { readonly is: 'connecting' }
  /** Nobody yet: a first message makes a guest. */
  | { readonly is: 'visitor' }
  | { readonly is: 'ready'; readonly line: 'live' | 'lost' }
  | { readonly is: 'signed_out' | 'failed'; readonly code: Refusal }
  | { readonly is: 'refused' }

export interface ChatsState extends Held {
  readonly connection: Connection
  readonly me: Me | null
  readonly list: List
  readonly pending: readonly Pending[]
  /** Chats with unread messages. */
  readonly unread: number
}

const FIVE_MINUTES_MS = 300_000
/** A line that is back this soon was never missed. */
const LOST_AFTER_MS = 3_000
const CATCH_UP_PAGE = 200

const placeOf = ({ type, id }: About, seller = ''): string => `${type}:${id}:${seller}`

const newClientId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('')

const unreadOf = (chats: ReadonlyMap<string, Chat>): number =>
  [...chats.values()].reduce((count, chat) => count + (chat.unread > 0 ? 1 : 0), 0)

const chatAbout = (chats: ReadonlyMap<string, Chat>, { type, id }: About, seller?: string): Chat | undefined =>
  [...chats.values()]
    .filter(({ thing, side }) => thing.type === type && thing.id === id && side === 'customer')
    .filter((chat) => !seller || chat.seller.id === seller)
    .sort((a, b) => Number(a.state === 'read_only') - Number(b.state === 'read_only') || b.lastAt - a.lastAt)[0]

/** To a message that was sent: with the chat that it opened. */
interface Answer {
  chat?: Chat
  message?: Message
}

/** Everything this page knows of its user's chats, and the verbs on it. Tells `change` after each change of `state`. */
export class ChatStore extends EventTarget {
  state: ChatsState = {
    ...NOTHING,
    connection: { is: 'connecting' },
    me: null,
    list: WHOLE_LIST,
    pending: [],
    unread: 0,
  }
  /** Settled once it is known who is there, if anybody; while somebody is looked for anew, once that is over. */
  ready: Promise<void>

  readonly site: string
  /** The deployment's address. */
  readonly base: string
  readonly #closing = new AbortController()
  readonly #host: Host
  readonly #session: Session
  readonly #socket: Socket
  readonly #outbox: Outbox
  readonly #api: Api
  readonly #opening = new Map<string, Promise<void>>()
  /** Read marks on their way, by chat; those that did not arrive wait here. */
  readonly #reads = new Map<string, number>()
  readonly #telling = new Set<string>()
  /** Unread chats that this page has not loaded. */
  #elsewhere = 0
  #syncing: Promise<void> | null = null
  #again = false
  #tries = 0
  #syncTimer = 0
  #lostTimer = 0
  #listing = 0
  /** How often something that was held has been taken away. */
  #losses = 0

  constructor(host: Host) {
    super()
    this.#host = host
    this.site = host.site
    this.base = host.base
    this.#session = new Session(host, (token) => this.#socket.tell(token))
    this.#api = api((method, path, body) => this.call(method, path, body))
    this.#outbox = new Outbox(
      (entry) => this.#deliver(entry),
      () => this.#set({ pending: this.#outbox.entries }),
      this.#closing.signal,
    )
    this.#socket = new Socket({
      url: `${host.base.replace(/^http/, 'ws')}/v1/socket`,
      token: (renew) => this.token(renew),
      frame: (frame) => this.#hear(frame),
      up: () => this.#line('live'),
      down: () => this.#line('lost'),
    })
    const { signal } = this.#closing
    for (const name of ['online', 'focus', 'pageshow']) window.addEventListener(name, () => this.#wake(), { signal })
    window.addEventListener('offline', () => this.#line('lost', 0), { signal })
    document.addEventListener('visibilitychange', () => !document.hidden && this.#wake(), { signal })
    this.ready = this.connect()
  }

  /** Finds out who is there and loads their chats; also the way back after `signed_out` and `failed`. */
  connect(): Promise<void> {
    this.ready = this.#connect()
    return this.ready
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#syncTimer)
    this.#set({ connection: { is: 'connecting' } })
    try {
      if (await this.#session.resume()) await this.#enter()
      else this.#leave({ is: 'visitor' })
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Goes on with the chats of a mailed link. Throws an ApiError. */
  async goOn(link: string): Promise<void> {
    await this.ready
    await this.#session.redeem(link)
    await this.connect()
  }

  /** Sends a message into a chat; it is shown at once and goes out as soon as it can. */
  send(chat: string, body: string, attachments?: readonly LocalFile[]): void {
    this.#outbox.add({ clientId: newClientId(), chat, body, attachments, at: Date.now() })
  }

  /** Sends the first message about a thing; a visitor becomes a guest with these details. Throws an ApiError. */
  async start(
    about: About,
    seller: string | undefined,
    body: string,
    guest: GuestDetails = {},
    attachments?: readonly LocalFile[],
  ): Promise<void> {
    await this.ready
    const { connection } = this.state
    if (connection.is === 'failed' || connection.is === 'signed_out') await this.connect()
    if (this.state.connection.is === 'visitor') {
      await this.#session.enter(guest)
      await this.#enter()
    }
    if (!this.state.me) throw this.#why()
    const { type, id, ...claim } = about
    const start = { context: { type, id, claim }, ...(seller && { seller }) }
    this.#outbox.add({
      clientId: newClientId(),
      chat: placeOf(about, seller),
      body,
      attachments,
      at: Date.now(),
      start,
    })
  }

  /** The bearer of the user's requests; `renew`: the last one was refused. What is shown goes with the session it was shown to. */
  token(renew?: boolean): Promise<string> {
    return this.#session.token(renew).catch((error) => {
      if (this.state.me && asApiError(error).code === 'session_ended') this.#fail(error)
      throw error
    })
  }

  readonly refusal = (code: Refusal, retryAfterMs?: number): ApiError => new ApiError(code, retryAfterMs)

  retry(clientId: string): void {
    this.#outbox.retry(clientId)
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId)
  }

  /** The chat about a thing, if there is one. Throws an ApiError. */
  async find(about: About, seller?: string): Promise<Chat | undefined> {
    await this.ready
    if (!this.state.me) return undefined
    const { chats } = await this.#api.chats({ about: `${about.type}:${about.id}` })
    this.#hold(chats.reduce(withChat, this.state as Held))
    return this.about(about, seller)
  }

  /** The chat about a thing that its customer would go on with, of those that are loaded. */
  about(about: About, seller?: string): Chat | undefined {
    return chatAbout(this.state.chats, about, seller)
  }

  /** The place of messages and drafts whose chat is still to be opened. */
  placeOf(about: About, seller?: string): string {
    return placeOf(about, seller)
  }

  /** What is being written in a place. */
  draft(place: string): Slot<string> {
    return draftAt(this.site, place)
  }

  /** The rows of the list, newest first; the chat that is looked at stays although it is no longer unread. */
  listed(looking: string): Chat[] {
    return listed(this.state.chats, this.state.list, looking)
  }

  /** Loads a chat and its newest messages. Throws an ApiError, `not_found` for somebody else's chat. */
  open(id: string): Promise<void> {
    return this.#once(id, () => this.#load(id))
  }

  async loadOlder(id: string): Promise<void> {
    const log = this.state.logs.get(id)
    const before = log?.messages[0]?.seq
    if (log?.older && before) await this.#once(id, () => this.#loadBefore(id, before))
  }

  /** I have seen everything up to `seq`. */
  markRead(id: string, seq: number): void {
    const chat = this.state.chats.get(id)
    if (!chat || seq <= chat.readSeq) return
    const unread = seq >= chat.lastSeq ? 0 : chat.unread
    this.#hold({ ...this.state, chats: new Map(this.state.chats).set(id, { ...chat, readSeq: seq, unread }) })
    this.#reads.set(id, seq)
    void this.#tellRead(id)
  }

  /** Whether I have the chat in front of me. */
  looking(id: string, is: boolean): void {
    this.#socket.look(id, is)
  }

  async setState(id: string, state: 'open' | 'closed'): Promise<void> {
    await this.#api.setState(id, state)
    await this.#catchUp()
  }

  async block(id: string, blocked: boolean): Promise<void> {
    await this.#api.block(id, blocked)
    await this.#catchUp()
  }

  /** Looks at the list another way: by kind, or by words. */
  look(how: { filter?: ChatFilter; q?: string }): Promise<void> {
    const { filter, q } = { ...this.state.list, ...how }
    this.#set({ list: { ...WHOLE_LIST, filter, q, found: q ? [] : null } })
    return this.#listPage()
  }

  /** The next page of the list, or the first one again where it failed. */
  async more(): Promise<void> {
    const { next, status } = this.state.list
    if (status === 'failed' || (next && status === 'ready')) await this.#listPage(next)
  }

  /** `gone`: the server has erased this person, whose session ended with that. */
  async signOut(gone?: boolean): Promise<void> {
    this.#socket.stop()
    if (!gone) await this.#api.signOut().catch(asApiError)
    this.#session.forget()
    this.#leave({ is: 'visitor' })
  }

  /** Lets go of everything; for a page that takes Shopbell out. */
  close(): void {
    this.#closing.abort()
    this.#leave({ is: 'visitor' })
  }

  // — who is there

  #why(): ApiError {
    const { connection } = this.state
    return new ApiError('code' in connection ? connection.code : 'guests_refused')
  }

  async #enter(): Promise<void> {
    const { user: me } = this.#session
    // What somebody else's session has brought is not theirs.
    if (me?.id !== this.state.me?.id) this.#reads.clear()
    this.#set({ ...(me?.id !== this.state.me?.id && NOTHING), me, connection: { is: 'ready', line: 'live' } })
    await this.#catchUp(true)
    await this.#listPage()
    this.#socket.start()
    if (this.state.me) this.#outbox.open(this.site, this.state.me.id, this.#session.was)
  }

  #leave(connection: Connection): void {
    clearTimeout(this.#syncTimer)
    this.#socket.stop()
    this.#outbox.close()
    this.#elsewhere = 0
    this.#set({ ...NOTHING, connection, me: null, list: { ...WHOLE_LIST, status: 'ready' }, pending: [] })
  }

  #fail(error: unknown): void {
    const { code, passing } = asApiError(error)
    const ended = code === 'session_ended' || code === 'assertion_invalid' || code === 'session_required'
    if (code === 'guests_refused') this.#leave({ is: 'refused' })
    else if (ended && this.state.me?.role === 'guest') {
      this.#session.forget()
      this.#leave({ is: 'visitor' })
    } else if (ended) this.#leave({ is: 'signed_out', code })
    else if (!this.state.cursor) {
      this.#set({ connection: { is: 'failed', code } })
      if (passing) this.#later(() => this.connect())
    } else if (passing) this.#later(() => this.#catchUp())
  }

  /**
   * One request of the user's. Throws an ApiError. What was read while something was erased may still say it: it is asked
   * for again.
   */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const losses = this.#losses
    const ask = async (renew?: boolean) => request<T>(method, `${this.base}/v1${path}`, await this.token(renew), body)
    const answer = await ask().catch((error) => {
      if (asApiError(error).code !== 'session_ended') throw error
      return ask(true)
    })
    return method === 'GET' && losses !== this.#losses ? this.call(method, path) : answer
  }

  #line(line: 'live' | 'lost', after = LOST_AFTER_MS): void {
    clearTimeout(this.#lostTimer)
    if (line === 'lost' && after) {
      this.#lostTimer = window.setTimeout(() => this.#line('lost', 0), after)
      return
    }
    const { connection } = this.state
    if (connection.is !== 'ready' || connection.line === line) return
    this.#set({ connection: { is: 'ready', line } })
    if (line === 'live') this.#wake()
  }

  #wake(): void {
    const { is } = this.state.connection
    if (is === 'failed') void this.connect()
    if (is !== 'ready') return
    this.#socket.nudge()
    this.#outbox.hurry()
    if (this.state.list.status === 'failed') void this.more()
    void this.#catchUp()
  }

  // — what changed

  #hear(frame: ServerFrame): void {
    const { held, sync } = applyFrame(this.state, frame)
    this.#hold(held)
    if (frame.type === 'message') this.#outbox.discard(frame.message.clientId)
    if (sync || behind(this.state).length) void this.#catchUp()
  }

  /** Asks what changed and fills what is missing; asked while it runs, it runs once more. */
  #catchUp(first = false): Promise<void> {
    if (!first && !this.state.cursor) return Promise.resolve()
    this.#again = true
    this.#syncing ??= this.#untilCaughtUp()
      .then(() => this.#later(() => this.#catchUp(), FIVE_MINUTES_MS * (0.8 + Math.random() * 0.4)))
      .catch((error) => {
        if (first) throw error
        this.#fail(error)
      })
      .finally(() => {
        this.#syncing = null
      })
    return this.#syncing
  }

  async #untilCaughtUp(): Promise<void> {
    while (this.#again) {
      this.#again = false
      const answer = await this.#api.sync(this.state.cursor)
      const fresh = answer.reset && this.state.cursor
      if (answer.reset || answer.left.length || answer.chats.some(({ reset }) => reset)) this.#losses++
      this.#hold(applySync(this.state, answer))
      if (fresh) await this.#listPage()
      if (answer.more) this.#again = true
      else await Promise.all(behind(this.state).map((id) => this.#fill(id)))
    }
    for (const id of this.#reads.keys()) void this.#tellRead(id)
    this.#tries = 0
  }

  async #fill(id: string): Promise<void> {
    const after = this.state.logs.get(id)?.upTo ?? 0
    const to = this.state.chats.get(id)?.lastSeq ?? 0
    const page = await this.#api.messages(id, { after, limit: CATCH_UP_PAGE })
    this.#hold(applyPage(this.state, id, page, { after, to }))
    if (page.more) await this.#fill(id)
  }

  #later(work: () => Promise<void>, ms = 500 + backoffMs(this.#tries++, Math.random())): void {
    clearTimeout(this.#syncTimer)
    this.#syncTimer = window.setTimeout(work, ms)
  }

  /** A chat is loaded by one at a time. */
  #once(id: string, load: () => Promise<void>): Promise<void> {
    const loading = this.#opening.get(id) ?? load().finally(() => this.#opening.delete(id))
    this.#opening.set(id, loading)
    return loading
  }

  async #load(id: string): Promise<void> {
    await this.ready
    if (!this.state.chats.has(id)) this.#hold(withChat(this.state, (await this.#api.chat(id)).chat))
    if (this.state.logs.has(id)) return
    const to = this.state.chats.get(id)?.lastSeq ?? 0
    const page = await this.#api.messages(id, {})
    this.#hold(applyPage(this.state, id, page, { to }))
  }

  async #loadBefore(id: string, before: number): Promise<void> {
    const page = await this.#api.messages(id, { before })
    this.#hold(applyPage(this.state, id, page, { before }))
    // The log may be gone meanwhile: something in it was erased.
    await this.#load(id)
  }

  async #listPage(before: string | null = null): Promise<void> {
    const turn = ++this.#listing
    const { filter, q } = this.state.list
    const loading = this.state.me ? 'loading' : 'ready'
    this.#set({ list: { ...this.state.list, status: loading } })
    if (!this.state.me) return
    try {
      const page = await this.#api.chats({ filter, q, ...(before && { before }) })
      const held = page.chats.reduce(withChat, this.state as Held)
      this.#elsewhere = Math.max(0, page.unreadChats - unreadOf(held.chats))
      this.#hold(held)
      if (turn !== this.#listing) return
      const found = q ? [...(this.state.list.found ?? []), ...page.chats.map(({ id }) => id)] : null
      const floor = page.next ? (page.chats.at(-1)?.lastAt ?? 0) : 0
      this.#set({ list: { filter, q, found, floor, next: page.next, status: 'ready' } })
    } catch {
      if (turn === this.#listing) this.#set({ list: { ...this.state.list, status: 'failed' } })
    }
  }

  // — what goes out

  async #deliver({ clientId, chat, body, start, attachments: files }: Pending): Promise<string> {
    const send = (attachments?: string[]): Promise<Answer> => {
      const message = { clientId, body, attachments } as NewMessage
      return start ? this.#api.start({ ...start, message }) : this.#api.send(chat, message)
    }
    const answer = await (files ? (await uploading()).withFiles(this, files, send) : send())
    const held = answer.chat ? withChat(this.state, answer.chat) : this.state
    this.#hold(answer.message ? withMessage(held, answer.message) : held)
    return answer.chat?.id ?? chat
  }

  /** One at a time a chat, and the last mark wins. One that did not arrive is told again when the connection is back. */
  async #tellRead(id: string): Promise<void> {
    const seq = this.#reads.get(id)
    if (!seq || this.#telling.has(id)) return
    this.#telling.add(id)
    const lost = await this.#api.read(id, seq).then(
      () => false,
      (error) => asApiError(error).passing,
    )
    this.#telling.delete(id)
    if (this.#reads.get(id) !== seq) return this.#tellRead(id)
    if (!lost) this.#reads.delete(id)
  }

  // — state

  #hold({ cursor, chats, logs }: Held): void {
    this.#set({ cursor, chats, logs })
  }

  #set(change: Partial<ChatsState>): void {
    const before = this.state
    const next = { ...before, ...change }
    this.state = { ...next, unread: this.#elsewhere + unreadOf(next.chats) }
    this.dispatchEvent(new Event('change'))
    if (this.state.chats === before.chats && this.state.unread === before.unread) return
    this.#host.emit('chats', { chats: [...this.state.chats.values()], unread: this.state.unread })
  }
}

/** The store of a page, on its way to being connected. */
export const openStore = async (host: Host): Promise<ChatStore> => new ChatStore(host)
