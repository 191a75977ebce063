import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createSite, hmac, type MadeSite, operate } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'
import { CONTEXTS, needsPhp, php, play, SECRETS, SITE, type StandIn, sendJson, shop, standIn } from './play.ts'

const BOSS = { user: 1, users: [{ ID: 1, caps: ['manage_options'] }] }
const TOPICS = ['order', 'product'].flatMap((thing) =>
  ['created', 'updated', 'deleted', 'restored'].map((event) => `${thing}.${event}`),
)
TOPICS.push('customer.created', 'customer.updated', 'customer.deleted')
const ADDRESS = `https://chat.example/v1/hooks/woocommerce/${SITE}`
const put = { call: 'Shopbell\\Webhooks::put' }

describe.skipIf(!php)(`the webhooks${needsPhp}`, () => {
  it('are one a topic, signed with the shared secret, made once', async () => {
    const played = await play(shop({ ...BOSS, steps: [put, put] }))
    expect(played.steps.map(({ result }) => result)).toEqual([11, 11])
    expect(played.webhooks.map(({ topic }) => topic)).toEqual(TOPICS)
    for (const made of played.webhooks) {
      expect(made).toMatchObject({
        status: 'active',
        secret: SECRETS.webhook_secret,
        delivery_url: ADDRESS,
        api_version: 'wp_api_v3',
        user_id: 1,
      })
    }
    expect(played.autoload.shopbell_webhooks).toBe(false)
  })

  it('rest with the plugin and wake with it, but for one that a person disabled', async () => {
    const disable = { call: 'change_webhook', with: [1, { status: 'disabled' }] }
    const steps = [put, disable, { action: 'deactivate' }, { action: 'activate' }]
    const paused = await play(shop({ ...BOSS, steps: steps.slice(0, 3) }))
    expect(paused.webhooks.map(({ status }) => status)).toEqual(['disabled', ...Array(10).fill('paused')])
    expect(paused.flushed).toBe(1)
    const { webhooks } = await play(shop({ ...BOSS, steps }))
    expect(webhooks.map(({ status }) => status)).toEqual(['disabled', ...Array(10).fill('active')])
  })

  it('that fell after too many failures are raised once a day, no others', async () => {
    const disable = (id: number) => ({ call: 'change_webhook', with: [id, { status: 'disabled', failure_count: 6 }] })
    const fell = (id: number) => ({ action: 'woocommerce_webhook_disabled_due_delivery_failures', with: [id] })
    const steps = [put, fell(1), disable(1), disable(2), fell(99), { action: 'shopbell_daily' }]
    const options = { ...shop().options, shopbell_secrets: { webhook_secret: SECRETS.webhook_secret } }
    const { webhooks, options: left } = await play(shop({ ...BOSS, options, steps }))
    expect(webhooks[0]).toMatchObject({ status: 'active', failure_count: 0 })
    expect(webhooks[1]).toMatchObject({ status: 'disabled' })
    expect(left.shopbell_fallen).toBeUndefined()
  })

  it('say a product’s seller where the marketplace does not', async () => {
    const world = {
      ...BOSS,
      marketplace: 'wcfm',
      users: [...BOSS.users, { ID: 12, roles: ['wcfm_vendor'], display_name: 'ann' }],
      posts: { 310: { post_author: 12 }, 311: { post_author: 1 } },
      meta: { 12: { store: 'Oak &amp; Co' } },
    }
    const payload = (id: number, more: object = {}) => ({
      filter: 'woocommerce_webhook_payload',
      with: [{ id, ...more }, 'product', id, 1],
    })
    const others = { ...payload(310), with: [{ id: 310 }, 'product', 310, 99] }
    const failed = { ...payload(310), with: [{ code: 'woocommerce_rest_cannot_view' }, 'product', 310, 1] }
    const steps = [put, payload(310), payload(311), payload(310, { store: { id: 3 } }), others, failed]
    const { steps: done } = await play(shop({ ...world, steps }))
    expect(done.slice(1).map(({ result }) => result)).toEqual([
      { id: 310, store: { id: 12, name: 'Oak & Co', shop_name: 'Oak & Co' } },
      { id: 311 },
      { id: 310, store: { id: 3 } },
      { id: 310 },
      { code: 'woocommerce_rest_cannot_view' },
    ])
  })

  it('say where an order’s page is, which WooCommerce’s own answer leaves out', async () => {
    const answer = { filter: 'woocommerce_rest_prepare_shop_order_object', with: [{ $response: { id: 1500 } }] }
    const steps = [{ ...answer, with: [...answer.with, { $order: 1500 }] }]
    const { steps: done } = await play(shop({ ...BOSS, orders: { 1500: { id: 1500 } }, steps }))
    const page = 'https://shop.example/my-account/view-order/1500/'
    expect(done[0]?.result).toEqual({ data: { id: 1500, shopbell_view_url: page } })
  })

  it('go with the plugin, and everything else that it kept', async () => {
    const steps = [{ action: 'init' }, put, { uninstall: true }]
    const { options, webhooks, events } = await play(shop({ ...BOSS, steps }))
    expect({ options, webhooks, events }).toEqual({ options: {}, webhooks: [], events: [] })
  })
})

