import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Child, freePort } from '../support/child.ts'
import { createSite, type MadeSite } from '../support/identity.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { call } from '../support/worker.ts'

const MESSAGES = Number(process.env.ERASE_MESSAGES ?? 2_000)
const FILES = Number(process.env.ERASE_FILES ?? 100)
const PLACEHOLDER = 'Message removed by privacy request'
const EMAIL = 'canary@example.com'

/** A person with a long chat, and files, and somebody else who writes between their messages. */
async function seed(worker: FastWorker, site: MadeSite) {
  const ada = await site.signIn('canary-77', { name: 'Ada Canary', email: EMAIL })
  const desk = await site.signIn('clerk', { role: 'seller', sellers: ['shop'] })
  const other = await site.signIn('other', { name: 'Otto' })
  const start = async (token: string, thing: string) => {
    const body = {
      context: { type: 'product', id: thing },
      message: { clientId: `first-${thing}`, body: 'canary first' },
    }
    return (await worker.call('/v1/chats', { token, body })).body.chat.id as string
  }
  const chat = await start(ada.token, 'long')
  const theirs = await start(other.token, 'theirs')
  const db = worker.env.DB
  const n = `WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?3) `
  await db
    .prepare(
      `${n} INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
       SELECT ?1, i, iif(i % 5 = 0, ?4, ?2), iif(i % 5 = 0, 'seller', 'customer'), 'seeded-' || i,
         iif(i % 5 = 0, 'an answer ' || i, 'a canary word ' || i), i, 1 FROM n`,
    )
    .bind(chat, ada.user.id, MESSAGES, desk.user.id)
    .run()
  for (let i = 0; i < FILES; i++) await worker.env.FILES.put(`canary/${i}`, `canary ${i}`)
  await db
    .prepare(
      `${n.replace('SELECT 2', 'SELECT 0')} INSERT INTO attachments (id, site, user, chat, seq, position, key, name, kind, type, size, created_at, stored_at)
       SELECT 'file_' || i || '_0123456789', ?1, ?2, ?4, i + 1, 0, 'canary/' || i, 'canary.txt', 'document', 'text/plain', 9, 1, 1 FROM n`,
    )
    .bind(site.id, ada.user.id, FILES - 1, chat)
    .run()
  return { ada, desk, other, chat, theirs }
}

it('erases a long chat and many files through three kills, while others write', async () => {
  const state = mkdtempSync(join(tmpdir(), 'shopbell-erase-'))
  let worker = await startFastWorker({ persistTo: state })
  const site = await createSite(worker as never)
  const { ada, other, chat, theirs } = await seed(worker, site)
  const answers = `SELECT seq, body FROM messages WHERE chat = ? AND side = 'seller' ORDER BY seq`
  const before = (await worker.env.DB.prepare(answers).bind(chat).all()).results
  await worker.stop()

  const child = new Child(state, await freePort())
  const erase = () =>
    call(child.url, '/v1/privacy/wordpress/erase', {
      origin: null,
      token: site.server.secret,
      body: { email: EMAIL },
    }).catch(() => null)
  let kills = 0
  let said = 0
  const write = async () => {
    const body = { clientId: `other-${String(++said).padStart(6, '0')}`, body: `meanwhile ${said}` }
    await call(child.url, `/v1/chats/${theirs}/messages`, { token: other.token, body }).catch(() => null)
  }
  try {
    await child.start()
    for (let isDone = false; !isDone; ) {
      const asked = erase()
      await write()
      if (kills < 3) {
        await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 60 + 60 * kills))])
        await child.kill()
        await child.start()
        kills++
      }
      isDone = (await asked)?.body?.done === true && kills === 3
    }
  } finally {
    await child.kill()
  }

  worker = await startFastWorker({ persistTo: state })
  try {
    const db = worker.env.DB
    const one = async (sql: string, ...values: unknown[]) =>
      (await db
        .prepare(sql)
        .bind(...values)
        .first<any>()) ?? {}
    const of = await one(
      `SELECT count(*) n, max(seq) last, sum(body = ?2) placeholders, sum(body LIKE '%canary%') canaries FROM messages WHERE chat = ?1`,
      chat,
      PLACEHOLDER,
    )
    expect(of).toMatchObject({ n: MESSAGES, last: MESSAGES, canaries: 0, placeholders: MESSAGES - before.length })
    expect((await db.prepare(answers).bind(chat).all()).results).toEqual(before)
    expect((await worker.env.FILES.list()).objects).toEqual([])
    expect(await one('SELECT count(*) n FROM attachments WHERE key IS NOT NULL OR name <> ?', '')).toEqual({ n: 0 })
    expect(await one('SELECT name, email, shop_id FROM users WHERE id = ?', ada.user.id)).toEqual({
      name: null,
      email: null,
      shop_id: null,
    })
    expect(await one('SELECT count(*) n FROM outbox WHERE recipient = ?', ada.user.id)).toEqual({ n: 0 })
    expect(await one("SELECT count(*) n FROM outbox_requests WHERE request LIKE '%canary%'")).toEqual({ n: 0 })
    const receipt = await one("SELECT * FROM privacy_requests WHERE kind = 'erase'")
    expect(receipt).toMatchObject({ state: 'done', subject: null, source: 'wordpress' })
    expect(JSON.stringify(receipt)).not.toContain('canary')
    expect(JSON.parse(receipt.counts)).toMatchObject({ messages: MESSAGES - before.length, files: FILES })
    const kept = await one("SELECT count(*) n FROM messages WHERE chat = ? AND body LIKE 'meanwhile%'", theirs)
    expect(kept.n).toBeGreaterThan(0)
  } finally {
    await worker.stop()
    rmSync(state, { recursive: true, force: true })
  }
}, 300_000)
