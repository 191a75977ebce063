import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { loadSite } from '../sites/load.ts'
import type { MailLink } from './mail-link.ts'
import { markVerified } from './store.ts'

/** The address is the person's; false where the link is too old, or the person has another address by now. */
export async function verifyAddress(
  env: Env,
  { site, user, email, until }: Extract<MailLink, { to: 'verify' }>,
  nowMs: number,
): Promise<boolean> {
  const known = await loadSite(env, site)
  if (!known || nowMs > until) return false
  return markVerified(database(env, known.db), { site, user, email })
}
