import type { ListSiteChats, SiteChat, SiteChatPage } from '../../protocol/admin/chats.ts'
import type { FileLinks } from '../../protocol/attachments.ts'
import { PAGE_CHATS } from '../../protocol/bounds.ts'
import type { ListMessages, MessagePage } from '../../protocol/chats.ts'
import type { ChatId, FileId } from '../../protocol/ids.ts'
import { linkFilesOf } from '../attachments/links.ts'
import { auditUnlessRecent, type Deed } from '../audit/record.ts'
import { database } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { readAnyLog } from '../messages/read-any.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { matcherOf } from './fold.ts'
import { readBefore } from './list.ts'
import { type FoundChat, listSiteChats, readSiteChat } from './site-chat-store.ts'

/** A search looks through this many chats a page. */
const MOST_SEARCHED = 2_000
const ONE_LOOK_MS = HOUR_MS

/** One page of all the site's chats, newest first. What was said in them is neither shown nor searched. */
export async function siteChatPage(env: Env, site: Site, query: ListSiteChats): Promise<SiteChatPage> {
  const limit = query.q ? MOST_SEARCHED : PAGE_CHATS + 1
  const found = await listSiteChats(database(env, site.db), site.id, {
    context: query.filter === 'all' ? null : query.filter,
    state: query.state ?? null,
    seller: query.seller ?? null,
    before: readBefore(query.before),
    limit,
  })
  const matching = query.q ? found.filter(isAbout(query.q)) : found
  const shown = matching.slice(0, PAGE_CHATS)
  const last = matching.length > PAGE_CHATS ? shown.at(-1) : found.length === MOST_SEARCHED ? found.at(-1) : undefined
  return { chats: shown.map(({ chat }) => chat), next: last ? `${last.chat.lastAt}.${last.chat.id}` : null }
}

function isAbout(q: string) {
  const matches = matcherOf(q)
  return ({ chat: { thing, customer, seller }, email }: FoundChat) =>
    matches([thing.title, thing.id, customer.name, email, seller.name])
}

export async function siteChat(env: Env, site: Site, chat: ChatId): Promise<SiteChat> {
  const found = await readSiteChat(database(env, site.db), site.id, chat)
  if (!found) throw new AppError('not_found')
  return found
}

/** What was said in a chat of the site. It is in the log before it is read, once an hour for each reader. */
export async function readSiteLog(
  env: Env,
  site: Site,
  actor: Actor,
  { chat, page }: { chat: ChatId; page: ListMessages },
): Promise<MessagePage> {
  await logLook(env, site, actor, chat)
  return readAnyLog(database(env, site.db), chat, page)
}

interface WantedFiles {
  chat: ChatId
  files: readonly FileId[]
  nowMs: number
}

/** Links to files of a chat of the site; asking for them is a look into it, and logged as one. */
export async function linkSiteFiles(
  env: Env,
  site: Site,
  { actor, session }: { actor: Actor; session: SessionClaims },
  { chat, files, nowMs }: WantedFiles,
): Promise<FileLinks> {
  await logLook(env, site, actor, chat)
  return linkFilesOf(env, site, session, { chat, files }, nowMs)
}

async function logLook(env: Env, site: Site, actor: Actor, chat: ChatId): Promise<void> {
  await siteChat(env, site, chat)
  const look: Deed = { site: site.id, actor, action: 'chat.read', subject: chat }
  await auditUnlessRecent(database(env, site.db), look, ONE_LOOK_MS).run()
}
