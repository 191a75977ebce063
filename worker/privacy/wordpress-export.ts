import type { Person, WordPressExport, WordPressExportItem } from '../../protocol/privacy.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { START } from './export.ts'
import { type ChatLine, countMessages, type MessageLine, readChats, readMessagesAfter } from './export-store.ts'
import { peopleBy } from './person-store.ts'

const MESSAGES_A_PAGE = 100
/** More chats than anybody has are in the full export. */
const MOST_CHATS = 2_000

/**
 * One page of WordPress's personal data exporter. A page is what its number says, in whatever order they are asked
 * for; those past the end are empty and say so.
 */
export async function exportForWordPress(
  env: Env,
  site: Site,
  { email, page }: { email: string; page: number },
): Promise<WordPressExport> {
  const db = database(env, site.db)
  if (!site.settings.privacy.exporter) return { data: [], done: true }
  let before = page - 1
  const people = await peopleBy(db, site.id, { email })
  for (const [at, person] of people.entries()) {
    const pages = Math.max(1, Math.ceil((await countMessages(db, site.id, person.id)) / MESSAGES_A_PAGE))
    if (before >= pages) {
      before -= pages
      continue
    }
    const isLast = at === people.length - 1 && before === pages - 1
    return { data: await itemsOf(db, site, person, before), done: isLast }
  }
  return { data: [], done: true }
}

async function itemsOf(db: D1Database, site: Site, person: Person, page: number): Promise<WordPressExportItem[]> {
  const of = { site: site.id, user: person.id }
  const skip = page * MESSAGES_A_PAGE
  const [messages, chats] = await Promise.all([
    readMessagesAfter(db, { ...of, after: START, most: MESSAGES_A_PAGE, skip }),
    page === 0 ? readChats(db, site.id, person.id, '', MOST_CHATS) : [],
  ])
  return [...(page === 0 ? [profileItem(person)] : []), ...chats.map(chatItem), ...messages.map(messageItem)]
}

const GROUP = { group_id: 'shopbell', group_label: 'Shop chats', group_description: 'Messages exchanged with sellers.' }

/** As WordPress writes times: UTC, to the second. */
const time = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ')

const item = (id: string, data: Record<string, string | null>): WordPressExportItem => ({
  ...GROUP,
  item_id: id,
  data: Object.entries(data).flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
})

const profileItem = ({ id, shopId, name, email, firstSeenAt }: Person) =>
  item(id, { Name: name, Email: email, 'Customer number': shopId, 'First seen': time(firstSeenAt) })

const chatItem = ({ id, title, thing, seller, startedAt }: ChatLine) =>
  item(id, { Conversation: title ?? thing, With: seller, Started: time(startedAt) })

const messageItem = ({ chat, seq, at, by, body, files = [] }: MessageLine) =>
  item(`${chat}-${seq}`, {
    Sent: time(at),
    From: by === 'me' ? 'This person' : by,
    Message: body,
    Files: files.filter((name) => name !== null).join(', ') || null,
  })
