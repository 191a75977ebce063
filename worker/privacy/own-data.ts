import type { UserId } from '../../protocol/ids.ts'
import type { OwnData, PrivacyRequest } from '../../protocol/privacy.ts'
import { database } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import { queueMail, wakeMailer } from '../notifications/queue-mail.ts'
import { takeMailTurn } from '../replies/may-mail.ts'
import type { SessionClaims } from '../sessions/token.ts'
import { keyedHash, newCode } from '../sign-in/code.ts'
import type { Site } from '../sites/load.ts'
import { askErasure } from './erase.ts'
import { type Export, exportPerson } from './export-person.ts'
import { countExports, insertCode, type Own, readOwn, tryCode } from './own-store.ts'
import { requestsOf } from './request-store.ts'

const MOST_EXPORTS_A_DAY = 5
const MOST_CODES_A_DAY = 5

/** What somebody may ask about themselves here, and how they prove that it is they. */
export async function ownData(env: Env, site: Site, session: SessionClaims): Promise<OwnData> {
  const db = database(env, site.db)
  const own = await who(db, site, session)
  const requests = await requestsOf(db, site.id, session.sub)
  return {
    ...offers(site),
    erasesFiles: site.settings.privacy.deleteAttachments,
    proof: own.guest && own.email ? masked(own.email) : null,
    requests: requests.map(({ kind, state, askedAt }) => ({ kind, state, askedAt })),
  }
}

function offers({ settings: { privacy } }: Site): Pick<OwnData, 'export' | 'erase'> {
  if (privacy.ownRequests === 'off') return { export: false, erase: 'no' }
  const isAtOnce = privacy.ownRequests === 'automatic' && privacy.eraser
  return { export: privacy.exporter, erase: isAtOnce ? 'at_once' : 'ask' }
}

/** Mails a guest a code. Answered alike where none is sent: too many today, or no address. */
export async function mailProof(env: Env, site: Site, session: SessionClaims): Promise<void> {
  const db = database(env, site.db)
  const { email, guest } = await who(db, site, session)
  if (!email || !guest || !(await takeMailTurn(db, email, 'privacy', MOST_CODES_A_DAY))) return
  const code = newCode()
  const mail = {
    id: newId('mail'),
    site: site.id,
    to: { user: session.sub, email },
    kind: 'privacy',
    payload: { code },
  } as const
  await db.batch([insertCode(db, site.id, session.sub, await codeHash(env, session.sub, code)), queueMail(db, mail)])
  await wakeMailer(env, site.db)
}

/** A copy of one's own data: privacy_off, code_invalid, and a few a day are enough. */
export async function exportOwn(
  env: Env,
  site: Site,
  session: SessionClaims,
  { code, part }: { code?: string | undefined; part: number },
): Promise<Export> {
  if (!offers(site).export) throw new AppError('privacy_off')
  const db = database(env, site.db)
  await prove(env, site, session, code)
  if (part === 1 && (await countExports(db, site.id, session.sub)) >= MOST_EXPORTS_A_DAY)
    throw new AppError('unavailable', { retryAfterMs: HOUR_MS, detail: 'You have had several copies today.' })
  return exportPerson(env, site, { user: session.sub }, { part, source: 'shopper', actor: null })
}

/** Asks for one's own erasure; at once or after somebody's decision, as the site has it. */
export async function eraseOwn(
  env: Env,
  site: Site,
  session: SessionClaims,
  code: string | undefined,
): Promise<PrivacyRequest[]> {
  const { erase } = offers(site)
  if (erase === 'no') throw new AppError('privacy_off')
  await prove(env, site, session, code)
  return askErasure(env, site, { user: session.sub }, { source: 'shopper', actor: null, wait: erase === 'ask' })
}

async function who(db: D1Database, site: Site, session: SessionClaims): Promise<Own> {
  const own = await readOwn(db, site.id, session)
  if (!own) throw new AppError('session_ended')
  return own
}

/** A guest with an address shows that it is theirs. One without has only the session, and so have we. */
async function prove(env: Env, site: Site, session: SessionClaims, code: string | undefined): Promise<void> {
  const db = database(env, site.db)
  const { guest, email } = await who(db, site, session)
  if (!guest || !email) return
  if (!code || !(await tryCode(db, site.id, session.sub, await codeHash(env, session.sub, code))))
    throw new AppError('code_invalid')
}

const codeHash = (env: Env, user: UserId, code: string) => keyedHash(env, 'privacy', user, code)

/** `a…@example.com`: enough for who knows it. */
const masked = (email: string) => `${email.slice(0, 1)}…${email.slice(email.lastIndexOf('@'))}`
