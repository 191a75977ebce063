import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { readSiteChats } from './site-chat-store.ts'

/** What chats of a site are about, by their ids. */
export async function chatTitles(env: Env, site: Site, chats: readonly string[]): Promise<Map<string, string>> {
  if (chats.length === 0) return new Map()
  const found = await readSiteChats(database(env, site.db), site.id, chats)
  return new Map(found.map(({ id, thing }) => [id, thing.title ?? thing.id]))
}
