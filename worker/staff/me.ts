import type { ChangeMe, StaffMe, StepUpWay } from '../../protocol/admin/me.ts'
import { auditIfChanged } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { STEP_UP_MS } from '../http/staff.ts'
import { canSendMail } from '../notifications/can-send-mail.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { type MeRow, readStaffMe, updateMe } from './me-store.ts'

/** Who I am here, and how I can show that it is still me. */
export async function staffMe(env: Env, site: Site, { sid }: SessionClaims): Promise<StaffMe> {
  const row = await readStaffMe(database(env, site.db), sid, STEP_UP_MS)
  if (!row) throw new AppError('session_ended')
  const { isAsserted, ...me } = row
  return { ...me, stepUp: waysOf(env, row, isAsserted === 1) }
}

function waysOf(env: Env, { email, passkeys }: MeRow, isAsserted: boolean): StepUpWay[] {
  // The shop says who its people are and where they read mail; only the shop can say it anew.
  if (isAsserted) return ['assertion']
  const ways: StepUpWay[] = []
  if (email !== null && canSendMail(env)) ways.push('code')
  if (passkeys > 0) ways.push('passkey')
  return ways
}

/** Changes my name or address. 403 for those whom the shop names, 409 for an address of somebody else's. */
export async function changeMe(env: Env, site: Site, session: SessionClaims, change: ChangeMe): Promise<StaffMe> {
  const db = database(env, site.db)
  const before = await staffMe(env, site, session)
  if (before.stepUp.includes('assertion')) {
    throw new AppError('forbidden', { detail: 'Your shop says who you are: change it there.' })
  }
  const actor = { id: session.sub, role: session.role }
  const [saved] = await db.batch([
    updateMe(db, site.id, session.sub, { name: change.name ?? null, email: change.email ?? null }),
    // Addresses and names stay out of the log: an erased person must not live on in it.
    auditIfChanged(db, {
      site: site.id,
      actor,
      action: 'person.changed',
      subject: session.sub,
      field: fieldsOf(change),
    }),
  ])
  if (saved?.meta.changes !== 1) throw new AppError('already_exists', { detail: 'Somebody else has this address.' })
  return staffMe(env, site, session)
}

const fieldsOf = (change: ChangeMe) => Object.keys(change).join(', ')
