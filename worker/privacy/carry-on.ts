import type { UserId } from '../../protocol/ids.ts'
import { removeFiles } from '../attachments/remove.ts'
import { database } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { starterWithoutCustomer } from '../orders/starter.ts'
import { endSockets, nudge, type Telling, tellingOfOneCall } from '../rooms/nudge.ts'
import { tellNoMore } from '../settings/tell-no-more.ts'
import { loadSite, type Site } from '../sites/load.ts'
import {
  countErasedFiles,
  eraseMessages,
  erasePerson,
  goOn,
  idsOf,
  isLeft,
  rewriteLines,
  type StepDone,
  systemLines,
  unquote,
} from './erase-store.ts'
import { addressesOf, finishRequest, keepTaken, letGo, type Step, type Taken, takeRequest } from './request-store.ts'

/** One call may ask the database 1,000 questions; a step takes up to 60. */
const MOST_STEPS = 12
const MESSAGES_A_STEP = 1_000
const LINES_A_STEP = 200
/** A step that fails comes again later and later, up to an hour. */
const PAUSE_MS = 5_000
const MOST_PAUSE_MS = HOUR_MS

type Work = (env: Env, site: Site, taken: Taken, telling: Telling) => Promise<boolean>

interface Room {
  steps: number
  telling: Telling
}

/** What each step does until it is over, and which comes after it. */
const STEPS: Record<Step, { work: Work; next: Step | null }> = {
  person: { work: forgetPerson, next: 'messages' },
  messages: { work: forgetMessages, next: 'starters' },
  starters: { work: rewriteSystemLines, next: 'files' },
  files: { work: forgetFiles, next: 'rest' },
  rest: { work: lookAgain, next: null },
}

/**
 * Carries erasures of one database on, step by step: the one named, or those that have waited longest. Each step is one
 * batch that chooses what is left, so a crash loses nothing and a second runner does no harm. Answers how many steps
 * there was room left for.
 */
export async function carryOn(
  env: Env,
  dbName: string,
  id: string | null,
  { steps = MOST_STEPS, telling = tellingOfOneCall() }: Partial<Room> = {},
): Promise<number> {
  const db = database(env, dbName)
  let left = steps
  while (left > 0) {
    const taken = await takeRequest(db, id)
    if (!taken) return left
    const site = await loadSite(env, taken.site)
    if (site) left = await runSteps(env, site, taken, { steps: left, telling })
    else await finishRequest(db, taken.id)
  }
  return left
}

async function runSteps(env: Env, site: Site, first: Taken, { steps, telling }: Room): Promise<number> {
  const db = database(env, site.db)
  let taken = first
  try {
    for (let left = steps; left > 0; left--) {
      const { work, next } = STEPS[taken.step]
      const over = await work(env, site, taken, telling)
      if (over && !next) {
        await finishRequest(db, taken.id)
        return left - 1
      }
      if (over && next) await goOn(db, taken, next)
      const step = await keepTaken(db, taken)
      if (!step) return left - 1
      taken = { ...taken, step }
    }
  } catch (error) {
    await letGo(db, taken.id, Math.min(MOST_PAUSE_MS, PAUSE_MS << Math.min(taken.tries, 20)))
    throw error
  }
  await letGo(db, taken.id, 0)
  return 0
}

async function forgetPerson(env: Env, site: Site, taken: Taken, telling: Telling): Promise<boolean> {
  const db = database(env, site.db)
  const done = await erasePerson(db, taken)
  await tellNoMore(env, site, await addressesOf(db, taken))
  await Promise.allSettled((await idsOf(db, taken)).map((user) => endSockets(env, site.id, user)))
  return tell(env, site, done, telling)
}

async function forgetMessages(env: Env, site: Site, taken: Taken, telling: Telling): Promise<boolean> {
  const { redactMessages, placeholder } = site.settings.privacy
  const put = redactMessages ? ({ body: placeholder, erased: 1 } as const) : ({ body: '', erased: 2 } as const)
  const done = await eraseMessages(database(env, site.db), taken, { ...put, most: MESSAGES_A_STEP })
  return tell(env, site, done, telling)
}

/** The system speaks to the person by name: such a line is made anew from what is left of the order. */
async function rewriteSystemLines(env: Env, site: Site, taken: Taken, telling: Telling): Promise<boolean> {
  const db = database(env, site.db)
  const { placeholder } = site.settings.privacy
  const lines = await systemLines(db, taken, LINES_A_STEP)
  if (lines.length === 0) return true
  const anew = lines.map(({ chat, seq, starter, order, seller }) =>
    starter
      ? ({ chat, seq, erased: 3, body: starterWithoutCustomer(order, seller, site.settings) || placeholder } as const)
      : ({ chat, seq, erased: 1, body: placeholder } as const),
  )
  const told = await rewriteLines(db, taken, anew)
  return tell(env, site, { told, over: lines.length < LINES_A_STEP }, telling)
}

/** A file's bytes go with its thumbnail and its name; what is left of it is that a file was there. */
async function forgetFiles(env: Env, site: Site, taken: Taken): Promise<boolean> {
  if (!site.settings.privacy.deleteAttachments) return true
  const db = database(env, site.db)
  let isOver = true
  for (const user of (await idsOf(db, taken)) as UserId[]) {
    const { removed, done } = await removeFiles(env, site, { user })
    if (removed > 0) await countErasedFiles(db, taken, removed)
    isOver &&= done
  }
  return isOver
}

/** What came in between, if anything could, goes the same way. */
async function lookAgain(env: Env, site: Site, taken: Taken): Promise<boolean> {
  const db = database(env, site.db)
  // A save that was under way may have put it back.
  await tellNoMore(env, site, await addressesOf(db, taken))
  await unquote(db, taken)
  if (!(await isLeft(db, taken))) return true
  await erasePerson(db, taken)
  return false
}

/** Who is not told syncs within minutes. */
async function tell(env: Env, site: Site, { told, over }: StepDone, telling: Telling): Promise<boolean> {
  await nudge(env, site.id, told, telling)
  return over
}
