import type { Context } from 'hono'
import type { RequestSource } from '../../protocol/privacy.ts'
import { auditRow } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { AppContext, Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { exportZip, type Part, planParts } from './export.ts'
import { peopleBy, type Whom } from './person-store.ts'
import { openRequest } from './request-store.ts'

interface Asked {
  part: number
  source: RequestSource
  actor: Actor | null
}
export interface Export extends Part {
  stream: ReadableStream<Uint8Array>
}

/**
 * One part of everything that is kept of one person; handing out the first one is kept as a request that is done. Throws
 * not_found for nobody and for a part that there is not, invalid where an address is shared: each gets their own.
 */
export async function exportPerson(env: Env, site: Site, whom: Whom, { part, source, actor }: Asked): Promise<Export> {
  const db = database(env, site.db)
  const [person, ...others] = await peopleBy(db, site.id, whom)
  if (!person) throw new AppError('not_found')
  if (others.length > 0) {
    const message = `${others.length + 1} people have this address. Name one by user or shopId.`
    throw new AppError('invalid', { issues: [{ path: 'email', message }] })
  }
  const parts = await planParts(db, site.id, person.id)
  if (part > parts) throw new AppError('not_found')
  if (part === 1) {
    const row = { id: newId('req'), site: site.id, kind: 'export', user: person.id, source, state: 'done' } as const
    const log = actor ? [auditRow(db, { site: site.id, actor, action: 'person.exported', subject: person.id })] : []
    await openRequest(db, { ...row, askedBy: actor?.id ?? null }, log)
  }
  const of = { site: site.id, user: person.id, part, parts }
  return { ...of, stream: exportZip(env, site, of) }
}

/** The answer that carries it. Made by `c`, which knows what a page of the shop may read. */
export function zip(c: Context<AppContext>, { stream, part, parts }: Export): Response {
  const name = parts > 1 ? `personal-data-${part}-of-${parts}.zip` : 'personal-data.zip'
  return c.body(stream, 200, {
    'Content-Type': 'application/zip',
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Shopbell-Parts': String(parts),
  })
}
