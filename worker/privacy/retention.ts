import { database, directory } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { nudge, type Telling } from '../rooms/nudge.ts'
import { eachSite } from '../sites/each-site.ts'
import { loadSite, type Site } from '../sites/load.ts'
import {
  deleteChats,
  forgetDeleted,
  oldChats,
  redactChats,
  removeOldFiles,
  sitesThatForget,
  sweepAgain,
  takeSweeps,
} from './retention-store.ts'

const MOST_SITES = 5
const MOST_CHATS = 200
/** One batch writes about this many messages; a longer chat is one batch of its own. */
const MOST_MESSAGES = 5_000
const MOST_FILES = 1_000

/** Clears what sites of one database want kept no longer, a piece a minute. */
export async function keepNoLonger(env: Env, dbName: string, telling: Telling): Promise<void> {
  const db = database(env, dbName)
  const sites = await sitesThatForget(directory(env), dbName)
  if (sites.length === 0) return
  await eachSite(await takeSweeps(db, sites, MOST_SITES), async (id) => {
    const site = await loadSite(env, id)
    if (site) await sweepSite(env, db, site, telling)
  })
}

async function sweepSite(env: Env, db: D1Database, site: Site, telling: Telling): Promise<void> {
  const { keepChatsDays, keepFilesDays } = site.settings.privacy
  const isOver = keepChatsDays === 0 || (await sweepChats(env, db, site, telling))
  const filesOver = keepFilesDays === 0 || (await removeOldFiles(db, site.id, ageOf(keepFilesDays, site), MOST_FILES))
  await forgetDeleted(db, site.id)
  if (!isOver || !filesOver) await sweepAgain(db, site.id)
}

async function sweepChats(env: Env, db: D1Database, site: Site, telling: Telling): Promise<boolean> {
  const { keepChatsDays, oldChats: mode, placeholder } = site.settings.privacy
  const ageMs = ageOf(keepChatsDays, site)
  const found = await oldChats(db, site.id, ageMs, MOST_CHATS)
  const chats = atMost(found, MOST_MESSAGES)
  if (chats.length === 0) return true
  const told =
    mode === 'delete'
      ? await deleteChats(db, site.id, chats, ageMs)
      : await redactChats(db, site.id, chats, { ageMs, body: placeholder })
  await nudge(env, site.id, told, telling)
  return chats.length === found.length && found.length < MOST_CHATS
}

/** The limits look back over the messages and chats themselves: within their windows nothing goes. */
function ageOf(days: number, { settings: { limits } }: Site): number {
  const longest = Math.max(limits.chatWindowSec, limits.messageWindowSec, limits.burstWindowSec)
  return Math.max(days * DAY_MS, longest * 1000)
}

function atMost(chats: { id: string; last_seq: number }[], most: number): string[] {
  let sum = 0
  const fitting = chats.findIndex(({ last_seq }) => {
    sum += last_seq
    return sum > most
  })
  return chats.slice(0, fitting < 0 ? undefined : Math.max(1, fitting)).map(({ id }) => id)
}
