import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Child, freePort } from '../support/child.ts'
import { createSite, type MadeSite } from '../support/identity.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { call } from '../support/worker.ts'

/** The person’s own, in a chat where every fifth is the seller’s. A call does 3,000 at most: it takes four or more. */
const MESSAGES = Number(process.env.ERASE_MESSAGES ?? 6_000)
const ANSWERS = Math.floor(MESSAGES / 4)
const FILES = Number(process.env.ERASE_FILES ?? 100)
const MAILS = 40
const KILLS = 3
const PLACEHOLDER = 'Message removed by privacy request'
const EMAIL = 'canary@example.com'
const DESK = 'desk@shop.example'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const NUMBERS = 'WITH RECURSIVE n(i) AS (SELECT cast(?1 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?2)'

/** A person with a long chat, and files, and mails that quote them, and somebody else who writes meanwhile. */
async function seed(worker: FastWorker, site: MadeSite) {
  const server = { origin: null, token: site.server.secret }
  const { version } = (await worker.call('/v1/settings', server)).body
  const unlimited = { version, settings: { limits: { enabled: false } } }
  await worker.call('/v1/settings', { ...server, method: 'PUT', body: unlimited })
  const ada = await site.signIn('canary-77', { name: 'Ada Canary', email: EMAIL })
  const desk = await site.signIn('clerk', { role: 'seller', sellers: ['shop'], email: DESK })
  const other = await site.signIn('other', { name: 'Otto' })
  const start = async (token: string, thing: string, text: string) => {
    const body = { context: { type: 'product', id: thing }, message: { clientId: `first-${thing}`, body: text } }
    return (await worker.call('/v1/chats', { token, body })).body.chat.id as string
  }
  const chat = await start(ada.token, 'long', 'canary first')
  const theirs = await start(other.token, 'theirs', 'of somebody else')
  const run = (sql: string, ...values: unknown[]) =>
    worker.env.DB.prepare(`${NUMBERS} ${sql}`)
      .bind(...values)
      .run()
  const all = MESSAGES + ANSWERS
  await run(
    `INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
     SELECT ?3, i, iif(i % 5 = 2, ?5, ?4), iif(i % 5 = 2, 'seller', 'customer'), 'seeded-' || i,
       iif(i % 5 = 2, 'an answer ' || i, 'a canary word ' || i), i, 1 FROM n`,
    ...[2, all, chat, ada.user.id, desk.user.id],
  )
  await worker.env.DB.prepare('UPDATE chats SET last_seq = ?2 WHERE id = ?1').bind(chat, all).run()

  const objects = Array.from({ length: FILES }, (_, i) => [`canary/${i + 1}`, `canary/${i + 1}/small`]).flat()
  for (const key of objects) await worker.env.FILES.put(key, `canary of ${key}`)
  await run(
    `INSERT INTO attachments (id, site, user, chat, seq, position, key, thumb_key, name, kind, type, size, created_at, stored_at)
     SELECT 'file_' || i || '_0123456789', ?3, ?4, ?5, i, 0, 'canary/' || i, 'canary/' || i || '/small', 'canary.txt',
       'document', 'text/plain', 9, 1, 1 FROM n`,
    ...[1, FILES, site.id, ada.user.id, chat],
  )

  // To the person, to their bare address, to the desk about their chat: written already, given up, under way.
  const mails: [recipient: string, email: string, chat: string | null, state: string, words: string][] = [
    [ada.user.id, EMAIL, chat, 'sent', 'to canary'],
    [ada.user.id, EMAIL, theirs, 'dead', 'to canary'],
    [EMAIL, EMAIL, null, 'dead', 'to canary, by address'],
    [desk.user.id, DESK, chat, 'dead', 'a canary word'],
    [desk.user.id, DESK, chat, 'sent', 'a canary word'],
    [desk.user.id, DESK, theirs, 'dead', 'of somebody else'],
  ]
  for (const [kind, [recipient, email, about, state, words]] of mails.entries()) {
    const id = `mail_${kind}_`
    await run(
      `INSERT INTO outbox (id, site, kind, recipient, chat, email, payload, state, rank, created_at, due_at, expires_at, subject, template)
       SELECT ?3 || i, ?4, 'new_message', ?5, ?6, ?7, json_object('text', ?8), ?9, 1, 1, 1, 1, ?8, ?8 FROM n`,
      ...[1, MAILS, id, site.id, recipient, about, email, words, state],
    )
    await run(
      "INSERT INTO outbox_requests (mail, request) SELECT ?3 || i, json_object('text', ?4) FROM n",
      ...[1, MAILS, id, words],
    )
  }
  return { ada, desk, other, chat, theirs }
}

interface Ack {
  seq: number
  clientId: string
  body: string
}

/** Sends one after the other, each until it is acknowledged, until it is told to stop. */
async function keepWriting(url: string, token: string, chat: string, until: { over: boolean; failed: boolean }) {
  const acks: Ack[] = []
  while (!until.over && !until.failed) {
    const n = acks.length + 1
    const body = { clientId: `other-${String(n).padStart(6, '0')}`, body: `meanwhile ${n}` }
    for (let isAcked = false; !isAcked && !until.failed; ) {
      const answer = await call(url, `/v1/chats/${chat}/messages`, { token, body }).catch(() => null)
      isAcked = answer?.status === 201 || answer?.status === 200
      if (isAcked) acks.push({ ...body, seq: answer?.body.message.seq })
      else if (answer && answer.status < 500) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
      await pause(20)
    }
  }
  return acks
}

/**
 * Asks for the erasure again and again. The worker is killed as soon as there is some progress since the last kill, or
 * the call is answered. Says what the request was like after each kill.
 */
