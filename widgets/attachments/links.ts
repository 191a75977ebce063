import type { FileLinks } from '../../protocol/attachments.ts'
import type { Call } from '../client/api.ts'

export interface FileLink {
  url: string
  thumbnail: string | null
}
interface Asked {
  promise: Promise<FileLink | null>
  resolve(link: FileLink | null): void
  reject(error: unknown): void
}
interface Kept extends FileLink {
  until: number
}

/** They are good for a quarter of an hour by the server's clock, of which ours may know little. */
const GOOD_MS = 10 * 60_000
const A_REQUEST = 50

function question(): Asked {
  let [resolve, reject]: [Asked['resolve'], Asked['reject']] = [() => undefined, () => undefined]
  const promise = new Promise<FileLink | null>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

/** Links to files, asked for together and kept for as long as they are good. */
export class Links {
  readonly #call: Call
  readonly #base: string
  readonly #kept = new Map<string, Kept>()
  #asked = new Map<string, Asked>()

  constructor(base: string, call: Call) {
    this.#base = base
    this.#call = call
  }

  /** What is known already. */
  now(file: string): FileLink | undefined {
    const kept = this.#kept.get(file)
    return kept && kept.until > Date.now() ? kept : undefined
  }

  /** A link that is still good for a while; null where the file is not there for us. Throws an ApiError. */
  async get(file: string, anew = false): Promise<FileLink | null> {
    if (anew) this.#kept.delete(file)
    const known = this.now(file)
    if (known) return known
    if (this.#asked.size === 0) queueMicrotask(() => this.#ask())
    const asked = this.#asked.get(file) ?? question()
    this.#asked.set(file, asked)
    return asked.promise
  }

  #ask(): void {
    const all = [...this.#asked]
    this.#asked = new Map()
    for (let at = 0; at < all.length; at += A_REQUEST) void this.#request(all.slice(at, at + A_REQUEST))
  }

  async #request(asked: [string, Asked][]): Promise<void> {
    try {
      const files = asked.map(([file]) => file)
      const { links } = await this.#call<FileLinks>('POST', '/files/links', { files })
      const until = Date.now() + GOOD_MS
      for (const { file, url, thumbnail } of links) {
        this.#kept.set(file, { url: this.#base + url, thumbnail: thumbnail && this.#base + thumbnail, until })
      }
      for (const [file, { resolve }] of asked) resolve(this.#kept.get(file) ?? null)
    } catch (error) {
      for (const [, { reject }] of asked) reject(error)
    }
  }
}
