import type { SiteId, UserId } from '../../protocol/ids.ts'
import { addressesIn } from '../../protocol/settings/index.ts'
import type { Env } from '../env.ts'
import { logFailure } from '../log-failure.ts'
import type { Site } from '../sites/load.ts'
import { type DirectKind, KINDS } from './kinds.ts'
import { chatCreatedSql, insertChatCreated, insertMail, insertNewMessage, type Notify } from './queue-store.ts'

export interface NewMail {
  /** `mail_…` (`newId('mail')`): the same id again is the same mail, and changes nothing. */
  id: string
  site: SiteId
  to: { user?: UserId; email: string }
  kind: DirectKind
  /** Values of the kind's tokens (`words/words.ts`): `code`, `link`, … */
  payload: Record<string, string>
  /** The reader's language, if somebody knows it; else the site's. */
  locale?: string
}

/** The statement that wants a mail, for the batch of what it is about; `wakeMailer` once that is written. */
export function queueMail(db: D1Database, mail: NewMail): D1PreparedStatement {
  const { id, site, to, kind, payload, locale = null } = mail
  const recipient = to.user ?? to.email
  return insertMail(db, { id, site, kind, recipient, email: to.email, locale, payload, ...KINDS[kind] })
}

/** How a site tells of an event; null where it does not. */
export function notifyOf(
  { settings: { notifications } }: Pick<Site, 'settings'>,
  event: 'newMessage' | 'chatCreated',
): Notify | null {
  const { enabled, email, admins } = notifications[event]
  if (!notifications.enabled || !enabled || !email) return null
  return {
    delayMs: notifications.delaySec * 1000,
    lifeMs: KINDS.new_message.lifeMs,
    admins: JSON.stringify(addressesIn(admins)),
  }
}

/** For the batch of a message, after it. */
export const queueNewMessage = insertNewMessage
/** For the batch of a new chat, after its people; the id of a chat that was not made does no harm. */
export const queueChatCreated = insertChatCreated
export type { Notify }
export { chatCreatedSql }

/** One mailer for the whole deployment: the pace is the mail account's. */
export const mailerOf = (env: Env) => env.MAILER.getByName('mailer')

/** Has the mails go out that are due `inMs` from now. `db` is the site's `db`. A call that is lost, the cron makes up for. */
export async function wakeMailer(env: Env, db: string, inMs = 0): Promise<void> {
  try {
    await mailerOf(env).wake(db, inMs)
  } catch (error) {
    // The mail is written down already: its request must not fail for this.
    logFailure({ at: 'waking the mailer' }, error)
  }
}
