import type { Limit } from '../worker/messages/store.ts'

export interface Tally {
  attempts: number
  admitted: number
  refused: number
  /** Repeats of something admitted: never refused, never counted twice. */
  retries: number
  retriesRefused: number
}
export interface Attack {
  limit: Limit
  until: number
  /** How many at once; above the limit, so that each volley tries to pass it. */
  volley: number
  /** One attempt, or the repeat of an admitted one; answers its status. */
  attempt(id: string): Promise<number>
}

/** 503 is what one gets whose place came free between the decision and the look for a reason. */
const REFUSALS = new Set([429, 503])
const EDGES_MS = [-40, -15, -3, 0, 3, 15, 40]
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))

let made = 0
export const newTally = (): Tally => ({ attempts: 0, admitted: 0, refused: 0, retries: 0, retriesRefused: 0 })

/**
 * One attacker: volleys around the moment when a place in the window comes free, on either side of it, sometimes at
 * random, with repeats of what was admitted in between. It knows the limit and keeps its own log.
 */
export async function attack({ limit, until, volley, attempt }: Attack, tally: Tally): Promise<void> {
  const admitted: { id: string; at: number }[] = []
  async function one() {
    const id = `attack-${String(made++).padStart(9, '0')}`
    tally.attempts++
    // A connection that the system resets tells nothing: the same again does, and 200 if it had been admitted.
    const status = await attempt(id).catch(() => attempt(id).then((again) => (again === 200 ? 201 : again)))
    if (REFUSALS.has(status)) tally.refused++
    else if (status === 201) {
      tally.admitted++
      admitted.push({ id, at: performance.now() })
    } else throw new Error(`An attempt was answered ${status}`)
  }
  async function repeat() {
    const old = admitted[Math.floor(Math.random() * admitted.length)]
    if (!old) return
    tally.retries++
    const status = await attempt(old.id).catch(() => attempt(old.id))
    if (status !== 200) tally.retriesRefused++
  }
  while (performance.now() < until) {
    const size = 1 + Math.floor(Math.random() * volley)
    await Promise.all([...Array.from({ length: size }, one), repeat()])
    const free = admitted.at(-limit.most)
    const edge = free ? free.at + limit.windowMs - performance.now() : 0
    const aside = EDGES_MS[Math.floor(Math.random() * EDGES_MS.length)] ?? 0
    // Not always asleep until the edge: in between the log must hold as well.
    await pause(Math.min(edge + aside, Math.random() * 150))
  }
}
