import type { MailRequest } from '../transport.ts'

/** A mail that the dev mailbox has. */
export interface DevMail extends MailRequest {
  id: string
  kind: string
  at: number
}
interface Row {
  id: string
  kind: string
  at: number
  request: string
}

const MAILS = `SELECT o.id, o.kind, o.done_at at, r.request FROM outbox o JOIN outbox_requests r ON r.mail = o.id
  WHERE o.done_at IS NOT NULL AND o.state = 'sent'`

const toMail = ({ request, ...row }: Row): DevMail => ({ ...row, ...(JSON.parse(request) as MailRequest) })

/** The newest mails of all sites, newest first. */
export async function readDevMails(db: D1Database): Promise<DevMail[]> {
  const { results } = await db.prepare(`${MAILS} ORDER BY o.done_at DESC LIMIT 100`).all<Row>()
  return results.map(toMail)
}

export async function readDevMail(db: D1Database, id: string): Promise<DevMail | null> {
  const row = await db.prepare(`${MAILS} AND o.id = ?1`).bind(id).first<Row>()
  return row && toMail(row)
}
