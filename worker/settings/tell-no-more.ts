import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import { forgetSite, type Site } from '../sites/load.ts'
import { dropToldAddresses } from './store.ts'

/**
 * Takes addresses out of those that the site also tells of messages and chats, now and in the saves that could be taken
 * back. It is no save of anybody's: the version stays.
 */
export async function tellNoMore(env: Env, site: Site, emails: readonly string[]): Promise<void> {
  if (emails.length === 0) return
  await dropToldAddresses(directory(env), site.id, emails)
  forgetSite(site.id)
}
