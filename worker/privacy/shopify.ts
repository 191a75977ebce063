import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { newId } from '../ids.ts'
import { systemUser } from '../orders/system-user.ts'
import { tellingOfOneCall } from '../rooms/nudge.ts'
import type { Site } from '../sites/load.ts'
import { carryOn } from './carry-on.ts'
import { openErasures } from './erase.ts'
import { peopleOfCustomer } from './person-store.ts'
import { openForEverybody, openRequest } from './request-store.ts'

/** What Shopify's mandatory topics say (shopify.dev, privacy-law-compliance). */
export interface LawfulRequest {
  topic: string
  customer: string | null
  email: string | null
  orders: readonly string[]
}

/**
 * `customers/data_request` waits for the shop's people, who hand the copy to the customer; `customers/redact` and
 * `shop/redact` erase, unless the eraser is off: then they wait too. May be repeated.
 */
export async function actOnLaw(env: Env, site: Site, request: LawfulRequest): Promise<void> {
  const db = database(env, site.db)
  const wait = !site.settings.privacy.eraser
  if (request.topic === 'shop/redact') {
    const system = await systemUser(site.id)
    return openForEverybody(db, { site: site.id, system, state: wait ? 'waiting' : 'running' })
  }
  const people = await peopleOfCustomer(db, site.id, request)
  if (request.topic === 'customers/data_request') {
    const row = { site: site.id, kind: 'export', source: 'shopify', state: 'waiting', askedBy: null } as const
    await Promise.all(people.map(({ id }) => openRequest(db, { ...row, id: newId('req'), user: id })))
    return
  }
  const mayErase = people.filter(({ staff }) => !staff)
  const requests = await openErasures(env, site, mayErase, { source: 'shopify', actor: null, wait })
  // As far as this call reaches; the cron does the rest.
  const telling = tellingOfOneCall()
  for (const { id } of requests.slice(0, 3)) await carryOn(env, site.db, id, { telling })
}
