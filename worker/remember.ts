const MOST_KEYS = 1_000

interface Memory<T> {
  get(key: string, read: () => Promise<T>): Promise<T>
  /** Called after a change, so that this isolate obeys it at once. */
  forget(key: string): void
}

/**
 * What an isolate remembers of what it has read, `freshMs` long. Only what has come is shared. A promise would carry
 * whoever awaits it into the request that made it, where nothing of their own may be touched ("Cannot perform I/O on
 * behalf of a different request", https://developers.cloudflare.com/workers/observability/errors/).
 */
export function remember<T>(freshMs = Number.POSITIVE_INFINITY): Memory<T> {
  const known = new Map<string, { at: number; value: T }>()
  let changes = 0
  return {
    async get(key, read) {
      const at = Date.now()
      const hit = known.get(key)
      if (hit && at - hit.at < freshMs) return hit.value
      const before = changes
      const value = await read()
      const isNewest = (known.get(key)?.at ?? 0) <= at
      // What was read before a change that came meanwhile is not kept.
      if (before !== changes || !isNewest) return value
      if (known.size >= MOST_KEYS) known.clear()
      known.set(key, { at, value })
      return value
    },
    forget(key) {
      changes++
      known.delete(key)
    },
  }
}