describe.skipIf(!php)(`saving the connection${needsPhp}`, () => {
  const save = (post: Record<string, unknown>, more: Record<string, unknown> = {}) =>
    play(shop({ ...BOSS, post, steps: [{ nonce: 'shopbell_save' }, { action: 'admin_post_shopbell_save' }], ...more }))
  const typed = { url: 'https://Chat2.example/', site: SITE, identity_key: 'key_identity02' }

  it('keeps secrets whose field is empty, takes new ones, and never lets WordPress load them with every page', async () => {
    const server_key = `sk_9876543210_${'t'.repeat(43)}`
    const { options, autoload, steps } = await save({ ...typed, server_key, remove: ['admin_secret', 'shopbell'] })
    expect(options.shopbell).toEqual({ ...typed, url: 'https://chat2.example' })
    const { admin_secret, ...others } = SECRETS
    expect(options.shopbell_secrets).toEqual({ ...others, server_key })
    expect(autoload).toMatchObject({ shopbell: true, shopbell_secrets: false })
    expect(steps[1]?.answer?.location).toMatch(/page=shopbell-connection&saved=1$/)
  })

  it.each([
    ['url', 'http://chat.example'],
    ['url', 'https://me:pass@chat.example'],
    ['url', 'javascript:alert(1)'],
    ['site', 'site_<b>'],
    ['identity_key', 'the secret'],
    ['server_key', 'sk_short'],
    ['webhook_secret', 'with&amp;entities0123456789'],
    ['identity_secret', 'two words 0123456789'],
  ])('keeps what was there when %s is %j', async (name, value) => {
    const before = { ...shop().options.shopbell, ...SECRETS } as Record<string, string>
    const { options, steps } = await save({ ...shop().options.shopbell, [name]: value })
    expect({ ...options.shopbell, ...options.shopbell_secrets }[name]).toBe(before[name])
    expect(steps[1]?.answer?.location).toContain(`wrong=${name}`)
  })

  it('takes a Shopbell on the own computer without https', async () => {
    const { options } = await save({ ...typed, url: 'http://localhost:8787/demo/' })
    expect(options.shopbell.url).toBe('http://localhost:8787')
  })

  it('is refused without the nonce, and to those who may not', async () => {
    const forged = await save(typed, { steps: [{ action: 'admin_post_shopbell_save' }] })
    const other = await save(typed, { users: [{ ID: 1, caps: ['manage_woocommerce'] }] })
    for (const { steps, options } of [forged, other]) {
      expect(steps.at(-1)?.answer?.status).toBe(403)
      expect(options).toEqual(shop().options)
    }
  })

  it('sends the webhooks to the new address', async () => {
    const steps = [put, { nonce: 'shopbell_save' }, { action: 'admin_post_shopbell_save' }]
    const { webhooks } = await save(typed, { steps })
    expect(webhooks).toHaveLength(11)
    expect(webhooks[0]?.delivery_url).toBe(`https://chat2.example/v1/hooks/woocommerce/${SITE}`)
  })
})

