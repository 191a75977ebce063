import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Hooks, openHooks, sample } from '../support/hooks.ts'
import { operate } from '../support/identity.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { openWooShop, READ_KEY, type Trouble } from '../support/woo-shop.ts'
import { TEST_SECRET } from '../support/worker.ts'

let worker: FastWorker
let shop: TestShop
let hooks: Hooks
let woo: Awaited<ReturnType<typeof openWooShop>>
let plain: any

beforeAll(async () => {
  worker = await startFastWorker()
  woo = await openWooShop()
  plain = await sample('woocommerce-order-created-wc7.5-store-api.json')
})
afterAll(() => Promise.all([worker.stop(), woo.close()]))
beforeEach(async () => {
  await worker.env.DB.prepare('DELETE FROM shop_sources').run()
  woo.goWrong('none')
  shop = await openShop(worker)
  hooks = await openHooks(worker, shop)
})

const gmt = (agoMs: number) => new Date(Date.now() - agoMs).toISOString().slice(0, 19)
const minutes = 60_000
let next = 5000
const order = (agoMs: number, more: object = {}) => ({
  ...plain,
  id: next++,
  number: undefined,
  date_created_gmt: gmt(agoMs),
  date_modified_gmt: gmt(agoMs),
  ...more,
})
const setSource = (body: object = { url: woo.url, ...READ_KEY }) =>
  operate(worker, `/sites/${shop.id}/sweep`, { method: 'PUT', body })
const sweep = async () => (await operate(worker, '/sweep', { method: 'POST' })).body.sites
const cron = async () =>
  (await worker.miniflare.getWorker()).scheduled({ cron: '* * * * *', scheduledTime: new Date() })
const things = async () => (await shop.rows('chats')).map(({ thing }) => Number(thing)).sort()

