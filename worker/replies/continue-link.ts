import type { ContinueLink } from '../../protocol/reach.ts'
import { database } from '../db/client.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId, newSecret, sha256 } from '../ids.ts'
import { isAskedFor } from '../notifications/kinds.ts'
import { queueMail, wakeMailer } from '../notifications/queue-mail.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { addressKey, isReachable } from './may-mail.ts'
import { insertAsked, insertGuestLink, readMailbox, setGuestEmail } from './store.ts'

const LIFE_MS = 30 * 60_000
/** An address that nobody has confirmed may be a stranger's. */
const MOST_A_DAY = { confirmed: 5, unconfirmed: 1 }

/**
 * Mails a guest the link by which another browser goes on with their chats: single use, half an hour. Opening it also
 * confirms the address. 401 `session_ended`; 403 `forbidden` for people with an account, who sign in at the shop; 422
 * where no address is known or it takes no mail; 429 `mails_limited`.
 */
export async function mailContinueLink(
  env: Env,
  site: Site,
  session: SessionClaims,
  { email: given, chat, locale }: ContinueLink,
  at: string,
): Promise<void> {
  const db = database(env, site.db)
  const asking = { site: site.id, sub: session.sub, sid: session.sid }
  const mailbox = await readMailbox(db, asking)
  if (!mailbox) throw new AppError('session_ended')
  if (!mailbox.isGuest) throw new AppError('forbidden', { detail: 'Sign in at the shop instead.' })
  const email = given ?? mailbox.email
  if (email === null) throw wrongAddress('Your e-mail address, please.')
  if (!(await isReachable(db, email, { askedFor: isAskedFor('guest_link') })))
    throw wrongAddress('This address takes no mail.')
  const isConfirmed = mailbox.verified && email.toLowerCase() === mailbox.email?.toLowerCase()
  const id = newId('mail')
  const most = MOST_A_DAY[isConfirmed ? 'confirmed' : 'unconfirmed']
  if (!(await insertAsked(db, { id, address: await addressKey(email), kind: 'guest_link', most }))) {
    throw new AppError('mails_limited', {
      detail: 'Look in this mailbox, or try again tomorrow.',
      retryAfterMs: DAY_MS,
    })
  }
  const token = newSecret()
  const link = linkTo(site, chat ? `${token}.${chat}` : token, at)
  await db.batch([
    setGuestEmail(db, asking, email),
    insertGuestLink(db, asking, { hash: await sha256(token), email, lifeMs: LIFE_MS }),
    queueMail(db, {
      id,
      site: site.id,
      to: { user: session.sub, email },
      kind: 'guest_link',
      payload: { link },
      ...(locale ? { locale } : {}),
    }),
  ])
  await wakeMailer(env, site.db)
}

const wrongAddress = (message: string) => new AppError('invalid', { issues: [{ path: 'email', message }] })

/** After the `#`, so that no server and no log on the way sees it. */
function linkTo({ id, settings }: Site, token: string, at: string): string {
  const page = settings.general.chatsPageUrl?.split('#')[0] ?? `${at}/inbox?site=${id}`
  return `${page}#shopbell-link=${token}`
}
