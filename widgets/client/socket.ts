import { CLOSE_SESSION_ENDED, CLOSE_TOO_MANY, SOCKET_PROTOCOL } from '../../protocol/bounds.ts'
import type { ServerFrame } from '../../protocol/frames.ts'
import { backoffMs } from './backoff.ts'

const PING_MS = 30_000
const PONG_MS = 8_000

interface Ends {
  url: string
  token(renew: boolean): Promise<string>
  frame(frame: ServerFrame): void
  /** It is open, or has proved that it still is. */
  up(): void
  down(): void
}

/** The live line to the server. It comes back by itself; what was missed meanwhile is the store's business. */
export class Socket {
  readonly #ends: Ends
  #socket: WebSocket | null = null
  #live = false
  #renew = false
  #tries = 0
  #retry = 0
  #ping = 0
  #pong = 0
  #chat: string | undefined

  constructor(ends: Ends) {
    this.#ends = ends
  }

  start(): void {
    this.#live = true
    void this.#open()
  }

  stop(): void {
    this.#live = false
    this.#drop()
  }

  /** The page woke up, or the network came back: a line that looks open may be dead. */
  nudge(): void {
    if (!this.#live) return
    if (this.#socket) this.#probe()
    else this.start()
  }

  /** A newer session token lets the line outlive the first one. */
  tell(token: string): void {
    this.#send({ type: 'token', token })
  }

  /** Whether the chat is in front of the user, who then needs no mail about it. Two views of one may end in any order. */
  look(chat: string, is: boolean): void {
    if (is === (chat === this.#chat)) return
    this.#chat = is ? chat : undefined
    this.#sayChat()
  }

  async #open(): Promise<void> {
    clearTimeout(this.#retry)
    const token = await this.#ends.token(this.#renew).catch(() => null)
    if (!this.#live || this.#socket) return
    if (!token) return this.#again()
    this.#renew = false
    const socket = new WebSocket(this.#ends.url, [SOCKET_PROTOCOL, `token.${token}`])
    this.#socket = socket
    socket.onopen = () => {
      this.#tries = 0
      this.#ping = window.setInterval(() => this.#probe(), PING_MS)
      if (this.#chat) this.#sayChat()
      this.#ends.up()
    }
    socket.onmessage = ({ data }) => this.#hear(data)
    socket.onclose = ({ code }) => {
      if (this.#socket !== socket) return
      this.#renew = code === CLOSE_SESSION_ENDED
      this.#drop()
      // A newer tab took this one's place: it waits until somebody looks at it again.
      if (code !== CLOSE_TOO_MANY) this.#again()
    }
  }

  #sayChat(): void {
    this.#send({ type: 'looking', chat: this.#chat })
  }

  #send(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame))
  }

  #hear(data: string): void {
    clearTimeout(this.#pong)
    if (data === 'pong') this.#ends.up()
    else this.#ends.frame(JSON.parse(data))
  }

  #probe(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    this.#socket.send('ping')
    clearTimeout(this.#pong)
    this.#pong = window.setTimeout(() => {
      this.#drop()
      void this.#open()
    }, PONG_MS)
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = null
    clearInterval(this.#ping)
    clearTimeout(this.#pong)
    clearTimeout(this.#retry)
    socket?.close()
    if (socket) this.#ends.down()
  }

  #again(): void {
    if (!this.#live) return
    this.#retry = window.setTimeout(() => this.#open(), backoffMs(this.#tries++, Math.random()))
  }
}
