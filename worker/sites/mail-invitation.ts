import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { newId } from '../ids.ts'
import { queueMail, wakeMailer } from '../notifications/queue-mail.ts'
import type { Site } from './load.ts'

interface Invitation {
  user: UserId
  email: string
  kind: 'invitation' | 'staff_invitation'
  payload: Record<string, string>
}

/** Sends somebody the link that lets them in. */
export async function mailInvitation(env: Env, site: Site, { user, email, kind, payload }: Invitation): Promise<void> {
  await queueMail(database(env, site.db), {
    id: newId('mail'),
    site: site.id,
    to: { user, email },
    kind,
    payload,
  }).run()
  await wakeMailer(env, site.db)
}
