import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Analytics } from '../../protocol/analytics.ts'
import { countByHand } from '../support/count-by-hand.ts'
import { makePng, upload } from '../support/files.ts'
import { type PastChat, random, writePast } from '../support/history.ts'
import { operate, seconds } from '../support/identity.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'

const OFFICE = 'https://office.shop.example'
const DAY = 86_400_000
const now = Date.now()
const [FROM, TO] = [now - 365 * DAY, now]
const SELLERS = ['shop', '19', '23']
const CONTEXTS = ['product', 'order', 'post'] as const
/** With clocks that change at midnight, by half an hour, on other days than elsewhere, or never. */
const ZONES = [
  'UTC',
  'Europe/Vienna',
  'America/New_York',
  'America/Santiago',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
]

let worker: FastWorker
let site: TestSite
let analyst: Person
let chats: PastChat[]

beforeAll(async () => {
  worker = await startFastWorker()
  site = await makeSite(worker.env.DB, { region: { timeZone: 'Europe/Vienna' } })
  analyst = await site.person({ role: 'analyst' })
  await site.seller('19', 'Oak Works')
  chats = aYear(random(2026))
  await writePast(worker.env.DB, site.id, chats)
})
afterAll(() => worker.stop())

/** A year of chats: some of a minute, some over months, many messages around the midnights and the clock changes of all zones. */
function aYear(next: () => number): PastChat[] {
  const within = (from: number, to: number) => Math.floor(from + next() * (to - from))
  const oneOf = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)]!
  const edges = [
    '2026-03-08T07:00Z',
    '2026-03-29T01:00Z',
    '2026-04-04T15:00Z',
    '2026-04-05T03:00Z',
    '2026-10-25T01:00Z',
  ]
  const edge = () => Date.parse(oneOf(edges)) + oneOf([-1, 0, 1, 900_000, -900_000, 3_600_000, -3_600_001])
  const quarter = () => Math.round(within(FROM, TO) / 900_000) * 900_000 + oneOf([-1, 0, 1])
  const moment = () => oneOf([() => within(FROM, TO), edge, quarter])()
  const pause = () => oneOf([() => within(0, 60_000), () => within(0, 3_600_000), () => within(0, 20 * DAY)])()
  return Array.from({ length: 300 }, (_, i) => {
    const at = moment()
    let last = at
    const count = oneOf([0, 1, 1, 2, 3, 8, 25])
    const messages: PastChat['messages'] = []
    for (let k = 0; k < count; k++) {
      last = Math.min(last + pause(), TO)
      const side = oneOf(['customer', 'customer', 'seller', 'system'] as const)
      messages.push({ side, at: last, files: side === 'system' ? 0 : oneOf([0, 0, 0, 1, 2, 10]) })
    }
    return {
      id: `chat_year${String(i).padStart(10, '0')}`,
      context: oneOf(CONTEXTS),
      seller: oneOf(SELLERS),
      at,
      messages,
    }
  })
}

async function report(query: Record<string, string>): Promise<Analytics> {
  const path = `/v1/analytics?${new URLSearchParams(query)}`
  const { status, body } = await asStaff(path)
  expect(status, JSON.stringify(body)).toBe(200)
  return Analytics.parse(body)
}
const asStaff = (path: string, token = analyst.token) =>
  worker.call(path, { token, origin: null, headers: { 'Sec-Fetch-Site': 'same-origin' } })

const cron = async () =>
  (await worker.miniflare.getWorker()).scheduled({ cron: '* * * * *', scheduledTime: new Date() })

type Counted = { chats: number; messages: number; active: number; attachments: number }
const plain = ({ chats: started, messages, active, attachments }: Counted) => ({
  chats: started,
  messages,
  active,
  attachments,
})

function expectTotals(got: Analytics['totals'], { answered, median, p90, ...want }: Wanted['totals']) {
  const { unanswered, ...counts } = want
  expect(plain(got)).toEqual(counts)
  expect(got.averageMessages).toBe(want.active === 0 ? null : want.messages / want.active)
  expect(got.unanswered).toBe(unanswered)
  expect(got.firstResponse.answered).toBe(answered)
  expectNear(got.firstResponse.medianMs, median)
  expectNear(got.firstResponse.p90Ms, p90)
}
type Wanted = ReturnType<typeof countByHand>

