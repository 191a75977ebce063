import type { UserId } from '../../protocol/ids.ts'
import type { PrivacyRequest, RequestKind, RequestSource } from '../../protocol/privacy.ts'
import { NOW, rowsOf } from '../db/client.ts'
import { HELD } from './hold-store.ts'
import { LIVE, STAFF } from './person-store.ts'

/** Who has taken a request on has this long, from step to step; then somebody else may. */
export const LEASE_MS = 10_000

export type Step = 'person' | 'messages' | 'starters' | 'files' | 'rest'

export interface NewRequest {
  id: string
  site: string
  kind: RequestKind
  user: string
  source: RequestSource
  state: 'waiting' | 'running' | 'done'
  askedBy: string | null
}

interface RequestRow {
  id: PrivacyRequest['id']
  kind: RequestKind
  user: UserId
  name: string | null
  email: string | null
  source: RequestSource
  state: PrivacyRequest['state']
  asked_at: number
  done_at: number | null
  counts: string
}

const SHOWN = `
SELECT r.id, r.kind, r.user, u.name, u.email, r.source, r.asked_at, r.done_at, r.counts,
  iif(r.kind = 'erase' AND r.state IN ('waiting', 'running') AND ${HELD('r.site', 'r.user')}, 'held', r.state) state
FROM privacy_requests r LEFT JOIN users u ON u.id = r.user`

const toRequest = ({ asked_at, done_at, counts, ...row }: RequestRow): PrivacyRequest => ({
  ...row,
  askedAt: asked_at,
  doneAt: done_at,
  counts: { messages: 0, files: 0, records: 0, ...JSON.parse(counts) },
})

const ADDRESSES = `(SELECT json_object('emails', json_group_array(DISTINCT lower(email))) FROM users
  WHERE site = ?2 AND (id = ?4 OR merged_into = ?4) AND email IS NOT NULL)`

// A person has one open request of a kind, and one that waits starts where this one would run.
const OR_START = `ON CONFLICT (site, user, kind) WHERE state IN ('waiting', 'running')
DO UPDATE SET state = excluded.state, due_at = excluded.due_at WHERE state = 'waiting' AND excluded.state = 'running'`

const INSERT = `
INSERT INTO privacy_requests (id, site, kind, user, source, state, asked_by, asked_at, due_at, done_at, tries, step, subject, counts)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, t.now, iif(?6 = 'running', t.now, NULL), iif(?6 = 'done', t.now, NULL), 0, 'person',
  iif(?6 = 'done' OR ?3 = 'export', NULL, ${ADDRESSES}), '{}'
FROM (SELECT ${NOW} now) t WHERE true
${OR_START}`

/** Makes a request, or finds the one that is there; one that waits starts where this one would run. */
export async function openRequest(
  db: D1Database,
  row: NewRequest,
  log: readonly D1PreparedStatement[] = [],
): Promise<PrivacyRequest> {
  const results = await db.batch([
    db.prepare(INSERT).bind(row.id, row.site, row.kind, row.user, row.source, row.state, row.askedBy),
    ...log,
    db
      .prepare(
        `${SHOWN} WHERE r.site = ?1 AND r.user = ?2 AND r.kind = ?3 AND (r.id = ?4 OR r.state IN ('waiting', 'running'))`,
      )
      .bind(row.site, row.user, row.kind, row.id),
  ])
  const [request] = rowsOf<RequestRow>(results.at(-1))
  if (!request) throw new Error('The request was neither made nor found')
  return toRequest(request)
}

/** An erasure of everybody who does not run the site; one that waits starts where these would run. */
export async function openForEverybody(
  db: D1Database,
  { site, system, state }: { site: string; system: string; state: 'waiting' | 'running' },
) {
  await db
    .prepare(
      `INSERT INTO privacy_requests (id, site, kind, user, source, state, asked_at, due_at, tries, step, subject, counts)
       SELECT 'req_' || lower(hex(randomblob(16))), ?1, 'erase', u.id, 'shopify', ?3, t.now, iif(?3 = 'running', t.now, NULL), 0,
         'person', json_object('emails', json_array(lower(u.email))), '{}'
       FROM (SELECT ${NOW} now) t JOIN users u ON ${LIVE} AND u.id <> ?2 AND NOT ${STAFF} WHERE true
       ${OR_START}`,
    )
    .bind(site, system, state)
    .run()
}

export interface Taken {
  id: string
  site: string
  user: string
  step: Step
  tries: number
}

// A hold stops what runs at its next step, and lifting it lets it go on.
const TAKE = `
UPDATE privacy_requests SET due_at = ${NOW} + ${LEASE_MS}, tries = tries + 1
WHERE id = (SELECT r.id FROM privacy_requests r WHERE r.state = 'running' AND r.due_at <= ${NOW}
  AND (?1 IS NULL OR r.id = ?1) AND NOT ${HELD('r.site', 'r.user')}
  ORDER BY r.due_at LIMIT 1)
RETURNING id, site, user, step, tries`

