import * as z from 'zod'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { siteDatabases } from '../sites/list.ts'
import { addressKey } from './may-mail.ts'
import { insertSuppressed } from './store.ts'

const Event = z.object({
  type: z.string(),
  data: z.object({
    to: z.union([z.array(z.string()).max(100), z.string().transform((one) => [one])]).catch([]),
    bounce: z.object({ type: z.string() }).partial().nullish().catch(null),
  }),
})

const REASONS = {
  'email.bounced': 'bounce',
  'email.complained': 'complaint',
  'email.suppressed': 'suppressed',
} as const

/**
 * Stops what bounced for good, and whoever called a mail of ours spam, in every database: it is the address that takes no
 * mail, whichever shop it came from. What else Resend tells changes nothing.
 */
export async function heedResend(env: Env, event: unknown): Promise<void> {
  const { success, data: read } = Event.safeParse(event)
  if (!success || !Object.hasOwn(REASONS, read.type)) return
  // A full mailbox may be emptied.
  if (read.data.bounce?.type?.toLowerCase() === 'transient') return
  const reason = REASONS[read.type as keyof typeof REASONS]
  const addresses = await Promise.all(read.data.to.map((to) => addressKey(to.match(/<([^<>]+)>\s*$/)?.[1] ?? to)))
  for (const name of await siteDatabases(env)) await insertSuppressed(database(env, name), addresses, reason)
}
