type Alarms = Pick<DurableObjectStorage, 'getAlarm' | 'setAlarm'>

/** An object's one alarm, which whoever wants it later than it is set already never moves. Times in ms, passed in. */
export class EarliestAlarm {
  readonly #storage: Alarms
  #at = Number.POSITIVE_INFINITY

  constructor(storage: Alarms) {
    this.#storage = storage
  }

  /** Takes up what was set before the object was last put away; first of all. */
  async recall(): Promise<void> {
    this.#at = (await this.#storage.getAlarm()) ?? Number.POSITIVE_INFINITY
  }

  /** The alarm goes off: the next is set by what is wanted from here on. */
  begins(): void {
    this.#at = Number.POSITIVE_INFINITY
  }

  async set(at: number, now: number): Promise<void> {
    // One that is overdue is set again, as early as it was: should it have been lost, nothing else would bring it back.
    if (at >= this.#at && this.#at > now) return
    this.#at = Math.min(at, this.#at)
    await this.#storage.setAlarm(this.#at)
  }
}