describe.skipIf(!php)(`the public settings${needsPhp}`, () => {
  let server: StandIn
  afterEach(() => server?.stop())
  const read = { call: 'Shopbell\\Public_Site::context', with: ['order'] }
  const world = (steps: object[], more: object = {}) => ({
    options: { shopbell: { url: server.url, site: SITE }, shopbell_secrets: SECRETS, ...more },
    seconds: 0.5,
    steps,
  })

  it('are asked for once, as a page would, without a key', async () => {
    server = await standIn((_, response) => sendJson(response, { contexts: CONTEXTS }))
    const { steps, autoload } = await play(world([read, read]))
    expect(steps.map(({ result }) => result.label)).toEqual(['Chat about this order', 'Chat about this order'])
    expect(server.asked).toHaveLength(1)
    expect(server.asked[0]).toMatchObject({
      url: `/v1/sites/${SITE}/public`,
      headers: { origin: 'https://shop.example' },
    })
    expect(server.asked[0]?.headers.authorization).toBeUndefined()
    expect(autoload.shopbell_site_last).toBe(false)
  })

  it.each([
    ['answers 500', (response: any) => sendJson(response, {}, 500)],
    ['answers HTML', (response: any) => sendJson(response, '<html>')],
    ['answers too late', () => undefined],
  ])('are the last known while Shopbell %s, and it is not asked by every page', async (_, fault) => {
    server = await standIn((_, response) => fault(response))
    const { steps } = await play(world([read, read], { shopbell_site_last: { contexts: CONTEXTS } }))
    expect(steps.map(({ result }) => result.enabled)).toEqual([true, true])
    expect(server.asked).toHaveLength(1)
  })

  it('are nothing while they were never read, and nothing is shown', async () => {
    server = await standIn((_, response) => sendJson(response, {}, 503))
    const menu = { filter: 'woocommerce_account_menu_items', with: [{ orders: 'Orders' }] }
    const { steps } = await play(world([read, menu]))
    expect(steps.map(({ result }) => result)).toEqual([[], { orders: 'Orders' }])
  })
})

