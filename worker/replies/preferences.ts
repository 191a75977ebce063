import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { loadSite } from '../sites/load.ts'
import type { MailLink } from './mail-link.ts'
import { deleteStop, insertStop, readStops } from './store.ts'

const ALL = '*'

/** Which mails somebody gets. */
export interface Preferences {
  all: boolean
  /** Of the link's chat; null where it names none. */
  chat: boolean | null
}
type PreferencesLink = Extract<MailLink, { to: 'preferences' }>

export async function readPreferences(env: Env, link: PreferencesLink): Promise<Preferences> {
  const stops = await readStops(await databaseOf(env, link), link.site, link.user)
  return { all: !stops.has(ALL), chat: link.chat ? !stops.has(link.chat) : null }
}

/** Does what a button says (`stop_chat`, `resume_chat`, `stop_all`, `resume_all`); anything else stops what the link is of. */
export async function changePreferences(env: Env, link: PreferencesLink, choice: string): Promise<Preferences> {
  const db = await databaseOf(env, link)
  const [what, which] = /^(stop|resume)_(all|chat)$/.exec(choice)?.slice(1) ?? ['stop', link.chat ? 'chat' : 'all']
  const chat = which === 'chat' && link.chat ? link.chat : ALL
  await (what === 'stop' ? insertStop : deleteStop)(db, link.site, link.user, chat)
  return readPreferences(env, link)
}

async function databaseOf(env: Env, { site }: MailLink): Promise<D1Database> {
  const known = await loadSite(env, site)
  if (!known) throw new Error('The site of a link is gone')
  return database(env, known.db)
}
