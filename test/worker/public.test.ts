import { afterAll, beforeAll, expect, it } from 'vitest'
import { PublicSite } from '../../protocol/public-site.ts'
import { Settings } from '../../protocol/settings/index.ts'
import { makeSite, type TestSite } from '../support/site.ts'
import { SHOP, startWorker, type TestWorker } from '../support/worker.ts'

const PAGE = 'https://shop.example/chats'
const ACCOUNT = 'https://shop.example/account'
const CANARY = 'canary-7f3a'

let worker: TestWorker
let site: TestSite

beforeAll(async () => {
  worker = await startWorker()
  site = await makeSite(worker.env.DB, {
    brand: { accent: '#ffe600' },
    contexts: {
      product: { buttonSelector: '.buy-box', pageUrl: PAGE },
      order: { enabled: true, routing: 'account', pageUrl: PAGE, accountUrl: ACCOUNT },
    },
  })
})
afterAll(() => worker.stop())

const open = (headers: Record<string, string> = {}, origin: string | null = SHOP) =>
  worker.call(`/v1/sites/${site.id}/public`, { origin, headers })

it('tells a browser what the button and the widgets need', async () => {
  const { status, body, headers } = await open()
  expect(status).toBe(200)
  expect(PublicSite.parse(body)).toMatchObject({
    site: site.id,
    name: 'Test shop',
    accent: '#ffe600',
    onAccent: '#13191c',
    guests: 'free',
    contexts: { product: { enabled: true, page: PAGE, selector: '.buy-box', position: 'summary' } },
  })
  // With the five seconds that an isolate keeps a site this stays below the ten that a change may take.
  expect(headers.get('Cache-Control')).toBe('public, max-age=4')
  expect(headers.get('Vary')).toBe('Origin')
  expect(headers.get('Access-Control-Allow-Origin')).toBe(SHOP)
})

it('names the account where a context’s chats are read there', async () => {
  expect((await open()).body.contexts.order).toMatchObject({ routing: 'account', page: ACCOUNT })
})

it('answers 304 to whoever has it, weakly tagged by a proxy or not', async () => {
  const tag = (await open()).headers.get('ETag') ?? ''
  for (const held of [tag, `W/${tag}`, `"other", ${tag}`]) {
    const { status, body, headers } = await open({ 'If-None-Match': held })
    expect([status, body]).toEqual([304, ''])
    expect(headers.get('Access-Control-Allow-Origin')).toBe(SHOP)
  }
  expect((await open({ 'If-None-Match': '"other"' })).status).toBe(200)
})

it('is for pages of the site alone', async () => {
  expect(await open({}, 'https://thief.example')).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
  expect((await open({}, null)).status).toBe(403)
  expect((await open({ 'Sec-Fetch-Site': 'same-origin' }, null)).status).toBe(200)
  const other = await makeSite(worker.env.DB)
  const elsewhere = 'https://elsewhere.example'
  await worker.env.DB.prepare('INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, ?, ?, 0)')
    .bind(other.id, elsewhere, 'shop')
    .run()
  expect(await open({}, elsewhere)).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
})

it.each(['site_unknownunknown', 'x', '%00', '__proto__'])('does not know site %s', async (id) => {
  expect(await worker.call(`/v1/sites/${id}/public`)).toMatchObject({ status: 403, body: { code: 'site_unknown' } })
})

it('keeps the private settings to itself', async () => {
  const text = (name: string) => `${CANARY} ${name}`
  const secret = {
    contexts: {
      order: { starterMessage: text('starter'), pageUrl: `https://shop.example/${CANARY}`, routing: 'account' },
      product: { routing: 'static', accountUrl: `https://shop.example/${CANARY}` },
    },
    limits: { chatsPerWindow: 917, chatWindowSec: 70_917, messagesPerWindow: 918, burstPerChat: 919 },
    notifications: {
      newMessage: { subject: text('subject'), body: text('body') },
      chatCreated: { subject: text('subject'), body: text('body') },
    },
    privacy: { placeholder: text('placeholder') },
  }
  const guarded = await makeSite(worker.env.DB, Settings.parse(secret))
  const { status, body } = await worker.call(`/v1/sites/${guarded.id}/public`)
  expect(status).toBe(200)
  const shown = JSON.stringify({ ...body, site: '' })
  for (const canary of [CANARY, '917', '918', '919']) expect(shown).not.toContain(canary)
  for (const part of ['limits', 'notifications', 'privacy', 'starter', 'version']) expect(shown).not.toContain(part)
})