describe('orders that never came', () => {
  it('are found, once, and get their chats', async () => {
    const [came, missed, old] = [
      order(30 * minutes),
      order(20 * minutes),
      order(10 * minutes, { date_created_gmt: '2023-01-01T00:00:00' }),
    ]
    for (const each of [came, missed, old]) woo.put(each)
    await hooks.deliver('order.created', came)
    expect((await setSource()).status).toBe(204)
    expect(await sweep()).toEqual([{ site: shop.id, found: 2, trouble: null }])
    // The old one is known from now on, and nobody is thanked for it.
    expect(await things()).toEqual([came.id, missed.id].sort())
    expect(await shop.rows('orders')).toHaveLength(3)
    expect(await sweep()).toEqual([{ site: shop.id, found: 0, trouble: null }])
    await hooks.deliver('order.created', missed)
    expect(await shop.rows('chats')).toHaveLength(2)
    const counts = await shop.rows('hook_counts')
    expect(counts).toMatchObject([{ outcome: 'swept', n: 2 }])
  })

  it('are found again where the shop has them although a hook said that they are deleted', async () => {
    const [back, late] = [order(30 * minutes), order(20 * minutes)]
    await hooks.deliver('order.created', back)
    for (const { id } of [back, late]) await hooks.deliver('order.deleted', { id })
    woo.put({ ...back, status: 'completed', date_modified_gmt: gmt(10 * minutes) })
    woo.put(late)
    await setSource()
    await sweep()
    expect((await shop.rows('orders')).filter(({ deleted_at }) => deleted_at !== null)).toEqual([])
    expect(await things()).toEqual(expect.arrayContaining([back.id, late.id]))
  })

  it('are found over many pages', async () => {
    const many = Array.from({ length: 120 }, (_, i) => order((200 - i) * 1000))
    for (const each of many) woo.put(each)
    await setSource()
    const [{ found }] = await sweep()
    expect(found).toBeGreaterThanOrEqual(120)
    expect(await things()).toEqual(expect.arrayContaining(many.map(({ id }) => id)))
  })

  it('are found by the cron, which asks each shop every 15 minutes', async () => {
    const missed = order(20 * minutes)
    woo.put(missed)
    await setSource()
    await cron()
    expect(await things()).toContain(missed.id)
    woo.asked.length = 0
    await cron()
    expect(woo.asked).toEqual([])
  })

  it.each<[Trouble, string]>([
    ['refuses', 'The shop answered 503.'],
    ['redirects', 'The shop answered 302.'],
    ['speaks html', 'The shop’s answer could not be read.'],
    ['never ends', 'The shop’s answer is too large.'],
    ['hangs', 'The shop did not answer.'],
  ])('of a shop that %s are found later', async (trouble, told) => {
    const missed = order(20 * minutes)
    woo.put(missed)
    await setSource()
    woo.goWrong(trouble)
    woo.asked.length = 0
    expect(await sweep()).toEqual([{ site: shop.id, found: 0, trouble: told }])
    expect(woo.asked.map(({ path }) => path)).toEqual(['/shop/wp-json/wc/v3/orders'])
    const { hooks: listed } = (await operate(worker, `/sites/${shop.id}/hooks`)).body
    expect(listed[0]).toMatchObject({ source: 'woocommerce', address: woo.url, trouble: told })
    woo.goWrong('none')
    await sweep()
    expect(await things()).toContain(missed.id)
    expect((await operate(worker, `/sites/${shop.id}/hooks`)).body.hooks[0].trouble).toBeNull()
  })

  describe('of one shop among three', () => {
    let shops: TestShop[]
    const run = (sql: string, ...values: unknown[]) =>
      worker.env.DB.prepare(sql)
        .bind(...values)
        .run()
    /** All three miss an order; what goes wrong does so in the middle, whichever end is first. */
    beforeEach(async () => {
      shops = [shop, await openShop(worker), await openShop(worker)].sort((a, b) => (a.id < b.id ? -1 : 1))
      woo.put(order(20 * minutes))
      for (shop of shops) await setSource()
    })
    const troubles = async () => {
      const swept: { site: string; trouble: string | null }[] = await sweep()
      return shops.map(({ id }) => swept.find(({ site }) => site === id)?.trouble)
    }

    it('whose key opens no more keep nobody else’s waiting', async () => {
      await run('UPDATE shop_sources SET secret = ? WHERE site = ?', `v1.${'A'.repeat(80)}`, shops[1]!.id)
      expect(await troubles()).toEqual([null, expect.stringContaining('hook sweep'), null])
      expect(await shops[2]!.rows('chats')).not.toEqual([])
    })

    it('that cannot be taken in keep nobody else’s waiting', async () => {
      await run(`CREATE TRIGGER refuse BEFORE INSERT ON orders WHEN NEW.site = '${shops[1]!.id}'
        BEGIN SELECT RAISE(ABORT, 'refused'); END`)
      expect(await troubles()).toEqual([null, expect.stringContaining('log'), null])
      await run('DROP TRIGGER refuse')
      expect(await troubles()).toEqual([null, null, null])
      expect(await shops[1]!.rows('chats')).not.toEqual([])
    })
  })

  it.each([
    'http://shop.example',
    'https://user:pw@shop.example',
    'https://shop.example/?rest_route=/',
    'ftp://shop.example',
    'http://127.0.0.1.evil.example',
  ])('are not asked for at %s', async (url) => {
    expect((await setSource({ url, ...READ_KEY })).status).toBe(422)
  })

  it('are asked for no more once the key is taken back; while it is there, it is wrapped', async () => {
    await setSource()
    const { results } = await worker.env.DB.prepare('SELECT * FROM shop_sources').all()
    expect(JSON.stringify(results)).not.toContain(READ_KEY.secret)
    expect((await operate(worker, `/sites/${shop.id}/sweep`, { method: 'DELETE' })).status).toBe(204)
    expect(await sweep()).toEqual([])
  })
})

