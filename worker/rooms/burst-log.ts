import type { Limit } from '../messages/store.ts'

interface Attempt {
  clientId: string
  at: number
}
/** `fresh`: D1 decides. `retry`: D1 decides too, one at a time a sender. */
type Verdict = { admit: 'fresh' | 'retry' } | { admit: false; retryAfterMs: number }

/** Retries of older messages are still known as such; about 100 kB at most. */
const MOST_KNOWN = 2_000

/**
 * A chat's burst limit in memory, so that a flood costs no database call. It may forget at any time: D1 checks the
 * same limit again. Its clock measures durations only.
 */
export class BurstLog {
  readonly #attempts = new Map<string, Attempt[]>()
  readonly #known = new Set<string>()

  reserve(sender: string, clientId: string, limit: Limit | null, now: number): Verdict {
    const key = `${sender}/${clientId}`
    if (this.#known.has(key)) return { admit: 'retry' }
    const recent = this.#recent(sender, limit, now)
    if (limit && recent.length >= limit.most) {
      const times = recent.map((attempt) => attempt.at).sort((a, b) => a - b)
      const freed = times[times.length - limit.most] ?? now
      return { admit: false, retryAfterMs: Math.max(1, freed + limit.windowMs - now) }
    }
    recent.push({ clientId, at: now })
    this.#remember(key)
    return { admit: 'fresh' }
  }

  /** D1 has admitted it some time before `now`: its window cannot end later than ours, so that who waits is let in. */
  admitted(sender: string, clientId: string, now: number): void {
    const attempt = this.#attempts.get(sender)?.find((each) => each.clientId === clientId)
    if (attempt) attempt.at = now
  }

  /** D1 refused it: the attempt costs no quota. */
  release(sender: string, clientId: string): void {
    this.#known.delete(`${sender}/${clientId}`)
    const kept = this.#attempts.get(sender)?.filter((attempt) => attempt.clientId !== clientId)
    if (kept) this.#attempts.set(sender, kept)
  }

  #recent(sender: string, limit: Limit | null, now: number): Attempt[] {
    const since = now - (limit?.windowMs ?? 0)
    const recent = (this.#attempts.get(sender) ?? []).filter((attempt) => attempt.at > since)
    this.#attempts.set(sender, recent)
    return recent
  }

  #remember(key: string): void {
    this.#known.add(key)
    if (this.#known.size <= MOST_KNOWN) return
    const [oldest] = this.#known
    if (oldest) this.#known.delete(oldest)
  }
}
