import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from './load.ts'
import { insertDesks, readDesks } from './seller-store.ts'

/** The names of those of these desks that the site has, by id. */
export const deskNames = (env: Env, site: Site, ids: string[]) =>
  readDesks(database(env, site.db), site.id, [...new Set(ids)])

/**
 * Desks that the shop's own platform speaks of: the missing ones are made, answered by the person of the same id.
 * Answers all their names. A desk of which only the id is known goes by the shop's name until it has its own.
 */
export async function learnDesks(env: Env, site: Site, desks: { id: string; name: string | null }[]) {
  const named = new Map(desks.map((desk) => [desk.id, desk]))
  for (const desk of desks) if (desk.name !== null) named.set(desk.id, desk)
  const ids = [...named.keys()]
  const known = await deskNames(env, site, ids)
  const shop = site.settings.brand.name ?? site.name
  const news = [...named.values()].filter(({ id, name }) => !known.has(id) || (name !== null && known.get(id) === shop))
  if (news.length === 0) return known
  await insertDesks(database(env, site.db), site.id, shop, news)
  return deskNames(env, site, ids)
}
