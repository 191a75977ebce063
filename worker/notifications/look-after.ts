import type { ListOutbox, OutboxMail, OutboxPage } from '../../protocol/notifications.ts'
import { auditIfChanged } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import type { Site } from '../sites/load.ts'
import { type MailRow, readOutbox, reviveMails } from './look-after-store.ts'
import { wakeMailer } from './queue-mail.ts'
import { isDevMailbox, transportOf } from './transport.ts'

const PAGE = 50

/** A page of a site's mails in one state, and how many there are of each. */
export async function listOutbox(env: Env, site: Site, { state, before }: ListOutbox): Promise<OutboxPage> {
  const { rows, counts } = await readOutbox(database(env, site.db), site.id, {
    state,
    before: readCursor(before),
    limit: PAGE + 1,
  })
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return {
    delivery: deliveryOf(env),
    counts,
    mails: rows.slice(0, PAGE).map(toMail),
    next: last ? `${last.at}.${last.id}` : null,
  }
}

/** Puts mails that could not be sent back into the queue, all of them without `ids`; answers how many. */
export async function retryMails(
  env: Env,
  site: Site,
  actor: Actor,
  ids: readonly string[] | undefined,
): Promise<number> {
  const db = database(env, site.db)
  const by = { site: site.id, actor }
  const log = ids
    ? auditIfChanged(db, { ...by, action: 'mail.retried', subject: ids.join(', ') })
    : auditIfChanged(db, { ...by, action: 'mail.all_retried' })
  const retried = await reviveMails(db, site.id, ids ?? null, log)
  if (retried > 0) await wakeMailer(env, site.db)
  return retried
}

/** How mails go out. */
export const deliveryOf = (env: Env): OutboxPage['delivery'] =>
  isDevMailbox(env) ? 'dev_mailbox' : transportOf(env) ? 'resend' : 'none'

const toMail = (row: MailRow): OutboxMail => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  to: row.email && masked(row.email),
  chat: row.chat,
  createdAt: row.created_at,
  dueAt: row.done_at === null ? row.due_at : null,
  doneAt: row.done_at,
  tries: row.tries,
  reason: row.reason,
})

/** Enough to know one's own people by. */
const masked = (email: string) => email.replace(/^(.).*(?=@)/, '$1…')

function readCursor(before: string | undefined) {
  const [at, id] = before?.split('.') ?? []
  return at && id ? { at: Number(at), id } : null
}