/** What the report says of a range and of the one before it, beside what a person counts. */
async function expectExact(zone: string, from: string, to: string) {
  const got = await report({ from, to, zone })
  const want = countByHand(chats, zone, from, to)
  expectTotals(got.totals, want.totals)
  const { previous } = got.range
  expect(Date.parse(from) - Date.parse(previous.to)).toBe(DAY)
  expect(Date.parse(to) - Date.parse(from)).toBe(Date.parse(previous.to) - Date.parse(previous.from))
  const before = countByHand(chats, zone, previous.from, previous.to)
  expectTotals(got.previous, before.totals)
  expect(got.previousDays.map((one) => ({ day: one.day, ...plain(one) }))).toEqual(before.days)
  expect(got.contexts.map((one) => ({ context: one.context, ...plain(one) }))).toEqual(want.contexts)
  expect(got.days.map((one) => ({ day: one.day, ...plain(one) }))).toEqual(want.days)
  expect(got.hours).toEqual(want.hours)
  for (const { seller, median: half, p90: most, answered: n, ...counts } of want.sellers) {
    const found = got.sellers.find((row) => row.seller === seller)!
    expect(found).toMatchObject(counts)
    expect(found.firstResponse.answered).toBe(n)
    expectNear(found.firstResponse.medianMs, half)
    expectNear(found.firstResponse.p90Ms, most)
  }
  expect(got.sellers.map(({ seller }) => seller).sort()).toEqual(want.sellers.map(({ seller }) => seller).sort())
  return got
}

function expectNear(got: number | null, want: number | null) {
  if (want === null || got === null) return expect(got).toBe(want)
  expect(Math.abs(got / want - 1)).toBeLessThan(0.05)
}

const dayName = (at: number) => new Date(at).toISOString().slice(0, 10)
function someRanges(seed: number, count: number): [string, string][] {
  const next = random(seed)
  return Array.from({ length: count }, () => {
    const from = FROM + next() * 330 * DAY
    const length = [0, 1, 6, 29, 89, 200][Math.floor(next() * 6)]!
    return [dayName(from), dayName(Math.min(from + length * DAY, TO))]
  })
}

it.each(ZONES)('counts in %s as a person would, before any day is folded', async (zone) => {
  for (const [from, to] of someRanges(ZONES.indexOf(zone), 3)) await expectExact(zone, from, to)
  await expectExact(zone, '2026-03-01', '2026-04-30')
})

