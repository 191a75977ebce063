import { DurableObject } from 'cloudflare:workers'
import type { Message } from '../../protocol/chats.ts'
import type { ErrorCode } from '../../protocol/errors.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import {
  type Changed,
  type ChangeResult,
  type InChat,
  participantsOf,
  saveBlock,
  saveReadMark,
  saveState,
} from '../chats/change-store.ts'
import { database } from '../db/client.ts'
import type { Recipient } from '../db/recipients.ts'
import type { Env } from '../env.ts'
import { insertMessage, type Limit, type NewMessageRow, type NotInserted, toMessage } from '../messages/store.ts'
import { wakeMailer } from '../notifications/queue-mail.ts'
import { BurstLog } from './burst-log.ts'
import { FanOut } from './fan-out.ts'

/** Which chat this object is the room of; kept beside the alarm, which wakes without a caller. */
interface Home {
  db: string
  site: string
  chat: string
}
export interface Append extends NewMessageRow {
  db: string
}
export interface Refused {
  ok: false
  code: ErrorCode
  retryAfterMs?: number
}
export type Appended = { ok: true; fresh: boolean; message: Message } | Refused

/** An alarm this far ahead covers the writes until `ALARM_MARGIN_MS` before it: one storage write in 7 s. */
const ALARM_MS = 10_000
const ALARM_MARGIN_MS = 3_000

