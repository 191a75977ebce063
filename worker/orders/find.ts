import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { claimOrders } from './claim.ts'
import { readProof } from './store.ts'

/**
 * What an order's chat is about, and who answers for it, for somebody whose order it provably is: the buyer, or whom
 * the shop vouched for at sign-in. 404 `not_found` for anybody else, as for an order that does not exist.
 */
export async function findOrder(env: Env, site: Site, session: SessionClaims, order: string, seller?: string) {
  const db = database(env, site.db)
  const proof = await readProof(db, { site: site.id, session: session.sid, user: session.sub, order })
  if (proof.deleted || !(proof.mine || proof.vouched)) throw new AppError('not_found')
  if (proof.unclaimed && proof.vouched) await claimOrders(env, site, session.sub, [order])
  const share = proof.shares.find((each) => seller === undefined || each.seller === seller) ?? proof.shares[0]
  if (!share) return { thing: order, sellers: [site.defaultSeller] }
  const sellers = proof.shares.filter(({ thing }) => thing === share.thing).map((each) => each.seller)
  return { thing: share.thing, sellers }
}