it('counts the same once the days that are over are folded, and from then on reads them so', async () => {
  const folded = () =>
    worker.env.DB.prepare('SELECT zone, through FROM activity_folds WHERE site = ?').bind(site.id).first()
  for (let i = 0; i < 20; i++) await cron()
  // In Vienna it is tomorrow an hour or two earlier.
  const today = Date.parse(new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Vienna' }).format(now)) / DAY
  expect(await folded()).toEqual({ zone: 'Europe/Vienna', through: today })
  const ranges: [string, string][] = [...someRanges(77, 12), [dayName(FROM), dayName(TO)], ['2026-03-29', '2026-03-29']]
  for (const [from, to] of ranges) await expectExact('Europe/Vienna', from, to)
  expect((await report({ from: dayName(FROM), to: dayName(TO) })).totals.attachments).toBeGreaterThan(500)
  await expectExact('Asia/Kolkata', '2026-03-01', '2026-04-30')
})

it('counts by the new midnights soon after the site’s time zone has changed, and rightly meanwhile', async () => {
  await site.settings({ region: { timeZone: 'Australia/Lord_Howe' } })
  await expectExact('Australia/Lord_Howe', '2026-03-20', '2026-04-20')
  const zoneOf = () =>
    worker.env.DB.prepare('SELECT zone FROM activity_folds WHERE site = ?').bind(site.id).first<string>('zone')
  // A change of the settings is obeyed within ten seconds.
  const afterCron = async () => {
    await report({})
    await cron()
    return zoneOf()
  }
  await expect.poll(afterCron, { timeout: 30_000 }).toBe('Australia/Lord_Howe')
  for (let i = 0; i < 15; i++) await cron()
  await expectExact('Australia/Lord_Howe', '2026-03-20', '2026-04-20')
  await expectExact('Australia/Lord_Howe', dayName(FROM), dayName(TO))
})

it('folds the days of every other site when one fails', async () => {
  const sites = await Promise.all([1, 2, 3].map(() => makeSite(worker.env.DB)))
  const ids = sites.map(({ id }) => id).sort()
  await worker.env.DB.prepare(
    `CREATE TRIGGER refuse BEFORE INSERT ON activity_folds WHEN NEW.site = '${ids[1]}' BEGIN SELECT RAISE(ABORT, 'refused'); END`,
  ).run()
  await cron()
  await worker.env.DB.prepare('DROP TRIGGER refuse').run()
  const { results } = await worker.env.DB.prepare('SELECT site FROM activity_folds').all<{ site: string }>()
  const folded = new Set(results.map(({ site: id }) => id))
  expect(ids.map((id) => folded.has(id))).toEqual([true, false, true])
})

describe('a site of today', () => {
  let shop: TestShop
  let staff: { token: string; origin: string }

  // Yesterday too: the day may end while this runs.
  const today = async () => {
    const path = `/v1/analytics?from=${dayName(Date.now() - DAY)}&to=${dayName(Date.now())}&zone=UTC`
    return Analytics.parse((await worker.call(path, staff)).body)
  }
  const send = (token: string, chat: string, clientId: string) =>
    worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId, body: clientId } })

  beforeAll(async () => {
    shop = await openShop(worker)
    await operate(worker, `/sites/${shop.id}/origins`, { method: 'PUT', body: { origin: OFFICE, use: 'admin' } })
    const assertion = shop.assertion({ sub: 'boss', role: 'analyst', exp: seconds() + 60 }, shop.admin)
    staff = { token: (await shop.open({ assertion }, { origin: OFFICE })).body.token, origin: OFFICE }
  })

  it('counts what people do as it happens, retries once, and refusals not at all', async () => {
    const ann = await shop.signIn('ann')
    const seller = await shop.signIn('19', { role: 'seller' })
    await shop.put('/v1/catalog/products', { products: [{ id: '310', title: 'Table', seller: '19' }] })
    const about = { context: { type: 'product', id: '310' }, message: { clientId: 'first-of-ann', body: 'Oak?' } }
    const { body } = await worker.call('/v1/chats', { token: ann.token, body: about })
    expect((await worker.call('/v1/chats', { token: ann.token, body: about })).status).toBe(200)
    const chat = body.chat.id
    await Promise.all(Array.from({ length: 5 }, () => send(ann.token, chat, 'again-of-ann')))
    expect((await today()).totals).toMatchObject({ chats: 1, messages: 2, active: 1, unanswered: 1 })

    expect((await send(seller.token, chat, 'answer-of-oak')).status).toBe(201)
    expect((await send(seller.token, chat, 'more-of-oak')).status).toBe(201)
    const { totals, sellers, contexts } = await today()
    expect(totals).toMatchObject({ chats: 1, messages: 4, active: 1, averageMessages: 4, unanswered: 0 })
    expect(totals.firstResponse.answered).toBe(1)
    expect(sellers).toMatchObject([{ seller: '19', name: 'Oak Works', chats: 1, messages: 4, unanswered: 0 }])
    expect(contexts[0]).toMatchObject({ context: 'product', chats: 1, messages: 4 })

    await shop.settle({ limits: { messagesPerWindow: 1, messageWindowSec: 600 } })
    let tries = 0
    const refused = async () => (await send(ann.token, chat, `try-of-ann-${tries++}`)).status
    await expect.poll(refused, { timeout: 30_000 }).toBe(429)
    await expectTables()
    await shop.settle({ limits: null })
  })

  it('counts chats that orders make, their starters, and those of a guest who signs in', async () => {
    const items = [
      { name: 'Lamp', seller: '19' },
      { name: 'Sheet', seller: '23' },
    ]
    const order = { id: '9001', customer: { id: 'bob', name: 'Bob' }, items }
    for (let i = 0; i < 2; i++) expect((await shop.put('/v1/orders', { orders: [order] })).status).toBe(200)
    // The second seller is taken off it again: that chat is withdrawn, and was begun all the same.
    await shop.put('/v1/orders', { orders: [{ ...order, items: items.slice(0, 1) }] })
    const guest = await shop.guest()
    const about = { context: { type: 'product', id: '311' }, message: { clientId: 'words-of-a-guest', body: 'Hello' } }
    expect((await worker.call('/v1/chats', { token: guest.token, body: about })).status).toBe(201)
    await shop.signIn('carol', {}, { guestToken: guest.refreshToken })
    await expectTables()
    expect((await today()).contexts[1]).toMatchObject({ context: 'order', chats: 2, messages: 2, active: 2 })
  })

  it('counts files with the message that has them, once, and none that was not sent', async () => {
    const eve = await shop.signIn('eve')
    const uploaded = async () => (await upload(worker, eve.token, makePng(4, 3))).body.file.id
    const files = [await uploaded(), await uploaded()]
    await uploaded()
    const message = { clientId: 'files-of-eve', body: '', attachments: files }
    const about = { context: { type: 'product', id: '313' }, message }
    expect((await today()).totals.attachments).toBe(0)
    expect((await worker.call('/v1/chats', { token: eve.token, body: about })).status).toBe(201)
    expect((await worker.call('/v1/chats', { token: eve.token, body: about })).status).toBe(200)
    const { totals, contexts } = await today()
    expect([totals.attachments, contexts[0]?.attachments]).toEqual([2, 2])
    await expectTables()
  })

  it('would be seen to be wrong if a chat were not counted', async () => {
    const { DB } = worker.env
    const made = await DB.prepare("SELECT sql FROM sqlite_master WHERE name = 'chats_counted'").first<string>('sql')
    await DB.prepare('DROP TRIGGER chats_counted').run()
    const dave = await shop.signIn('dave')
    const about = { context: { type: 'product', id: '312' } }
    expect((await worker.call('/v1/chats', { token: dave.token, body: about })).status).toBe(201)
    await expect(expectTables()).rejects.toThrow()
    await DB.prepare(made!).run()
    await DB.prepare("DELETE FROM chats WHERE site = ? AND thing = '312'").bind(shop.id).run()
    await expectTables()
  })

  it('keeps its counts when what was counted is emptied', async () => {
    const { totals } = await today()
    await worker.env.DB.prepare("UPDATE messages SET body = '' WHERE chat IN (SELECT id FROM chats WHERE site = ?)")
      .bind(shop.id)
      .run()
    expect((await today()).totals).toEqual(totals)
  })

  /** The counts are what is in the tables. */
  async function expectTables() {
    const tables = await worker.env.DB.prepare(
      `SELECT (SELECT count(*) FROM chats WHERE site = ?1) chats, count(*) messages, count(DISTINCT m.chat) active,
         (SELECT count(*) FROM attachments WHERE site = ?1 AND chat IS NOT NULL) attachments
       FROM messages m JOIN chats c ON c.id = m.chat WHERE c.site = ?1`,
    )
      .bind(shop.id)
      .first()
    expect(plain((await today()).totals)).toEqual(tables)
  }
})

