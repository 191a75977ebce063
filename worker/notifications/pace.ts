/** A second's share, and a little more, since timers and networks push requests together. */
const MARGIN = 1.02

/** Hands out moments to send at, so many a second, and none while the provider wants a rest. Times in ms, passed in. */
export class Pace {
  #next = 0
  #restsUntil = 0

  /** How long to wait before the next mail; takes that moment. */
  take(now: number, perSecond: number): number {
    const at = Math.max(now, this.#next, this.#restsUntil)
    this.#next = at + (1000 / perSecond) * MARGIN
    return at - now
  }

  /** Nothing goes out before `now + ms`. */
  rest(now: number, ms: number): void {
    this.#restsUntil = Math.max(this.#restsUntil, now + ms)
  }

  /** How long the provider wants to be left alone yet. */
  restMs(now: number): number {
    return Math.max(0, this.#restsUntil - now)
  }
}
