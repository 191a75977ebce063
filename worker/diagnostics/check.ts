import type { Check, CheckId, CheckState } from '../../protocol/diagnostics.ts'
import type { Env } from '../env.ts'
import { logFailure } from '../log-failure.ts'
import type { Site } from '../sites/load.ts'
import type { ProviderAnswer } from './ask-provider.ts'

/** What a check may look at. `now` is the worker's clock. */
export interface Subject {
  env: Env
  site: Site
  /** The site's database. */
  db: D1Database
  now: number
  /** Somebody waits for this check alone to be well. */
  isAwaited: boolean
  /** What the mail provider says, asked once. */
  provider(): Promise<ProviderAnswer>
}
/** What a check found. `remedy` may be there when all is well, as a hint; `field` is the path of the setting that mends it. */
export interface Finding {
  state: CheckState
  says: string
  remedy?: string
  field?: string
}
export interface CheckUp {
  id: CheckId
  title: string
  look(subject: Subject): Promise<Finding> | Finding
}

export const ok = (says: string, remedy?: string): Finding => ({ state: 'ok', says, ...(remedy ? { remedy } : {}) })

export const attention = (says: string, remedy: string, field?: string): Finding => ({
  state: 'attention',
  says,
  remedy,
  ...(field ? { field } : {}),
})

export const broken = (says: string, remedy: string, field?: string): Finding => ({
  ...attention(says, remedy, field),
  state: 'broken',
})

/** A check that has not answered by then has failed. */
const MOST_MS = 10_000

/** Runs one check. One that fails or takes too long is broken itself, and ends no other. */
export async function checkUp({ id, title, look }: CheckUp, subject: Subject): Promise<Check> {
  const finding = await inTime(async () => look(subject)).catch((error) => {
    logFailure({ check: id }, error)
    return broken(
      'This could not be looked at.',
      'Refresh. If it stays so, look at the log of the Worker for the cause.',
    )
  })
  return { id, title, remedy: null, field: null, ...finding }
}

async function inTime<T>(look: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('It took too long')), MOST_MS)
  try {
    return await Promise.race([look(), promise])
  } finally {
    clearTimeout(timer)
  }
}
