import type { Check, CheckId, Diagnostics, OverallState } from '../../protocol/diagnostics.ts'
import { database as databaseOf, directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { askProvider } from './ask-provider.ts'
import { type CheckUp, checkUp, type Subject } from './check.ts'
import { orderContext, postContext, productContext } from './checks/contexts.ts'
import { limits } from './checks/limits.ts'
import { mailProvider, outbox, repliesByMail, senderDomain, webPush } from './checks/mail.ts'
import {
  backgroundJobs,
  clock,
  database,
  fileStorage,
  liveUpdates,
  migrations,
  ofDatabase,
  tables,
} from './checks/platform.ts'
import { origins, script, versions } from './checks/shop.ts'
import { webhooks } from './checks/webhooks.ts'

/** After the database's, in the order of the protocol's `CheckId`. */
const CHECKS: readonly CheckUp[] = [
  migrations,
  tables,
  liveUpdates,
  fileStorage,
  backgroundJobs,
  clock,
  mailProvider,
  senderDomain,
  outbox,
  repliesByMail,
  webPush,
  webhooks,
  origins,
  script,
  productContext,
  orderContext,
  postContext,
  limits,
  versions,
]

/** Runs every check, or `only` one, each on its own. */
export async function diagnose(env: Env, site: Site, now: number, only?: CheckId): Promise<Diagnostics> {
  const about = { env, site, db: databaseOf(env, site.db), now, isAwaited: only !== undefined }
  const subject: Subject = { ...about, provider: once(() => askProvider(env)) }
  const isWanted = ({ id }: CheckUp) => only === undefined || id === only
  // The database's alone, for it is timed.
  const first = isWanted(database) ? [await checkUp(database, subject)] : []
  const others = await Promise.all(CHECKS.filter(isWanted).map((check) => checkUp(check, subject)))
  const checks = [...first, ...others]
  return { state: overall(checks), checkedAt: now, checks }
}

/** What is found where the database fails before anybody can be looked up in it; null when it answers after all. */
export async function diagnoseDatabase(env: Env, now: number): Promise<Diagnostics | null> {
  const { id, title } = database
  const finding = await ofDatabase(env, directory(env))
  if (finding.state !== 'broken') return null
  return { state: 'broken', checkedAt: now, checks: [{ id, title, remedy: null, field: null, ...finding }] }
}

function overall(checks: readonly Check[]): OverallState {
  if (checks.some(({ state }) => state === 'broken')) return 'broken'
  return checks.some(({ state }) => state === 'attention') ? 'needs_attention' : 'healthy'
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined
  return () => (answer ??= ask())
}
