import type { HookSource } from '../../protocol/operator.ts'
import { readHooks } from './store.ts'

/** What each source brought that changed nothing, how much of the rest waits, and when the last of it came. */
export async function readCounts(db: D1Database, site: string) {
  const { counts, waiting } = await readHooks(db, site)
  const of = (source: HookSource) => waiting.find((row) => row.source === source)
  return (source: HookSource) => ({
    waiting: of(source)?.n ?? 0,
    lastAt: of(source)?.lastAt ?? null,
    counts: counts.filter((row) => row.source === source).map(({ outcome, n, lastAt }) => ({ outcome, n, lastAt })),
  })
}
