import type { ServerFrame } from '../../protocol/frames.ts'
import type { Env } from '../env.ts'

/** Past this many waiting frames one `sync` says it all. */
const MOST_WAITING = 100
const SYNC: ServerFrame = { type: 'sync' }

/**
 * Hands frames to inboxes in order, one call a user at a time: frames that arrive meanwhile go out together in
 * the next. What fails stays until `flush()` is called again.
 */
export class FanOut {
  readonly #env: Env
  readonly #waiting = new Map<string, string[]>()
  readonly #busy = new Map<string, Promise<void>>()

  constructor(env: Env) {
    this.#env = env
  }

  push(site: string, user: string, frame: ServerFrame): void {
    const name = `${site}/${user}`
    const frames = this.#waiting.get(name) ?? []
    if (frames.length >= MOST_WAITING) frames.splice(0, frames.length, JSON.stringify(SYNC))
    else frames.push(JSON.stringify(frame))
    this.#waiting.set(name, frames)
  }

  /** Resolves when every frame pushed so far is delivered or has failed; true when none is left. */
  async flush(): Promise<boolean> {
    await Promise.all([...this.#waiting.keys()].map((name) => this.#drain(name)))
    return this.#waiting.size === 0
  }

  #drain(name: string): Promise<void> {
    const running = this.#busy.get(name)
    if (running) return running
    const drained = this.#deliver(name)
    this.#busy.set(name, drained)
    return drained
  }

  async #deliver(name: string): Promise<void> {
    for (let frames = this.#waiting.get(name); frames?.length; frames = this.#waiting.get(name)) {
      this.#waiting.set(name, [])
      try {
        await this.#env.INBOX.getByName(name).deliver(frames)
      } catch {
        // Kept for the alarm; the receiver's own sync may well come first.
        this.#waiting.set(name, [...frames, ...(this.#waiting.get(name) ?? [])])
        this.#busy.delete(name)
        return
      }
    }
    // In the same turn as the last look, so that a frame pushed now starts a drain of its own.
    this.#waiting.delete(name)
    this.#busy.delete(name)
  }
}