/** Takes on the request named, or the one that has waited longest; null where there is none to do. */
export const takeRequest = (db: D1Database, id: string | null) => db.prepare(TAKE).bind(id).first<Taken>()

/** Keeps the request for its next step; null once something holds it. */
export const keepTaken = (db: D1Database, { id, site, user }: Taken) =>
  db
    .prepare(
      `UPDATE privacy_requests SET due_at = ${NOW} + ${LEASE_MS} WHERE id = ?1 AND state = 'running'
       AND NOT ${HELD('?2', '?3')} RETURNING step`,
    )
    .bind(id, site, user)
    .first<Step>('step')

/** The next one may go on at once, or in a while. */
export async function letGo(db: D1Database, id: string, afterMs: number) {
  await db
    .prepare(`UPDATE privacy_requests SET due_at = ${NOW} + ?2 WHERE id = ?1 AND state = 'running'`)
    .bind(id, afterMs)
    .run()
}

/** The receipt: nothing of the person stays in it, nor in what they asked for as the guest whom they once were. */
export async function finishRequest(db: D1Database, id: string) {
  await db
    .prepare(
      `UPDATE privacy_requests SET state = 'done', done_at = ${NOW}, due_at = NULL, subject = NULL
       WHERE state IN ('waiting', 'running') AND (id = ?1 OR (kind = 'erase' AND user IN (
         SELECT u.id FROM privacy_requests r JOIN users u ON u.site = r.site AND u.merged_into = r.user WHERE r.id = ?1)))`,
    )
    .bind(id)
    .run()
}

export async function readRequests(db: D1Database, site: string, ids: readonly string[]): Promise<PrivacyRequest[]> {
  const { results } = await db
    .prepare(`${SHOWN} WHERE r.site = ?1 AND r.id IN (SELECT value FROM json_each(?2)) ORDER BY r.asked_at, r.id`)
    .bind(site, JSON.stringify(ids))
    .all<RequestRow>()
  return results.map(toRequest)
}

export async function requestsOf(db: D1Database, site: string, user: string): Promise<PrivacyRequest[]> {
  const { results } = await db
    .prepare(`${SHOWN} WHERE r.site = ?1 AND r.user = ?2 ORDER BY r.asked_at DESC LIMIT 50`)
    .bind(site, user)
    .all<RequestRow>()
  return results.map(toRequest)
}

/** Newest first. */
export async function listRequests(
  db: D1Database,
  site: string,
  before: { at: number; id: string } | null,
  limit: number,
): Promise<PrivacyRequest[]> {
  const { results } = await db
    .prepare(
      `${SHOWN} WHERE r.site = ?1 AND (?2 IS NULL OR (r.asked_at, r.id) < (?2, ?3))
       ORDER BY r.asked_at DESC, r.id DESC LIMIT ?4`,
    )
    .bind(site, before?.at ?? null, before?.id ?? null, limit)
    .all<RequestRow>()
  return results.map(toRequest)
}

/** Erasures of this address that are under way. */
export async function erasuresOf(db: D1Database, site: string, email: string): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT r.id FROM privacy_requests r WHERE r.site = ?1 AND r.kind = 'erase' AND r.state IN ('waiting', 'running')
       AND EXISTS (SELECT 1 FROM json_each(r.subject, '$.emails') WHERE value = lower(?2))`,
    )
    .bind(site, email)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

/** The addresses that a running request is about, but for those of somebody who runs the site. */
export async function addressesOf(db: D1Database, { id }: Pick<Taken, 'id'>): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT j.value email FROM privacy_requests r, json_each(r.subject, '$.emails') j WHERE r.id = ?1 AND j.value IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM staff s JOIN users u ON u.id = s.user WHERE s.site = r.site AND lower(u.email) = j.value)`,
    )
    .bind(id)
    .all<{ email: string }>()
  return results.map(({ email }) => email)
}

/** Starts or ends a request that waits (an export was handed over elsewhere); false where none does. */
export async function decideRequest(
  db: D1Database,
  { site, id, start }: { site: string; id: string; start: boolean },
  log: D1PreparedStatement,
): Promise<boolean> {
  const decide = db
    .prepare(
      `UPDATE privacy_requests SET state = iif(NOT ?3, 'dismissed', iif(kind = 'erase', 'running', 'done')),
         due_at = iif(?3 AND kind = 'erase', ${NOW}, NULL), done_at = iif(?3 AND kind = 'erase', NULL, ${NOW}),
         subject = iif(?3, subject, NULL)
       WHERE id = ?1 AND site = ?2 AND state = 'waiting'`,
    )
    .bind(id, site, start ? 1 : 0)
  const [decided] = await db.batch([decide, log])
  return decided?.meta.changes === 1
}
