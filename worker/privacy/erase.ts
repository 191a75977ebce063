import type { Person, PrivacyRequest, RequestSource } from '../../protocol/privacy.ts'
import { auditIfChanged } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { peopleBy, type Whom } from './person-store.ts'
import { openRequest } from './request-store.ts'

interface Asked {
  source: RequestSource
  /** Who of the site, for the audit log; null for a platform, and for the person. */
  actor: Actor | null
  /** Somebody of the shop decides first. */
  wait?: boolean
}

/**
 * Asks for the erasure of everybody who is meant; asked twice, the same requests are answered. Throws not_found for
 * nobody (unknown, another site's and erased people are answered alike), person_is_staff.
 */
export async function askErasure(env: Env, site: Site, whom: Whom, asked: Asked): Promise<PrivacyRequest[]> {
  const people = await peopleBy(database(env, site.db), site.id, whom)
  if (people.length === 0) throw new AppError('not_found')
  if (people.some(({ staff }) => staff)) throw new AppError('person_is_staff')
  return openErasures(env, site, people, asked)
}

/** One request a person. */
export function openErasures(env: Env, site: Site, people: Person[], { source, actor, wait }: Asked) {
  const db = database(env, site.db)
  const state = wait ? 'waiting' : 'running'
  return Promise.all(
    people.map(({ id }) => {
      const row = {
        id: newId('req'),
        site: site.id,
        kind: 'erase',
        user: id,
        source,
        state,
        askedBy: actor?.id ?? null,
      } as const
      const log = actor ? [auditIfChanged(db, { site: site.id, actor, action: 'person.erased', subject: id })] : []
      return openRequest(db, row, log)
    }),
  )
}