/** One chat's room: the one door for its writes, their order, the burst limit and the fan-out. */
export class ChatRoom extends DurableObject<Env> {
  readonly #burst = new BurstLog()
  readonly #fanOut: FanOut
  readonly #inFlight = new Map<string, Promise<Appended>>()
  /** Retries go to D1 one at a time a sender. */
  readonly #retries = new Map<string, Promise<unknown>>()
  #alarmAt = 0
  /** The newest change number of this life of the object, and who was told. */
  #told = { n: 0, users: [] as string[] }

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#fanOut = new FanOut(env)
  }

  /** Its clock, in ms: diagnostics ask whether objects answer. */
  clock(): number {
    return Date.now()
  }

  /** Saves one message, then tells everybody. Refusals are returned, not thrown. */
  async append(row: Append): Promise<Appended> {
    const key = `${row.sender}/${row.clientId}/${row.attachments.join()}/${row.body}`
    const running = this.#inFlight.get(key)
    // The same again while the first is on its way is the same: it costs nothing.
    if (running) return running.then((done) => (done.ok ? { ...done, fresh: false } : done))
    const mine = this.#admit(row).finally(() => this.#inFlight.delete(key))
    this.#inFlight.set(key, mine)
    return mine
  }

  async #admit(row: Append): Promise<Appended> {
    const verdict = this.#burst.reserve(row.sender, row.clientId, row.burstLimit, Date.now())
    if (!verdict.admit) return { ok: false, code: 'burst_limited', retryAfterMs: verdict.retryAfterMs }
    if (verdict.admit === 'fresh') return this.#insert(row)
    const turn = Promise.resolve(this.#retries.get(row.sender)).then(() => this.#insert(row))
    const settled = turn
      .catch(() => undefined)
      .finally(() => this.#retries.get(row.sender) === settled && this.#retries.delete(row.sender))
    this.#retries.set(row.sender, settled)
    return turn
  }

  async markRead(home: Home, by: InChat, seq: number): Promise<ChangeResult> {
    const frame = (done: Changed) => (to: Recipient) => readFrame(by, done, to)
    return this.#change(home, (db) => saveReadMark(db, by, seq), frame)
  }

  /** Opens or closes; counts for the burst limit, since everybody in the chat is told. */
  async changeState(home: Home, by: InChat, state: 'open' | 'closed', limit: Limit | null): Promise<Refused | Changed> {
    return this.#throttle(by, limit) ?? this.#change(home, (db) => saveState(db, by, state))
  }

  /** Keeps the customer from writing to this desk, or lets them again. */
  async block(home: Home, by: InChat, blocked: boolean, limit: Limit | null): Promise<Refused | Changed> {
    return this.#throttle(by, limit) ?? this.#change(home, (db) => saveBlock(db, by, blocked))
  }

  override async alarm(): Promise<void> {
    const home = this.ctx.storage.kv.get<Home>('home')
    if (!home) return
    try {
      // A room that woke for this alarm alone, or did not hear what became of a write, may have told nobody.
      if (!this.#told.n) this.#told.users = onlineOf(await participantsOf(database(this.env, home.db), home.chat))
      const upTo = this.#told.n || undefined
      for (const user of this.#told.users) this.#fanOut.push(home.site, user, { type: 'sync', ...(upTo && { upTo }) })
      if (await this.#fanOut.flush()) return
    } catch {
      // The database or an inbox was away: what counts is that the alarm comes again.
    }
    await this.#arm(home)
  }

  async #change(
    home: Home,
    save: (db: D1Database) => Promise<ChangeResult>,
    frameFor: (done: Changed) => (to: Recipient) => ServerFrame = () => () => ({ type: 'sync' }),
  ): Promise<ChangeResult> {
    await this.#arm(home)
    const done = await this.#write(save(database(this.env, home.db)))
    if (!done.ok) await this.#leaveNoTrace(home, done.code)
    else if (done.written) this.#tell(home, done.n, done.recipients, frameFor(done))
    return done
  }

  #throttle(by: InChat, limit: Limit | null): Refused | null {
    const verdict = this.#burst.reserve(`change/${by.user}`, crypto.randomUUID(), limit, Date.now())
    return verdict.admit ? null : { ok: false, code: 'burst_limited', retryAfterMs: verdict.retryAfterMs }
  }

  /** A chat that does not exist must not leave an object behind. */
  async #leaveNoTrace(home: Home, code: ErrorCode): Promise<void> {
    if (code !== 'not_found' || this.#told.n) return
    if ((await participantsOf(database(this.env, home.db), home.chat)).length > 0) return
    this.#alarmAt = 0
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  async #insert(row: Append): Promise<Appended> {
    const home = { db: row.db, site: row.site, chat: row.chat }
    await this.#arm(home)
    const result = await this.#write(insertMessage(database(this.env, row.db), row))
    if (!('message' in result)) {
      this.#burst.release(row.sender, row.clientId)
      const reason = reasonOf(result)
      await this.#leaveNoTrace(home, reason.code)
      return { ok: false, ...reason }
    }
    if (result.fresh) this.#burst.admitted(row.sender, row.clientId, Date.now())
    // Written down already; were this call lost, the cron would find the mail.
    if (result.mails && row.notify) this.ctx.waitUntil(wakeMailer(this.env, row.db, row.notify.delayMs))
    const message = toMessage(result.message)
    if (!isSame(message, row)) return { ok: false, code: 'client_id_reused' }
    const n = result.message.changed
    // A duplicate that this life of the room has not told is told too: the sender's retry repairs what was not delivered.
    if (result.fresh || n > this.#told.n)
      this.#tell(home, n, result.recipients, ({ prev }) => ({ type: 'message', n, prev, chat: row.chat, message }))
    return { ok: true, fresh: result.fresh, message }
  }

  /** Where no answer comes, it may be written all the same: the alarm then has everybody ask. */
  async #write<T>(written: Promise<T>): Promise<T> {
    try {
      return await written
    } catch (error) {
      this.#told.n = 0
      throw error
    }
  }

  #tell(home: Home, n: number, recipients: readonly Recipient[], frameFor: (to: Recipient) => ServerFrame): void {
    this.#told = { n: Math.max(n, this.#told.n), users: onlineOf(recipients) }
    for (const to of recipients) if (to.online) this.#fanOut.push(home.site, to.user, frameFor(to))
    this.ctx.waitUntil(this.#fanOut.flush())
  }

  /** Before a write: whatever happens to this object then, the alarm will tell the others. */
  async #arm(home: Home): Promise<void> {
    const now = Date.now()
    if (this.#alarmAt - now >= ALARM_MARGIN_MS) return
    this.#alarmAt = now + ALARM_MS
    this.ctx.storage.kv.put('home', home)
    await this.ctx.storage.setAlarm(this.#alarmAt)
  }
}

const onlineOf = (recipients: readonly Recipient[]) => recipients.filter(({ online }) => online).map(({ user }) => user)
const isSame = ({ body, attachments = [] }: Message, row: Append) =>
  body === row.body && attachments.map(({ id }) => id).join() === row.attachments.join()

function readFrame(by: InChat, { n, me }: Changed, to: Recipient): ServerFrame {
  const own = to.user === by.user
  return {
    type: 'read',
    n,
    prev: to.prev,
    chat: by.chat,
    side: me.side,
    own,
    seq: me.readSeq,
    unread: own ? me.unread : 0,
  }
}

function reasonOf(no: NotInserted): { code: ErrorCode; retryAfterMs?: number } {
  if (no.sessionEnded) return { code: 'session_ended' }
  if (!no.participant) return { code: 'not_found' }
  if (no.blocked) return { code: 'blocked' }
  if (no.state === 'read_only') return { code: 'chat_read_only' }
  if (no.state === 'closed') return { code: 'chat_closed' }
  if (no.filesMissing) return { code: 'attachment_unknown' }
  const user = no.userWaitMs ?? 0
  const burst = no.burstWaitMs ?? 0
  // Both null: the window moved on between the two statements.
  if (user <= 0 && burst <= 0) return { code: 'unavailable', retryAfterMs: 1000 }
  return { code: user >= burst ? 'messages_limited' : 'burst_limited', retryAfterMs: Math.max(1000, user, burst) }
}
