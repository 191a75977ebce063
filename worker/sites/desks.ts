import type { ChangeDesk, Desk, DeskPage, ListDesks, NewDesk } from '../../protocol/admin/sellers.ts'
import { auditIfChanged, type Deed } from '../audit/record.ts'
import { fold, matcherOf } from '../chats/fold.ts'
import { refreshCards } from '../chats/refresh-cards.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { base64url } from '../ids.ts'
import { type DeskRow, insertDesk, listDesks, readDesk, renameDesk, updateDesk } from './desk-store.ts'
import { loadSite, type Site } from './load.ts'
import { setDefaultSeller } from './put-sellers.ts'

const PAGE = 50
/** A search looks through this many desks a page. */
const MOST_SEARCHED = 1_000

/** One page of a site's desks by name, with who answers for them. */
export async function deskPage(env: Env, site: Site, { q, after }: ListDesks): Promise<DeskPage> {
  const limit = q ? MOST_SEARCHED : PAGE + 1
  const found = await listDesks(database(env, site.db), site.id, readAfter(after), limit)
  const matching = q ? found.filter(isAbout(q)) : found
  const desks = matching.slice(0, PAGE)
  const last = matching.length > PAGE ? desks.at(-1) : found.length === MOST_SEARCHED ? found.at(-1) : undefined
  return {
    desks: desks.map((desk) => toDesk(desk, site.defaultSeller)),
    next: last ? JSON.stringify([last.name, last.id]) : null,
    defaultSeller: site.defaultSeller,
  }
}

function isAbout(q: string) {
  const matches = matcherOf(q)
  return ({ id, name, members }: DeskRow) => matches([id, name, ...members.flatMap((one) => [one.name, one.email])])
}

/** A new desk; 409 `already_exists` for an id that is taken. */
export async function addDesk(
  env: Env,
  site: Site,
  actor: Actor,
  { id, name, picture = null }: NewDesk,
): Promise<Desk> {
  const db = database(env, site.db)
  const desk = { id: id ?? idFrom(name), name, picture }
  const deed: Deed = { site: site.id, actor, action: 'seller.added', subject: desk.id, to: name }
  const [made] = await db.batch([insertDesk(db, site.id, desk), auditIfChanged(db, deed)])
  if (made?.meta.changes !== 1)
    throw new AppError('already_exists', { detail: `A seller has the id ${desk.id} already.` })
  return toDesk(await deskOf(env, site, desk.id), site.defaultSeller)
}

/**
 * Changes a desk's name, picture or id, or makes it the default. 409 `already_exists` for an id that is taken, or where
 * chats, products or orders hang on the old one.
 */
export async function changeDesk(env: Env, site: Site, actor: Actor, id: string, change: ChangeDesk): Promise<Desk> {
  const desk = await deskOf(env, site, id)
  const now = await withId(env, site, actor, desk, change.id)
  await withWords(env, site, actor, { ...desk, id: now }, change)
  if (change.isDefault || (site.defaultSeller === id && now !== id)) await setDefaultSeller(env, site, now, actor)
  const fresh = (await loadSite(env, site.id)) ?? site
  return toDesk(await deskOf(env, site, now), fresh.defaultSeller)
}

async function withId(env: Env, site: Site, actor: Actor, desk: DeskRow, to: string | undefined): Promise<string> {
  if (to === undefined || to === desk.id) return desk.id
  const db = database(env, site.db)
  const [rename, ...moves] = renameDesk(db, site.id, desk.id, to)
  if (!rename) throw new Error('A desk’s rename has a first statement')
  const deed: Deed = { site: site.id, actor, action: 'seller.changed', subject: to, field: 'id', from: desk.id, to }
  const [renamed] = await db.batch([rename, auditIfChanged(db, deed), ...moves])
  if (renamed?.meta.changes === 1) return to
  const detail = desk.isFresh
    ? `A seller has the id ${to} already.`
    : 'Chats, products or orders hang on this id already: add a seller with the other id.'
  throw new AppError('already_exists', { detail })
}

async function withWords(env: Env, site: Site, actor: Actor, desk: DeskRow, change: ChangeDesk): Promise<void> {
  const { name = desk.name, picture = desk.picture } = change
  const base: Deed = { site: site.id, actor, action: 'seller.changed', subject: desk.id }
  const fields = [
    { field: 'name', from: desk.name, to: name },
    { field: 'picture', from: desk.picture, to: picture },
  ].filter(({ from, to }) => from !== to)
  if (fields.length === 0) return
  const db = database(env, site.db)
  const deeds = fields.map((field) => auditIfChanged(db, { ...base, ...field }))
  await db.batch([updateDesk(db, site.id, { id: desk.id, name, picture }), ...deeds])
  await refreshCards(env, site, { seller: desk.id })
}

export async function deskOf(env: Env, site: Site, id: string): Promise<DeskRow> {
  const desk = await readDesk(database(env, site.db), site.id, id)
  if (!desk) throw new AppError('not_found')
  return desk
}

const toDesk = ({ isFresh, ...desk }: DeskRow, defaultSeller: string): Desk => ({
  ...desk,
  isDefault: desk.id === defaultSeller,
  isFresh: isFresh === 1,
})

/** An id to read in logs and addresses: `wool-co-4f3a`. */
function idFrom(name: string): string {
  const words = fold(name).match(/[a-z0-9]+/g) ?? ['desk']
  const mark = base64url(crypto.getRandomValues(new Uint8Array(3)))
  return `${words.join('-').slice(0, 40)}-${mark}`
}

function readAfter(after: string | undefined): [string, string] | null {
  if (after === undefined) return null
  try {
    const [name, id] = JSON.parse(after)
    if (typeof name === 'string' && typeof id === 'string') return [name, id]
  } catch {
    // What does not parse is no `next` of ours, and is refused below.
  }
  throw new AppError('invalid', { issues: [{ path: 'after', message: 'is not a `next` of ours' }] })
}
