import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { newId } from '../ids.ts'
import { queueMail, wakeMailer } from '../notifications/queue-mail.ts'
import type { Site } from '../sites/load.ts'

interface CodeMail {
  user: UserId
  email: string
  code: string
  locale: string | undefined
}

/** Sends a code; it goes before all other mail. */
export async function mailCode(env: Env, site: Site, { user, email, code, locale }: CodeMail): Promise<void> {
  const mail = { id: newId('mail'), site: site.id, to: { user, email }, kind: 'code', payload: { code } } as const
  await queueMail(database(env, site.db), { ...mail, ...(locale ? { locale } : {}) }).run()
  await wakeMailer(env, site.db)
}
