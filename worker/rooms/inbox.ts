import { DurableObject } from 'cloudflare:workers'
import {
  CLOSE_FRAME_REFUSED,
  CLOSE_SESSION_ENDED,
  CLOSE_TOO_MANY,
  MAX_FRAME_BYTES,
  SOCKET_PROTOCOL,
} from '../../protocol/bounds.ts'
import { ClientFrame } from '../../protocol/frames.ts'
import type { ChatId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { type Bell, ring } from '../push/ring.ts'
import { endedSessions } from '../sessions/store.ts'
import { readToken, type SessionClaims } from '../sessions/token.ts'
import { loadSite } from '../sites/load.ts'
import { isLookingAt, type Looking } from './looking.ts'
import { savePresence } from './presence-store.ts'

/** Whose socket it is, as the route has checked it. */
export interface SocketOwner extends Pick<SessionClaims, 'sid' | 'sub' | 'exp' | 'site' | 'role'> {
  /** Name of the D1 binding with the site's rows. */
  db: string
}
/** What a socket remembers through hibernation. */
interface Attachment extends SocketOwner {
  since: number
  looking?: Looking | undefined
}

/** Kept while the user's row says that they are online. */
interface Present {
  db: string
  sub: string
}

/** RFC 6455: 1009 message too big. */
const CLOSE_TOO_BIG = 1009
/** The oldest make room: a forgotten tab must not lock the newest one out. */
const MOST_SOCKETS = 20
/** A session that was revoked, or a guest no longer wanted, hears nothing more after this long. */
const RECHECK_MS = 5_000
/** Who reads it within this time needs no bell; a busy service is asked again after six times as long. */
const RING_AFTER_MS = 10_000
const MOST_RINGS = 5

/** One user's sockets. It holds no messages: what it cannot deliver, the next sync brings. */
export class Inbox extends DurableObject<Env> {
  #checkedAt = 0
  #presence: Promise<void> = Promise.resolve()
  /** Undefined until it is read; null where no browser is to be rung. */
  #bell: Bell | null | undefined

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    // Answered by the platform, so that a ping does not wake the object.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
  }

  /** Its clock, in ms: diagnostics ask whether objects answer. */
  clock(): number {
    return Date.now()
  }

  /** A socket upgrade that the route has let in; its owner comes as a header that only the route can set. */
  override async fetch(request: Request): Promise<Response> {
    const owner: SocketOwner = JSON.parse(request.headers.get('Shopbell-Session') ?? '')
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server, [owner.sid])
    server.serializeAttachment({ ...owner, since: Date.now() } satisfies Attachment)
    // Only now, since a sign-out that ran between the route's look and the accept has found no socket to close.
    await this.#closeEnded([server])
    this.#makeRoom()
    await this.#tellPresence(owner)
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { 'Sec-WebSocket-Protocol': SOCKET_PROTOCOL },
    })
  }

  /** Sends ready-made frames to every socket whose session still holds. */
  async deliver(frames: readonly string[]): Promise<void> {
    const now = Date.now()
    if (now - this.#checkedAt >= RECHECK_MS) {
      this.#checkedAt = now
      await this.#closeEnded(this.#open())
    }
    const open = this.#open()
    for (const socket of open) for (const frame of frames) socket.send(frame)
    // A crash has closed them without a word.
    if (open.length === 0 && !this.#ringing) await this.#tellPresence()
    // Marks of reading are no news.
    if (frames.some((frame) => !frame.startsWith('{"type":"read"'))) await this.#ringSoon()
  }

  /** Whether this user has browsers that ring (web push). */
  async setBell(bell: Bell | null): Promise<void> {
    this.#bell = bell
    if (bell) this.ctx.storage.kv.put('bell', bell)
    else this.ctx.storage.kv.delete('bell')
    await this.#tellPresence(bell ? { db: bell.db, sub: bell.user } : undefined)
  }

  override async alarm(): Promise<void> {
    const bell = this.ctx.storage.kv.get<Bell>('bell')
    const tries = (this.ctx.storage.kv.get<number>('rings') ?? 0) + 1
    if (!bell) return
    const done = await ring(this.env, bell)
    if (done === 'none') await this.setBell(null)
    const isLater = done === 'later' && tries < MOST_RINGS
    this.ctx.storage.kv.put('rings', isLater ? tries : 0)
    if (isLater) await this.ctx.storage.setAlarm(Date.now() + 6 * this.#ringAfterMs)
  }

  /** Whether this user has the chat in front of them, in any of their tabs. */
  isLookingAt(chat: ChatId): boolean {
    return this.#open().some((socket) => {
      const pingedAt = this.ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0
      return isLookingAt(chat, attachmentOf(socket).looking, pingedAt, Date.now())
    })
  }

  /** Closes the sockets of a session that was revoked, or all of them. */
  endSession(sid?: string): void {
    for (const socket of this.ctx.getWebSockets(sid)) socket.close(CLOSE_SESSION_ENDED, 'session ended')
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    if (sizeOf(data) > MAX_FRAME_BYTES) return socket.close(CLOSE_TOO_BIG, `frames of at most ${MAX_FRAME_BYTES} bytes`)
    const frame = readFrame(data)
    if (!frame) return socket.close(CLOSE_FRAME_REFUSED, 'unknown frame')
    if (frame.type === 'looking') return keepLook(socket, frame.chat)
    const claims = await readToken(this.env, frame.token)
    const attachment = attachmentOf(socket)
    if (claims?.sub !== attachment.sub || claims.sid !== attachment.sid)
      return socket.close(CLOSE_SESSION_ENDED, 'session ended')
    socket.serializeAttachment({ ...attachment, exp: claims.exp } satisfies Attachment)
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // 1005 and 1006 stand for "no code" and may not be sent.
    socket.close(code === 1005 || code === 1006 ? 1000 : code)
    await this.#tellPresence()
  }

  /**
   * Keeps the user's `online` true to whether a socket is open or a browser is to be rung, one write after the other, so
   * that the last one knows best. It is set before a client can have synced: what is committed earlier that sync brings, what comes later is told.
   */
  #tellPresence(owner = this.ctx.storage.kv.get<Present>('present')): Promise<void> {
    const told = this.#presence
      .catch(() => undefined)
      .then(async () => {
        const online = this.#open().length > 0 || this.#ringing !== null
        if (!owner || !(online || this.ctx.storage.kv.get('present'))) return
        if (online) this.ctx.storage.kv.put<Present>('present', { db: owner.db, sub: owner.sub })
        await savePresence(database(this.env, owner.db), owner.sub, online)
        if (!online) this.ctx.storage.kv.delete('present')
      })
    this.#presence = told
    return told
  }

  /** Oldest first; the platform promises no order. */
  #open(): WebSocket[] {
    const open = this.ctx.getWebSockets().filter((socket) => socket.readyState === WebSocket.OPEN)
    return open.sort((a, b) => attachmentOf(a).since - attachmentOf(b).since)
  }

  /** What comes meanwhile rings along. */
  async #ringSoon(): Promise<void> {
    if (this.#ringing && (await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(Date.now() + this.#ringAfterMs)
  }

  get #ringing(): Bell | null {
    if (this.#bell === undefined) this.#bell = this.ctx.storage.kv.get<Bell>('bell') ?? null
    return this.#bell
  }

  get #ringAfterMs(): number {
    return Number(this.env.PUSH_DELAY_MS ?? RING_AFTER_MS)
  }

  #makeRoom(): void {
    for (const socket of this.#open().slice(0, -MOST_SOCKETS)) socket.close(CLOSE_TOO_MANY, 'too many sockets')
  }

  async #closeEnded(sockets: WebSocket[]): Promise<void> {
    const [first] = sockets
    if (!first) return
    const { db, site } = attachmentOf(first)
    const sids = [...new Set(sockets.map((socket) => attachmentOf(socket).sid))]
    const ended = await endedSessions(database(this.env, db), sids)
    const noGuests = (await loadSite(this.env, site))?.settings.guests.mode === 'none'
    for (const socket of sockets) {
      const { sid, exp, role } = attachmentOf(socket)
      if (ended.has(sid) || exp * 1000 <= Date.now() || (noGuests && role === 'guest'))
        socket.close(CLOSE_SESSION_ENDED, 'session ended')
    }
  }
}

const attachmentOf = (socket: WebSocket) => socket.deserializeAttachment() as Attachment

function keepLook(socket: WebSocket, chat: ChatId | undefined): void {
  const looking = chat && { chat, at: Date.now() }
  socket.serializeAttachment({ ...attachmentOf(socket), looking } satisfies Attachment)
}

const sizeOf = (data: string | ArrayBuffer) =>
  typeof data === 'string' ? new TextEncoder().encode(data).byteLength : data.byteLength

function readFrame(data: string | ArrayBuffer): ClientFrame | null {
  try {
    return typeof data === 'string' ? ClientFrame.parse(JSON.parse(data)) : null
  } catch {
    return null // Anything but a frame of the protocol is refused by the caller.
  }
}