describe.skipIf(!php)(`connecting to the real worker${needsPhp}`, () => {
  let worker: TestWorker
  let site: MadeSite
  beforeAll(async () => {
    worker = await startWorker()
    site = await createSite(worker)
  })
  afterAll(() => worker?.stop())

  const world = (more: object = {}) => ({
    ...BOSS,
    options: {
      shopbell: { url: worker.url, site: site.id, identity_key: site.identity.id },
      shopbell_secrets: { ...SECRETS, identity_secret: site.identity.secret, server_key: site.server.secret },
    },
    ...more,
  })
  const connect = (more: object = {}) => play(world({ steps: [{ call: 'Shopbell\\Connect::steps' }], ...more }))
  const says = (played: Awaited<ReturnType<typeof connect>>) =>
    played.steps[0]?.result as { ok: boolean; says: string }[]
  const api = (path: string, options: object = {}) =>
    worker.call(path, { origin: null, token: site.server.secret, ...options })

  it('goes right through, and tells where the account’s pages are', async () => {
    const played = await connect()
    expect(says(played).filter(({ ok }) => !ok)).toEqual([])
    expect(played.webhooks).toHaveLength(11)
    expect(played.events).toContainEqual({ hook: 'shopbell_send_catalog', arguments: [1, 1], in: expect.any(Number) })
    const { contexts } = (await api('/v1/settings')).body.settings
    expect(contexts.order.accountUrl).toBe('https://shop.example/my-account/order-chats/')
    expect(contexts.product.accountUrl).toBe('https://shop.example/my-account/product-chats/')
  })

  it('makes webhooks whose address takes WooCommerce’s ping and what is signed, and nothing else', async () => {
    const hook = await operate(worker, `/sites/${site.id}/hooks`, { body: { source: 'woocommerce' } })
    const secret: string = hook.body.secret
    const { options } = world()
    const shopbell_secrets = { ...options.shopbell_secrets, webhook_secret: secret }
    const { webhooks } = await connect({ options: { ...options, shopbell_secrets } })
    const send = (body: string, headers: Record<string, string>) =>
      fetch(webhooks[0]?.delivery_url, { method: 'POST', body, headers }).then(({ status }) => status)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(await send('webhook_id=1', form)).toBe(200)
    const body = JSON.stringify({ id: 130, name: 'Bowl' })
    const topic = { 'content-type': 'application/json', 'x-wc-webhook-topic': 'product.updated' }
    const signature = hmac(body, secret).digest('base64')
    expect(await send(body, { ...topic, 'x-wc-webhook-signature': signature })).toBe(200)
    expect(await send(`${body} `, { ...topic, 'x-wc-webhook-signature': signature })).toBe(401)
  })

  it('leaves an address alone that somebody chose', async () => {
    const { version } = (await api('/v1/settings')).body
    const settings = { contexts: { order: { accountUrl: 'https://shop.example/mine/' } } }
    await api('/v1/settings', { method: 'PUT', body: { version, settings } })
    await connect()
    const { contexts } = (await api('/v1/settings')).body.settings
    expect(contexts.order.accountUrl).toBe('https://shop.example/mine/')
  })

  it('says what to do when the shop’s address is not known', async () => {
    const played = await connect({ home: 'https://new.example' })
    expect(says(played)).toEqual([{ ok: false, says: expect.stringContaining('--origin https://new.example') }])
    expect(played.webhooks).toEqual([])
  })

  it('says which key or secret is missing', async () => {
    const { options } = world()
    const played = await connect({
      options: { shopbell: options.shopbell, shopbell_secrets: { server_key: 'sk_wrong' } },
    })
    expect(says(played).map(({ ok }) => ok)).toEqual([true, false, false, false, true])
    expect(played.shown).not.toContain('sk_wrong')
  })

  it('sends sellers, then products, piece by piece', async () => {
    const products = Object.fromEntries(
      Array.from({ length: 130 }, (_, at) => [
        at + 1,
        { id: at + 1, name: `Bowl ${at} &amp; lid`, price: '12.5', image: 3 },
      ]),
    )
    const posts = Object.fromEntries(Object.keys(products).map((id) => [id, { post_author: Number(id) % 2 ? 12 : 1 }]))
    const users = [...BOSS.users, { ID: 12, roles: ['wcfm_vendor'] }]
    const meta = { 12: { store: 'Oak Works' } }
    const send = (page: number) => ({ action: 'shopbell_send_catalog', with: [page, 1] })
    const more = { products, posts, users, meta, marketplace: 'wcfm' }
    const first = await play(world({ ...more, steps: [send(1)] }))
    expect(first.events).toEqual([{ hook: 'shopbell_send_catalog', arguments: [2, 1], in: expect.any(Number) }])
    const second = await play(world({ ...more, steps: [send(2)] }))
    expect(second.events).toEqual([])
    const rows = await worker.env.DB.prepare('SELECT count(*) n FROM products WHERE site = ?1').bind(site.id).first('n')
    expect(rows).toBe(130)
    const guest = await site.guest({ name: 'Gil', email: 'gil@example.com' })
    const started = await worker.call('/v1/chats', {
      token: guest.token,
      body: { context: { type: 'product', id: '1', claim: { title: 'x' } } },
    })
    expect(started.body.chat.seller).toMatchObject({ name: 'Oak Works' })
    expect(started.body.chat.thing).toMatchObject({ title: 'Bowl 0 & lid', price: '$12.50' })
  })

  it('tries a piece again that could not be sent', async () => {
    const options = { ...world().options, shopbell_secrets: { server_key: 'sk_wrong' } }
    const steps = [1, 10].map((tries) => ({ action: 'shopbell_send_catalog', with: [1, tries] }))
    const { events } = await play(world({ options, products: { 1: { id: 1, name: 'Bowl' } }, steps }))
    expect(events).toEqual([{ hook: 'shopbell_send_catalog', arguments: [1, 2], in: expect.any(Number) }])
  })
})

describe.skipIf(!php)(`what the shop runs on${needsPhp}`, () => {
  it('is said once a day with the server key; a Shopbell that does not ask is no fault', async () => {
    const server = await standIn((_, response) => sendJson(response, { code: 'not_found' }, 404))
    const options = { shopbell: { url: server.url, site: SITE }, shopbell_secrets: SECRETS }
    const played = await play({ options, steps: [{ action: 'init' }, { action: 'shopbell_daily' }] })
    await server.stop()
    expect(played.events.map(({ hook }) => hook)).toEqual(['shopbell_daily'])
    expect(server.asked).toMatchObject([
      { method: 'PUT', url: '/v1/shop-versions', headers: { authorization: `Bearer ${SECRETS.server_key}` } },
    ])
    expect(JSON.parse(server.asked[0]?.body ?? '')).toEqual({
      platform: 'wordpress',
      plugin: '0.1.0',
      wordpress: '6.8.1',
      php: expect.stringMatching(/^\d+\.\d+\.\d+/),
      woocommerce: '10.9.1',
    })
  })
})
