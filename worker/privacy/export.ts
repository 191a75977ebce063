import { makeZip } from 'client-zip'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import {
  type ChatLine,
  countMessages,
  type ListName,
  type MessageLine,
  type Place,
  type Row,
  readChats,
  readLists,
  readMessagesAfter,
} from './export-store.ts'
import { countFiles, type ExportedFile, readFiles } from './file-store.ts'
import { htmlPage } from './readable.ts'

/** What one call may ask the database and the file store: 1,000 requests, of which a part makes about 500. */
const MESSAGES_A_PART = 100_000
const FILES_A_PART = 400
const MESSAGES_A_PAGE = 1_000
const CHATS_A_PAGE = 1_000
export const START: Place = { chat: '', seq: 0 }

/** One part of what is kept of a person. */
export interface Part {
  site: string
  user: string
  part: number
  parts: number
}

export async function planParts(db: D1Database, site: string, user: string): Promise<number> {
  const [messages, files] = await Promise.all([countMessages(db, site, user), countFiles(db, site, user)])
  return Math.max(1, Math.ceil(messages / MESSAGES_A_PART), Math.ceil(files / FILES_A_PART))
}

/**
 * A stored zip as a stream: `data.json`, the same to read as `data.html`, and the files. Read page by page, so that its
 * size costs no memory.
 */
export function exportZip(env: Env, site: Site, part: Part): ReadableStream<Uint8Array> {
  return makeZip(entries(env, site, part))
}

async function* entries(env: Env, site: Site, part: Part) {
  const db = database(env, site.db)
  yield { name: 'data.json', input: encoded(json(db, site, part)) }
  yield { name: 'data.html', input: encoded(htmlPage(site, part, contents(db, part))) }
  for (const { key, path, size } of await filesOf(db, part)) {
    const object = await env.FILES.get(key)
    // Gone since: an erasure, or retention.
    if (object) yield { name: path, input: object.body, size }
  }
}

const filesOf = (db: D1Database, { site, user, part }: Part) =>
  readFiles(db, site, user, (part - 1) * FILES_A_PART, FILES_A_PART)

/** Texts as bytes, gathered so that a zip is not made of crumbs. */
async function* encoded(texts: AsyncIterable<string>) {
  const encoder = new TextEncoder()
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < 32_768) continue
    yield encoder.encode(waiting)
    waiting = ''
  }
  yield encoder.encode(waiting)
}

async function* json(db: D1Database, site: Site, part: Part) {
  const lists = part.part === 1 ? await readLists(db, part.site, part.user) : null
  const head = { site: site.name, exportedAt: new Date().toISOString(), part: part.part, parts: part.parts, ...lists }
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "chats": [`
  let comma = '\n  '
  for await (const chat of part.part === 1 ? chatsOf(db, part) : []) {
    yield comma + JSON.stringify(chat)
    comma = ',\n  '
  }
  yield '\n ],\n "messages": ['
  comma = '\n  '
  for await (const message of messagesOf(db, part)) {
    yield comma + JSON.stringify(message)
    comma = ',\n  '
  }
  const files = await filesOf(db, part)
  yield `\n ],\n "files": ${JSON.stringify(files.map(({ key: _, ...file }) => file))}\n}\n`
}

/** What a reader sees. Each is read when it is written, so that what is erased meanwhile is not told any more. */
export interface Contents {
  lists(): Promise<Record<ListName, Row[]>>
  files(): Promise<ExportedFile[]>
  chats(): AsyncIterable<ChatLine>
  messages(): AsyncIterable<MessageLine>
}
const contents = (db: D1Database, part: Part): Contents => ({
  lists: () => readLists(db, part.site, part.user),
  files: () => filesOf(db, part),
  chats: () => chatsOf(db, part),
  messages: () => messagesOf(db, part),
})

async function* chatsOf(db: D1Database, { site, user }: Part) {
  for (let after = ''; ; ) {
    const page = await readChats(db, site, user, after, CHATS_A_PAGE)
    yield* page
    if (page.length < CHATS_A_PAGE) return
    after = page.at(-1)?.id ?? ''
  }
}

async function* messagesOf(db: D1Database, { site, user, part }: Part) {
  let skip = (part - 1) * MESSAGES_A_PART
  let after = START
  for (let left = MESSAGES_A_PART; left > 0; ) {
    const most = Math.min(left, MESSAGES_A_PAGE)
    const page = await readMessagesAfter(db, { site, user, after, most, skip })
    yield* page
    if (page.length < most) return
    after = page.at(-1) ?? after
    left -= page.length
    skip = 0
  }
}