async function eraseThroughKills(child: Child, site: MadeSite) {
  const server = { origin: null, token: site.server.secret }
  const erase = () =>
    call(child.url, '/v1/privacy/wordpress/erase', { ...server, body: { email: EMAIL } }).catch(() => null)
  const request = async () => (await call(child.url, '/v1/privacy/requests', server)).body.requests[0]
  const sum = (of: any) => (of ? of.counts.messages + of.counts.files + of.counts.records : 0)
  const progress = async (since: number, until: { over: boolean }) => {
    while (!until.over && sum(await request().catch(() => null)) <= since) await pause(5)
  }
  const killed: { state: string; messages: number; files: number }[] = []
  for (let isDone = false, before = 0; !isDone; ) {
    const asked = erase()
    if (killed.length < KILLS) {
      const until = { over: false }
      await Promise.race([asked, progress(before, until)])
      until.over = true
      await child.kill()
      await child.start()
      const is = await request()
      killed.push({ state: is?.state ?? 'not there yet', ...is?.counts })
      before = sum(is)
    }
    isDone = (await asked)?.body?.done === true && killed.length === KILLS
  }
  return killed
}

/** What `text` is in, of what mails say and to whom. */
const MAILS_WITH = `SELECT count(*) n FROM outbox o LEFT JOIN outbox_requests r ON r.mail = o.id
  WHERE instr(lower(concat(o.recipient, o.email, o.address, o.payload, o.subject, o.template, r.request)), ?1) > 0`

it('erases a long chat and many files through three kills, while others write', async () => {
  const state = mkdtempSync(join(tmpdir(), 'shopbell-erase-'))
  let worker = await startFastWorker({ persistTo: state })
  const one = async (sql: string, ...values: unknown[]) =>
    (await worker.env.DB.prepare(sql)
      .bind(...values)
      .first<any>()) ?? {}
  const rows = async (sql: string, ...values: unknown[]) =>
    (
      await worker.env.DB.prepare(sql)
        .bind(...values)
        .all<any>()
    ).results
  const site = await createSite(worker as never)
  const { ada, desk, other, chat, theirs } = await seed(worker, site)
  const answers = `SELECT seq, body FROM messages WHERE chat = ? AND side = 'seller' ORDER BY seq`
  const others =
    "SELECT o.*, r.request FROM outbox o JOIN outbox_requests r ON r.mail = o.id WHERE o.id LIKE 'mail_5_%'"
  const found = async () =>
    (await worker.call('/v1/chats?q=canary', { token: desk.token })).body.chats.map(({ id }: any) => id)
  const before = { answers: await rows(answers, chat), others: await rows(others) }
  expect(before.answers).toHaveLength(ANSWERS)
  expect(before.others).toHaveLength(MAILS)
  expect(await found()).toEqual([chat])
  expect((await one(MAILS_WITH, 'canary')).n).toBeGreaterThanOrEqual(5 * MAILS)
  await worker.stop()

  const child = new Child(state, await freePort())
  const until = { over: false, failed: false }
  let acks: Ack[] = []
  try {
    await child.start()
    const writing = keepWriting(child.url, other.token, theirs, until)
    writing.catch(() => undefined)
    const killed = await eraseThroughKills(child, site)
    if (process.env.ERASE_MESSAGES) console.log(killed)
    // What falls before the start or after the end would prove nothing.
    expect(killed.map(({ state }) => state)).toEqual(Array(KILLS).fill('running'))
    until.over = true
    acks = await writing
  } finally {
    until.failed = true
    await child.kill()
  }

  worker = await startFastWorker({ persistTo: state })
  try {
    const of = await one(
      `SELECT count(*) n, max(seq) last, sum(body = ?2) placeholders, sum(body LIKE '%canary%') canaries FROM messages WHERE chat = ?1`,
      chat,
      PLACEHOLDER,
    )
    const all = MESSAGES + ANSWERS
    expect(of).toEqual({ n: all, last: all, canaries: 0, placeholders: MESSAGES })
    expect(await one('SELECT last_seq FROM chats WHERE id = ?', chat)).toEqual({ last_seq: all })
    expect(await rows(answers, chat)).toEqual(before.answers)
    expect(await found()).toEqual([])
    expect((await worker.env.FILES.list()).objects.map(({ key }) => key)).toEqual([])
    expect(await rows("SELECT id FROM attachments WHERE coalesce(key, thumb_key) IS NOT NULL OR name <> ''")).toEqual(
      [],
    )
    expect(await one('SELECT count(*) n FROM attachments WHERE removed_at IS NOT NULL')).toEqual({ n: FILES })
    expect(await one('SELECT name, email, shop_id FROM users WHERE id = ?', ada.user.id)).toEqual({
      name: null,
      email: null,
      shop_id: null,
    })
    for (const word of ['canary', ada.user.id.toLowerCase()]) expect(await one(MAILS_WITH, word)).toEqual({ n: 0 })
    expect(await rows(others)).toEqual(before.others)

    const receipt = await one("SELECT * FROM privacy_requests WHERE kind = 'erase'")
    expect(receipt).toMatchObject({ state: 'done', subject: null, source: 'wordpress' })
    expect(JSON.stringify(receipt)).not.toContain('canary')
    expect(JSON.parse(receipt.counts)).toMatchObject({ messages: MESSAGES, files: FILES })

    const written = 'SELECT seq, client_id clientId, body FROM messages WHERE chat = ? AND seq > 1 ORDER BY seq'
    expect(acks.length).toBeGreaterThan(KILLS)
    expect(await rows(written, theirs)).toEqual(acks)
    expect(acks.map(({ seq }) => seq)).toEqual(acks.map((_, i) => i + 2))
  } finally {
    await worker.stop()
    rmSync(state, { recursive: true, force: true })
  }
}, 300_000)
