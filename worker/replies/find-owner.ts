import type { ContextType } from '../../protocol/chats.ts'
import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { siteDatabases } from '../sites/list.ts'
import { loadSite, type Site } from '../sites/load.ts'
import { isMadeFor, readReplyAddress } from './reply-address.ts'
import { readCandidates } from './store.ts'

/** Whom a reply address was made for, as they are now: a guest may have become somebody. */
export interface Owner {
  site: Site
  chat: ChatId
  user: UserId
  role: 'seller' | 'customer' | 'guest'
  context: ContextType
  locale: string | null
  /** Where the mails go whose answers this address takes. */
  emails: string[]
}

/** Null for an address that nobody was given. */
export async function findOwner(env: Env, address: string): Promise<Owner | null> {
  const token = readReplyAddress(env, address)
  if (!token) return null
  for (const name of await siteDatabases(env)) {
    for (const one of await readCandidates(database(env, name), token.chats)) {
      if (!(await isMadeFor(env, token, { site: one.site, chat: one.chat, user: one.user }))) continue
      const site = await loadSite(env, one.site)
      return site && ownerOf(site, one)
    }
  }
  return null
}

/** A participant of a chat, and whom they have become. */
export interface Candidate {
  site: SiteId
  chat: ChatId
  user: UserId
  side: 'customer' | 'seller'
  context: ContextType
  email: string | null
  guest: number
  later: UserId | null
  laterEmail: string | null
  locale: string | null
}

function ownerOf(site: Site, one: Candidate): Owner {
  const emails = [one.email, one.laterEmail].flatMap((email) => email?.trim().toLowerCase() || [])
  const role = one.side === 'seller' ? 'seller' : one.guest === 1 && one.later === null ? 'guest' : 'customer'
  return { site, chat: one.chat, user: one.later ?? one.user, role, context: one.context, locale: one.locale, emails }
}
