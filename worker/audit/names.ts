import { chatTitles } from '../chats/chat-titles.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { readDeskNames, readNames, type StoredDeed } from './store.ts'

/** What the actors of the log are called now: a person's name, else the address, else the id as it stands. */
export async function namesOf(env: Env, site: Site, actors: string[]): Promise<(actor: string) => string> {
  const users = actors.filter((actor) => actor.startsWith('usr_'))
  const names = users.length > 0 ? await readNames(database(env, site.db), site.id, users) : new Map<string, string>()
  return (actor) => names.get(actor) ?? actor
}

/** What the people, chats and desks that entries were about are called now, by their ids. */
export async function namesIn(env: Env, site: Site, deeds: readonly StoredDeed[]): Promise<Record<string, string>> {
  const db = database(env, site.db)
  const ids = [...new Set(deeds.flatMap(idsIn))]
  const users = ids.filter((id) => id.startsWith('usr_'))
  const chats = ids.filter((id) => id.startsWith('chat_'))
  const desks = deeds.flatMap(({ action, subject }) => (action.startsWith('seller.') && subject ? [subject] : []))
  const found = await Promise.all([
    users.length > 0 ? readNames(db, site.id, users) : [],
    chatTitles(env, site, chats),
    desks.length > 0 ? readDeskNames(db, site.id, desks) : [],
  ])
  return Object.fromEntries(found.flatMap((names) => [...names]))
}

const idsIn = ({ subject, from_value, to_value }: StoredDeed): string[] =>
  [subject, from_value && JSON.parse(from_value), to_value && JSON.parse(to_value)].filter(
    (value) => typeof value === 'string',
  )