describe('what a crash has left', () => {
  it('is worked on by the cron, and told to who waits for it', async () => {
    const [one, two] = [order(0), order(0)]
    await hooks.deliver('order.created', one)
    const [{ key }] = await shop.rows('hook_events')
    const payload = JSON.stringify({
      kind: 'order',
      restored: false,
      order: { ...(await incoming(one)), id: String(two.id), number: String(two.id) },
    })
    // As a worker leaves it that is killed after the answer: kept, taken on, never done.
    await worker.env.DB.prepare(
      `INSERT INTO hook_events (site, source, key, payload, received_at, due_at, tries) VALUES (?, 'woocommerce', ?, ?, 1, 1, 1)`,
    )
      .bind(shop.id, `${key}-left`, payload)
      .run()
    await cron()
    expect(await things()).toEqual([one.id, two.id].sort())
    expect(
      (await shop.rows('hook_events')).every(({ done_at, payload: left }) => done_at !== null && left === ''),
    ).toBe(true)
  })

  it('that cannot be worked on keeps nothing else from it, and is tried again later', async () => {
    const left = (name: string, payload: string) =>
      worker.env.DB.prepare(
        `INSERT INTO hook_events (site, source, key, payload, received_at, due_at, tries) VALUES (?, 'woocommerce', ?, ?, 1, 1, 1)`,
      )
        .bind(shop.id, name, payload)
        .run()
    await left('broken', JSON.stringify({ kind: 'order', order: {} }))
    await left('whole', JSON.stringify({ kind: 'customer_deleted', id: '1' }))
    await cron()
    const [broken, whole] = await shop.rows('hook_events')
    expect(whole.done_at).not.toBeNull()
    expect(broken).toMatchObject({ done_at: null, tries: 2 })
    expect(broken.due_at).toBeGreaterThan(Date.now() + 10_000)
    await worker.env.DB.prepare("UPDATE hook_events SET due_at = 1, tries = 19 WHERE site = ? AND key = 'broken'")
      .bind(shop.id)
      .run()
    await cron()
    expect((await shop.rows('hook_counts')).map(({ outcome }) => outcome)).toEqual(['given_up'])
  })

  it('is forgotten a week after it was done with', async () => {
    await hooks.deliver('order.created', order(0))
    await worker.env.DB.prepare('UPDATE hook_events SET done_at = done_at - ? WHERE site = ?')
      .bind(8 * 86_400_000, shop.id)
      .run()
    await cron()
    expect(await shop.rows('hook_events')).toEqual([])
  })
})

describe('the command line', () => {
  const run = async (script: string, ...args: string[]) => {
    const env = { ...process.env, SHOPBELL_URL: worker.url, SHOPBELL_SECRET: TEST_SECRET }
    return promisify(execFile)(process.execPath, [script, ...args], { env }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      ({ code, stderr, stdout }) => ({ code: code as number, text: String(stderr || stdout) }),
    )
  }
  const site = (...args: string[]) => run('scripts/site.ts', ...args, '--site', shop.id)

  it('makes, changes and lists the secrets of hooks', async () => {
    expect((await site('hook', 'add', '--source', 'shopify')).text).toContain('client secret')
    const rotated = await site('hook', 'rotate', '--source', 'woocommerce')
    expect(rotated.text).toContain(`${worker.url}/v1/hooks/woocommerce/${shop.id}`)
    expect(rotated.text).toContain(`key revoke --site ${shop.id} --key ${hooks.key}`)
    await hooks.send('coupon.created', { id: 1 })
    const listed = await site('hook', 'list')
    expect(listed.text).toContain(hooks.key)
    expect(listed.text).toMatch(/unknown topic: 1, last 20/)
    expect(listed.text).not.toContain(hooks.secret)
    expect((await run('scripts/site.ts', 'list')).text).toContain(`woocommerce key: ${hooks.key}`)
  })

  it('says where missed orders are, and asks for them', async () => {
    expect((await run('scripts/orders-sweep.ts')).text).toContain('No shop gave a read key')
    expect((await site('hook', 'sweep')).code).toBe(1)
    await site('hook', 'sweep', '--at', woo.url, '--key', READ_KEY.key, '--secret', READ_KEY.secret)
    expect(await run('scripts/orders-sweep.ts')).toMatchObject({
      code: 0,
      text: expect.stringContaining(`${shop.id}  `),
    })
    woo.goWrong('refuses')
    expect(await run('scripts/orders-sweep.ts')).toMatchObject({ code: 1, text: expect.stringContaining('503') })
    expect((await site('hook', 'sweep', '--off')).text).toContain('no more')
  })
})

async function incoming(order: any) {
  const { readWooOrder } = await import('../../worker/webhooks/woocommerce-order.ts')
  return readWooOrder(order, { nowMs: Date.now(), accountUrl: null, isNew: true })
}
