import type { NewChat } from '../../protocol/chats.ts'
import type { Issue } from '../../protocol/errors.ts'
import type { LocalFile } from '../attachments/local.ts'
import { type ApiError, asApiError, type Refusal } from './api.ts'
import { backoffMs } from './backoff.ts'
import { oneTab, type Slot, slot } from './storage.ts'

/** A message that the server has not confirmed. `chat` is the chat's id, or what the chat to be is about. */
export interface Pending {
  readonly clientId: string
  readonly chat: string
  readonly body: string
  /** What goes along; their bytes wait elsewhere in this browser. */
  readonly attachments?: readonly LocalFile[] | undefined
  readonly at: number
  /** Opens the chat that it is the first message of. */
  readonly start?: Omit<NewChat, 'message'>
  readonly tries?: number
  /** Not before this time, in ms since 1970. */
  readonly notBefore?: number
  /** Why it did not go out: with `notBefore` it goes by itself, without somebody has to decide. */
  readonly code?: Refusal
  /** What of it the server did not like, or missed. */
  readonly issues?: readonly Issue[]
}

const hasFailed = (entry: Pending): boolean => !!entry.code && !entry.notBefore

/** The next one of each chat; those behind wait, so that order is kept. Failed ones hold nobody up. */
export function heads(entries: readonly Pending[]): Pending[] {
  const first = new Map<string, Pending>()
  for (const entry of entries) if (!hasFailed(entry) && !first.has(entry.chat)) first.set(entry.chat, entry)
  return [...first.values()]
}

/** What becomes of an entry whose try was refused. */
export function refused(entry: Pending, error: ApiError, now: number, random: number): Pending {
  const { code, notBefore, ...rest } = entry
  const tries = (entry.tries ?? 0) + 1
  if (error.retryAfterMs > 0) return { ...rest, code: error.code, notBefore: now + error.retryAfterMs }
  if (error.passing || /^(session|assertion)_/.test(error.code)) {
    return { ...rest, tries, notBefore: now + backoffMs(tries, random) }
  }
  return { ...rest, code: error.code, issues: error.issues }
}

/** The chat it was to open is there: from now on it is a message of that chat. */
const moved = ({ start, ...entry }: Pending, chat: string): Pending => ({ ...entry, chat })

/** Sends one entry and answers the id of the chat it is in now. */
export type Deliver = (entry: Pending) => Promise<string>

/** Unconfirmed messages of one user: kept over reloads, sent in order, one at a time in each chat. */
export class Outbox {
  entries: readonly Pending[] = []
  readonly #deliver: Deliver
  readonly #changed: () => void
  readonly #busy = new Set<string>()
  #slot: Slot<Pending[]> | null = null
  #key = ''
  #timer = 0

  constructor(deliver: Deliver, changed: () => void, signal = new AbortController().signal) {
    this.#deliver = deliver
    this.#changed = changed
    window.addEventListener(
      'storage',
      ({ key }) => {
        if (key !== this.#key) return
        this.#read()
        this.pump()
      },
      { signal },
    )
  }

  /** Takes up what this user left unsent, also as the guest `before` that they were. */
  open(site: string, user: string, before?: string): void {
    const keyOf = (id: string) => `shopbell:${site}:${id}`
    this.#key = keyOf(user)
    this.#slot = slot('localStorage', this.#key)
    const guest = before && slot<Pending[]>('localStorage', keyOf(before))
    if (guest) {
      this.#slot.set([...(guest.get() ?? []), ...this.#stored()])
      guest.set(null)
    }
    this.#read()
    this.pump()
  }

  close(): void {
    this.#slot = null
    this.entries = []
  }

  add(entry: Pending): void {
    this.#write([...this.#stored(), entry])
    this.pump()
  }

  discard(clientId: string): void {
    this.#write(this.#stored().filter((entry) => entry.clientId !== clientId))
  }

  retry(clientId: string): void {
    this.#replace(clientId, ({ code, notBefore, ...entry }) => entry)
    this.pump()
  }

  /** The network is back: nobody waits for a backoff. Limits are the server's and stay. */
  hurry(): void {
    for (const { clientId, code, notBefore } of this.entries) if (notBefore && !code) this.retry(clientId)
    this.pump()
  }

  pump(): void {
    clearTimeout(this.#timer)
    const now = Date.now()
    const free = heads(this.entries).filter(({ chat }) => !this.#busy.has(chat))
    const waits = free.flatMap(({ notBefore = 0 }) => (notBefore > now ? [notBefore - now] : []))
    if (waits.length) this.#timer = window.setTimeout(() => this.pump(), Math.min(...waits) + 50)
    for (const entry of free) if ((entry.notBefore ?? 0) <= now) void this.#send(entry)
  }

  async #send({ chat, clientId }: Pending): Promise<void> {
    this.#busy.add(chat)
    // Another tab may be sending the same one: the loser finds it gone.
    await oneTab(`${this.#key}:${chat}`, async () => {
      const entry = this.#stored().find((other) => other.clientId === clientId)
      if (!entry) return
      try {
        this.#settle(clientId, chat, await this.#deliver(entry))
      } catch (error) {
        this.#replace(clientId, (other) => refused(other, asApiError(error), Date.now(), Math.random()))
      }
    })
    this.#busy.delete(chat)
    this.pump()
  }

  #settle(clientId: string, chat: string, now: string): void {
    const rest = this.#stored().filter((entry) => entry.clientId !== clientId)
    this.#write(rest.map((entry) => (entry.chat === chat ? moved(entry, now) : entry)))
  }

  #replace(clientId: string, change: (entry: Pending) => Pending): void {
    this.#write(this.#stored().map((entry) => (entry.clientId === clientId ? change(entry) : entry)))
  }

  #stored(): Pending[] {
    return this.#slot?.get() ?? []
  }

  #read(): void {
    this.entries = this.#stored()
    this.#changed()
  }

  #write(entries: Pending[]): void {
    this.#slot?.set(entries.length ? entries : null)
    this.#read()
  }
}