describe('a range', () => {
  const ask = async (query: string, token?: string) => asStaff(`/v1/analytics?${query}`, token)

  it('is the last thirty days where none is asked for', async () => {
    const zone = 'Pacific/Kiritimati'
    const { range, days, previousDays } = await report({ zone })
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: zone })
    expect(range).toMatchObject({ to: today, today, days: 30, zone })
    expect(days).toHaveLength(30)
    expect(previousDays).toHaveLength(30)
    expect(previousDays.at(-1)?.day).toBe(range.previous.to)
    expect(Date.parse(range.from) - Date.parse(range.previous.to)).toBe(DAY)
  })

  it.each([
    ['from=2026-03-02&to=2026-03-01', 'from', 'must not be after `to`'],
    ['from=1976-01-01&to=2026-01-01', 'from', 'must not be before 2000-01-01'],
    ['from=2000-01-01&to=2050-01-01', 'to', 'must be at most 366 days on; these are 18264 days'],
    ['from=2026-02-30&to=2026-03-01', 'from', 'must be a day such as 2026-03-29'],
    ['from=2026-03-01', 'to', 'must be there when `from` is'],
    ['to=2026-03-01', 'from', 'must be there when `to` is'],
    ['from=yesterday&to=today', 'from', 'must be a day such as 2026-03-29'],
    ['zone=Mars/Base', 'zone', 'must be a time zone such as Europe/Vienna'],
    ['nothing=1', '', ''],
  ])('such as %s is refused', async (query, path, message) => {
    const { status, body } = await ask(query)
    expect([status, body.code]).toEqual([422, 'invalid'])
    expect(body.issues[0]).toMatchObject({ path, message: expect.stringContaining(message) })
  })

  it('has room for a leap year', async () => {
    expect((await ask('from=2028-01-01&to=2028-12-31')).status).toBe(200)
  })

  it('is for owners, admins and analysts', async () => {
    for (const role of ['owner', 'admin', 'analyst'] as const)
      expect((await ask('', (await site.person({ role })).token)).status).toBe(200)
    for (const role of ['seller', 'customer', 'guest'] as const)
      expect(await ask('', (await site.person({ role })).token)).toMatchObject({
        status: 403,
        body: { code: 'forbidden' },
      })
    expect((await worker.call('/v1/analytics')).status).toBe(401)
  })

  it('of one site tells nothing of another', async () => {
    const other = await makeSite(worker.env.DB)
    const { token } = await other.person({ role: 'analyst' })
    const { body } = await ask(`from=${dayName(FROM)}&to=${dayName(TO)}`, token)
    expect(body.totals).toMatchObject({ chats: 0, messages: 0, active: 0, averageMessages: null, unanswered: 0 })
    expect(body.sellers).toEqual([])
  })
})

