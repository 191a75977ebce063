import { database } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { pagesAt } from './pages-of.ts'
import { saveHello } from './store.ts'

/** An isolate that has noted a hello writes it again after this long at the earliest; so does the database. */
const EVERY_MS = HOUR_MS
const MOST_REMEMBERED = 1_000
const noted = new Map<string, number>()

/** A page of this origin has loaded the script. Our own pages count for nothing. */
export async function noteScript(env: Env, site: Site, origin: string | undefined): Promise<void> {
  if (origin !== undefined && site.shopOrigins.has(origin)) await note(env, site, origin, '')
}

/** My Chats is shown at this address: noted for each page of the settings that it is. */
export async function noteMyChats(env: Env, site: Site, origin: string | undefined, address: string): Promise<void> {
  if (origin === undefined || !site.shopOrigins.has(origin) || new URL(address).origin !== origin) return
  await Promise.all(pagesAt(site.settings, address).map((page) => note(env, site, origin, page)))
}

async function note(env: Env, site: Site, origin: string, page: string): Promise<void> {
  const key = `${site.id} ${origin} ${page}`
  if (Date.now() - (noted.get(key) ?? 0) < EVERY_MS) return
  if (noted.size >= MOST_REMEMBERED) noted.clear()
  noted.set(key, Date.now())
  await saveHello(database(env, site.db), site.id, { origin, page })
}
