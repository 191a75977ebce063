import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { deploymentAddress } from '../http/address.ts'
import { sha256 } from '../ids.ts'
import { queueMail, wakeMailer } from '../notifications/queue-mail.ts'
import type { Site } from '../sites/load.ts'
import type { IncomingOrder } from './incoming-order.ts'
import { LIFE_MS, newOrderLink } from './link.ts'
import { insertFirstLink, ordersToMail } from './mail-link-store.ts'

/**
 * Mails the guests who bought these orders a link by which they can talk about them, once an order and where its chat
 * is there. An order for which a link was made before gets none: the shop mails its own.
 */
export async function mailOrderLinks(env: Env, site: Site, orders: readonly IncomingOrder[]): Promise<void> {
  const { enabled, guestOrders } = site.settings.notifications
  const guests = orders.filter(({ customer, email }) => customer === null && email !== null)
  const at = await deploymentAddress(env)
  if (!enabled || !guestOrders || guests.length === 0 || at === null) return
  const db = database(env, site.db)
  const waiting = await ordersToMail(
    db,
    site.id,
    guests.map(({ id }) => id),
  )
  for (const { order, number, email } of waiting) {
    const { hash, url } = await newOrderLink(site, at)
    // The order names its mail, so that two deliveries at once make one.
    const id = `mail_${(await sha256(`link of ${site.id} ${order}`)).slice(0, 32)}`
    const payload = { link: url, order_number: number }
    const mail = queueMail(db, { id, site: site.id, to: { email }, kind: 'order_link', payload })
    await insertFirstLink(db, { hash, site: site.id, order, email, lifeMs: LIFE_MS }, mail)
  }
  if (waiting.length > 0) await wakeMailer(env, site.db)
}