describe('a table as CSV', () => {
  const csv = async (table: string) =>
    asStaff(`/v1/analytics/csv?table=${table}&from=2026-03-01&to=2026-04-30&zone=UTC`)

  it('says the same as the report', async () => {
    const { days } = await report({ from: '2026-03-01', to: '2026-04-30', zone: 'UTC' })
    const { status, body, headers } = await csv('days')
    expect(status).toBe(200)
    expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="shopbell-days-2026-03-01-to-2026-04-30.csv"')
    const rows = (body as string).split('\r\n')
    expect(rows[0]?.replace('\ufeff', '')).toBe('Day,Chats created,Messages sent,Active chats,Attachments sent')
    const cells = days.map((day) => [day.day, day.chats, day.messages, day.active, day.attachments].join())
    expect(rows.slice(1, -1)).toEqual(cells)
  })

  it.each([
    ['totals', 3],
    ['contexts', 4],
    ['sellers', 4],
    ['hours', 169],
  ])('of %s has %i rows, all as long', async (table, count) => {
    const rows = ((await csv(table)).body as string).trimEnd().split('\r\n')
    expect(new Set(rows.map((row) => row.split(',').length)).size).toBe(1)
    expect(rows).toHaveLength(count)
  })

  it('quotes a name, and keeps a spreadsheet from reckoning with it', async () => {
    await site.seller('23', '=HYPERLINK("https://thief.example","Linen")')
    expect((await csv('sellers')).body).toContain(`23,"'=HYPERLINK(""https://thief.example"",""Linen"")",`)
  })

  it('is refused for a table that there is not', async () => {
    expect((await csv('people')).status).toBe(422)
  })
})
