import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type CheckId, Diagnostics, SupportSnapshot } from '../../protocol/diagnostics.ts'
import { MIGRATIONS } from '../../worker/db/expected-database.ts'
import { diagnose } from '../../worker/diagnostics/run.ts'
import { forgetSite, loadSite } from '../../worker/sites/load.ts'
import { type MailStandIn, startMailProvider } from '../support/resend.ts'
import { makeSite, type TestSite } from '../support/site.ts'
import { SHOP, startOwnWorker, type TestWorker } from '../support/worker.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const PAGE = `${SHOP}/chats`
const HEALTHY = { general: { chatsPageUrl: PAGE } }
const KEY = 'sk_0123456789abcdef_'.padEnd(63, 'x')

let worker: TestWorker
let provider: MailStandIn
let site: TestSite

beforeAll(async () => {
  provider = await startMailProvider()
  worker = await startOwnWorker(provider.vars)
})
afterAll(() => Promise.all([worker.stop(), provider.stop()]))
beforeEach(async () => {
  site = await makeSite(worker.env.DB, HEALTHY)
  await run("INSERT OR REPLACE INTO deployment (name, value) VALUES ('cron_at', ?)", Date.now())
  await run("DELETE FROM deployment WHERE name = 'cron_failed_at'")
  await seen('', Date.now())
  await seen(PAGE, Date.now())
})

const run = (sql: string, ...values: unknown[]) =>
  worker.env.DB.prepare(sql)
    .bind(...values)
    .run()
const seen = (page: string, at: number, origin = SHOP) =>
  run('INSERT OR REPLACE INTO hellos VALUES (?, ?, ?, ?)', site.id, origin, page, at)

type Env = Parameters<typeof diagnose>[0]

/** All checks, as the worker runs them, with some of its bindings or variables changed. */
async function checksWith(changes: object = {}, now = Date.now()) {
  forgetSite(site.id)
  const env = { ...worker.env, ...provider.vars, ...changes } as unknown as Env
  const found = await diagnose(env, (await loadSite(env, site.id))!, now)
  return (id: CheckId) => found.checks.find((check) => check.id === id)!
}
async function expectState(id: CheckId, state: 'ok' | 'attention' | 'broken', changes: object = {}, says = '') {
  const check = (await checksWith(changes))(id)
  expect(check).toMatchObject({ id, state, says: expect.stringContaining(says) })
  if (state !== 'ok') expect(check.remedy).toMatch(/\.$/)
  return check
}
const failing = () => {
  throw new Error('It does not answer')
}
const staffCall = (path: string, token: string) =>
  worker.call(path, { token, origin: null, headers: { 'Sec-Fetch-Site': 'same-origin' } })

describe('the diagnosis', () => {
  it('is healthy where everything is in order', async () => {
    const { token } = await site.person({ role: 'analyst' })
    const { status, body } = await staffCall('/v1/diagnostics', token)
    expect(status).toBe(200)
    const { state, checks } = Diagnostics.parse(body)
    expect(checks.filter((check) => check.state !== 'ok')).toEqual([])
    expect(state).toBe('healthy')
  })

  it('is as bad as its worst check, and one that fails ends no other', async () => {
    const { token } = await site.person({ role: 'admin' })
    await site.settings({ ...HEALTHY, limits: { enabled: false } })
    await expect
      .poll(async () => (await staffCall('/v1/diagnostics', token)).body.state, { timeout: 20_000 })
      .toBe('needs_attention')
    await run('ALTER TABLE outbox RENAME TO outbox_gone')
    const { state, checks } = Diagnostics.parse((await staffCall('/v1/diagnostics', token)).body)
    await run('ALTER TABLE outbox_gone RENAME TO outbox')
    expect(state).toBe('broken')
    const broken = checks.filter((check) => check.state === 'broken').map(({ id }) => id)
    expect(broken).toEqual(['tables', 'outbox'])
  })

  it('is for owners, admins and analysts', async () => {
    for (const path of ['/v1/diagnostics', '/v1/diagnostics/snapshot']) {
      expect((await staffCall(path, (await site.person({ role: 'owner' })).token)).status).toBe(200)
      expect((await staffCall(path, (await site.person({ role: 'seller' })).token)).status).toBe(403)
      expect((await worker.call(path)).status).toBe(401)
    }
  })
})

describe('the database', () => {
  it('is broken when it does not answer, and needs attention when it is slow', async () => {
    const { DB } = worker.env
    const gone = { prepare: () => ({ bind: failing, first: failing }), batch: failing }
    forgetSite(site.id)
    const loaded = await loadSite(worker.env as unknown as Env, site.id)
    const states = async (db: object) => {
      const env = { ...worker.env, ...provider.vars, DB: db } as unknown as Env
      return (await diagnose(env, loaded!, Date.now())).checks.find(({ id }) => id === 'database')
    }
    expect(await states(gone)).toMatchObject({ state: 'broken', says: 'The database does not answer.' })
    const slowly = async () => new Promise((resolve) => setTimeout(resolve, 1100))
    const slow = {
      ...gone,
      prepare: (sql: string) => (sql.includes('FROM sites') ? { first: slowly } : DB.prepare(sql)),
    }
    expect(await states(slow)).toMatchObject({ state: 'attention', says: expect.stringContaining('slowly') })
  })

  it('that does not answer is said to staff, though nobody can look up their session, and to nobody else', async () => {
    const office = 'https://office.example'
    const [analyst, seller] = [await site.person({ role: 'analyst' }), await site.person({ role: 'seller' })]
    const rename = (from: string, to: string) => run(`ALTER TABLE ${from} RENAME TO ${to}`)
    const ask = (token: string | undefined) => worker.call('/v1/diagnostics', { token, origin: office })
    await rename('sites', 'sites_gone')
    await rename('site_origins', 'origins_gone')
    try {
      const { status, body, headers } = await ask(analyst.token)
      expect(status).toBe(200)
      const { state, checks } = Diagnostics.parse(body)
      expect(state).toBe('broken')
      expect(checks).toMatchObject([
        { id: 'database', state: 'broken', remedy: expect.stringContaining('Cloudflare dashboard') },
      ])
      // A page elsewhere reads that too, rather than see its network fail.
      expect(headers.get('Access-Control-Allow-Origin')).toBe(office)
      expect((await ask(seller.token)).status).toBe(500)
      expect((await ask(undefined)).status).toBe(401)
      expect((await ask(`${analyst.token}x`)).status).toBe(401)
    } finally {
      await rename('sites_gone', 'sites')
      await rename('origins_gone', 'site_origins')
    }
    expect(
      (await worker.call('/v1/diagnostics', { token: analyst.token, origin: 'https://thief.example' })).status,
    ).toBe(403)
    expect((await staffCall('/v1/diagnostics', analyst.token)).body.state).toBe('healthy')
  })

  it('lacks changes, or has some that this worker does not know', async () => {
    await run('DELETE FROM d1_migrations WHERE name = ?', MIGRATIONS[1])
    await expectState('migrations', 'broken', {}, MIGRATIONS[1])
    await run('INSERT INTO d1_migrations (name) VALUES (?)', MIGRATIONS[1])
    await run("INSERT INTO d1_migrations (name) VALUES ('9999_later.sql')")
    await expectState('migrations', 'attention', {}, '9999_later.sql')
    await run("DELETE FROM d1_migrations WHERE name = '9999_later.sql'")
    await expectState('migrations', 'ok')
  })

  it.each([
    ['table', 'shop_versions', 'broken'],
    ['trigger', 'chats_counted', 'broken'],
    ['index', 'chats_seller', 'attention'],
  ] as const)('misses a %s', async (type, name, state) => {
    const made = await worker.env.DB.prepare('SELECT sql FROM sqlite_master WHERE name = ?')
      .bind(name)
      .first<string>('sql')
    await run(`DROP ${type} ${name}`)
    await expectState('tables', state, {}, name)
    await run(made!)
    await expectState('tables', 'ok')
  })

  it('misses a column', async () => {
    await run('ALTER TABLE posts RENAME COLUMN picture TO image')
    await expectState('tables', 'broken', {}, 'posts.picture')
    await run('ALTER TABLE posts RENAME COLUMN image TO picture')
  })
})

describe('the platform', () => {
  it('has objects that do not answer', async () => {
    for (const binding of ['CHAT_ROOM', 'INBOX', 'MAILER'])
      await expectState('live_updates', 'broken', { [binding]: { getByName: failing } })
  })

  it('has a bucket that does not write, or does not delete', async () => {
    await expectState('file_storage', 'broken', { FILES: { put: failing } })
    const kept: Record<string, string> = {}
    const keeps = {
      put: async (key: string, value: string) => (kept[key] = value),
      get: async (key: string) => ({ text: async () => kept[key] }),
      delete: async () => undefined,
      head: async () => ({}),
    }
    await expectState('file_storage', 'broken', { FILES: keeps })
    expect((await worker.env.FILES.list({ prefix: 'diagnostics/' })).objects).toEqual([])
  })

  it('has background jobs that never ran, are late, or fail', async () => {
    const ranAgo = (ms: number) => run("UPDATE deployment SET value = ? WHERE name = 'cron_at'", Date.now() - ms)
    await ranAgo(20 * MINUTE)
    await expectState('background_jobs', 'broken', {}, '20 minutes ago')
    await ranAgo(6 * MINUTE)
    await expectState('background_jobs', 'attention', {}, 'late')
    await ranAgo(0)
    await run("INSERT INTO deployment VALUES ('cron_failed_at', ?)", Date.now() - MINUTE)
    await expectState('background_jobs', 'attention', {}, 'failed')
    await run("DELETE FROM deployment WHERE name LIKE 'cron%'")
    await expectState('background_jobs', 'broken', {}, 'never')
    await expectState('background_jobs', 'ok', { RESEND_API_KEY: undefined, DEV_MAILBOX: 'on' })
  })

  it('notes each run of the background jobs', async () => {
    await run("DELETE FROM deployment WHERE name LIKE 'cron%'")
    await worker.handle.scheduled({ cron: '* * * * *' })
    await expectState('background_jobs', 'ok')
  })

  it('has clocks that differ', async () => {
    const ahead = (ms: number) => ({ CHAT_ROOM: { getByName: () => ({ clock: async () => Date.now() + ms }) } })
    await expectState('clock', 'broken', ahead(5 * MINUTE), 'minutes')
    await expectState('clock', 'attention', ahead(-40_000), 'seconds')
    await expectState('clock', 'ok', ahead(0))
  })
})

describe('mail', () => {
  const mail = (id: string, state: string, dueAt: number, doneAt: number | null) =>
    run(
      `INSERT INTO outbox (id, site, kind, recipient, state, rank, created_at, due_at, expires_at, done_at)
       VALUES (?, ?, 'new_message', 'usr_a', ?, 9, 0, ?, ?, ?)`,
      id,
      site.id,
      state,
      dueAt,
      Date.now() + DAY,
      doneAt,
    )

  it('has no provider, a key that is refused, or a provider that does not answer', async () => {
    await expectState('mail_provider', 'attention', { RESEND_API_KEY: undefined }, 'No mail goes out')
    await expectState('mail_provider', 'broken', { RESEND_API_KEY: 're_wrong' }, 'refuses the key')
    await expectState('mail_provider', 'attention', { RESEND_BASE_URL: 'http://127.0.0.1:9' }, 'does not answer')
    await expectState('mail_provider', 'ok', { RESEND_API_KEY: undefined, DEV_MAILBOX: 'on' }, '/dev/mail')
  })

  it('has a sender whose domain is not known, not verified, or not one', async () => {
    const from = (address: string) => ({ MAIL_FROM: address })
    await expectState('sender_domain', 'broken', from('chat@other.example'), 'does not know other.example')
    await expectState('sender_domain', 'attention', from('onboarding@resend.dev'), 'trying out')
    await expectState('sender_domain', 'broken', from('nobody'), 'not a mail address')
    provider.domains = [{ name: 'mail.example', status: 'pending' }]
    await expectState('sender_domain', 'broken', {}, 'not verified (pending)')
    provider.domains = [{ name: 'mail.example', status: 'verified' }]
    await expectState('sender_domain', 'ok', from('"Wool, & Co" <hello@MAIL.example>'))
  })

  it('has a sender whose domain cannot be looked at with a key that only sends, until a mail went out', async () => {
    provider.domains = 'sending only'
    await expectState('sender_domain', 'attention', {}, 'mail.example is verified cannot be checked with this key')
    await expectState('mail_provider', 'ok')
    await mail('mail_went', 'sent', 0, Date.now() - DAY)
    const { remedy } = await expectState('sender_domain', 'ok', {}, '1 mail went out in the last week')
    expect(remedy).toContain('full access')
    provider.domains = [{ name: 'mail.example', status: 'verified' }]
  })

  it('waits too long, or could not be sent', async () => {
    await mail('mail_late', 'queued', Date.now() - 15 * MINUTE, null)
    await expectState('outbox', 'attention', {}, '1 mail wait')
    await mail('mail_later', 'queued', Date.now() - 120 * MINUTE, null)
    await expectState('outbox', 'broken', {}, 'the oldest for 2 hours')
    await run('DELETE FROM outbox WHERE site = ?', site.id)
    await mail('mail_dead', 'dead', 0, Date.now() - DAY)
    await expectState('outbox', 'attention', {}, '1 mail of the last week')
    await run('DELETE FROM outbox WHERE site = ?', site.id)
    await expectState('outbox', 'ok')
  })

  it('is to be answered at an address that is none, or without hearing of bounces', async () => {
    await expectState('replies_by_mail', 'ok', {}, 'Off')
    await expectState('replies_by_mail', 'broken', { MAIL_REPLY_DOMAIN: 'reply' })
    await expectState('replies_by_mail', 'attention', { MAIL_REPLY_DOMAIN: 'reply.shop.example' }, 'bounce')
    const whole = { MAIL_REPLY_DOMAIN: 'chat@shop.example', RESEND_WEBHOOK_SECRET: 'whsec_x' }
    await expectState('replies_by_mail', 'ok', whole)
  })

  it('and notifications of browsers lead nowhere without an address, or to one that is not protected', async () => {
    await expectState('web_push', 'attention', { SHOPBELL_URL: undefined })
    await expectState('web_push', 'broken', { SHOPBELL_URL: 'http://chat.example' })
    await expectState('web_push', 'ok', { SHOPBELL_URL: 'http://localhost:8787' })
  })
})

describe('webhooks', () => {
  const key = (use = 'woocommerce') =>
    run(
      'INSERT INTO site_keys (id, site, use, secret, created_at) VALUES (?, ?, ?, ?, 0)',
      `key_${site.id}${use}`,
      site.id,
      use,
      'x',
    )
  const count = (outcome: string, ago: number) =>
    run("INSERT OR REPLACE INTO hook_counts VALUES (?, 'woocommerce', ?, 1, ?)", site.id, outcome, Date.now() - ago)

  it('are wanted where chats about orders are on, and nobody tells of any', async () => {
    await expectState('webhooks', 'ok', {}, 'None')
    await site.settings({ ...HEALTHY, contexts: { order: { enabled: true } } })
    await expectState('webhooks', 'attention', {}, 'nobody tells us of orders')
  })

  it('have not come, came long ago, or are refused', async () => {
    await key()
    await expectState('webhooks', 'attention', {}, 'WooCommerce has not sent anything yet')
    await count('ping', 9 * DAY)
    await expectState('webhooks', 'attention', {}, '9 days ago')
    await count('ping', MINUTE)
    await expectState('webhooks', 'ok')
    await count('refused', 10_000)
    await expectState('webhooks', 'broken', {}, 'the signature does not fit')
    await key('shopify')
    await expectState('webhooks', 'broken', {}, 'WooCommerce')
    await count('ping', 0)
    await expectState('webhooks', 'attention', {}, 'Shopify has not sent anything yet')
  })

  it('bring what cannot be worked on, or a shop cannot be asked', async () => {
    await key()
    await run(
      "INSERT INTO hook_events VALUES (?, 'woocommerce', 'k', '', ?, ?, NULL, 4)",
      site.id,
      Date.now() - MINUTE,
      Date.now() + MINUTE,
    )
    await expectState('webhooks', 'attention', {}, '1 of WooCommerce’s deliveries')
    await run('UPDATE hook_events SET done_at = 1 WHERE site = ?', site.id)
    await run(
      "INSERT INTO shop_sources (site, source, address, trouble) VALUES (?, 'woocommerce', 'x', 'no answer')",
      site.id,
    )
    await expectState('webhooks', 'attention', {}, 'could not be asked')
  })
})

describe('the shop', () => {
  it('has no address, or one that is not protected', async () => {
    await run('UPDATE site_origins SET origin = ? WHERE site = ?', 'http://shop.example', site.id)
    await expectState('origins', 'attention', {}, 'http://shop.example')
    await run('DELETE FROM site_origins WHERE site = ?', site.id)
    await expectState('origins', 'broken')
  })

  const list = (origin: string, at = 0) =>
    run("INSERT INTO site_origins (site, origin, use, created_at) VALUES (?, ?, 'shop', ?)", site.id, origin, at)

  it('has not loaded the script, or not for long, or somewhere else', async () => {
    await seen('', Date.now() - 8 * DAY)
    await expectState('script', 'attention', {}, '8 days ago')
    await run('DELETE FROM hellos WHERE site = ?', site.id)
    await seen('', Date.now(), 'https://gone.example')
    await expectState('script', 'attention', {}, 'No page')
  })

  it('has to load the script at each of its addresses', async () => {
    const other = 'https://wool.example'
    await list(other)
    const check = await expectState('script', 'attention', {}, `No page at ${other} has loaded it yet.`)
    expect(check).toMatchObject({ field: 'install.origins', says: expect.not.stringContaining(SHOP) })
    await seen('', Date.now() - 9 * DAY, other)
    await expectState('script', 'attention', {}, `It was loaded last 9 days ago at ${other}.`)
    await seen('', Date.now() - 2 * DAY, other)
    await expectState('script', 'ok', {}, `Loaded at ${SHOP} within the last hour, at ${other} within the last 2 days.`)
  })

  it('may have an address that leads to the same one with www., or from it', async () => {
    await list(SHOP.replace('://', '://www.'))
    await expectState('script', 'ok')
    await run('DELETE FROM hellos WHERE site = ? AND page = ?', site.id, '')
    await seen('', Date.now(), SHOP.replace('://', '://www.'))
    await expectState('script', 'ok')
  })

  it('is asked about the address that was listed last by whoever waits for that', async () => {
    const { token } = await site.person({ role: 'analyst' })
    const awaited = async () => (await staffCall('/v1/diagnostics?only=script', token)).body.checks[0]
    const fresh = 'https://fresh.example'
    expect(await awaited()).toMatchObject({ state: 'ok', says: expect.stringContaining(SHOP) })
    await list(fresh, Date.now() + DAY)
    expect(await awaited()).toMatchObject({ state: 'attention', says: 'No page of the shop has loaded it yet.' })
    await seen('', Date.now(), fresh)
    expect(await awaited()).toMatchObject({ state: 'ok', says: `Loaded at ${fresh} within the last hour.` })
    await run('DELETE FROM hellos WHERE site = ? AND origin = ?', site.id, SHOP)
    expect(await awaited()).toMatchObject({ state: 'ok' })
    await list('https://older.example')
    expect(await awaited()).toMatchObject({ state: 'ok' })
  })

  it('is heard of by the first page that loads the script, and then once an hour', async () => {
    await run('DELETE FROM hellos WHERE site = ?', site.id)
    const { token } = await site.person({ role: 'analyst' })
    const script = async () => (await staffCall('/v1/diagnostics?only=script', token)).body
    const load = () => worker.call(`/v1/sites/${site.id}/public`)
    expect(await script()).toMatchObject({ state: 'needs_attention', checks: [{ id: 'script', state: 'attention' }] })
    await load()
    await expect.poll(async () => (await script()).state).toBe('healthy')
    await run('UPDATE hellos SET seen_at = 5 WHERE site = ?', site.id)
    await load()
    expect((await script()).state).toBe('needs_attention')
  })

  it('is heard of at our own address too, where a shop shares it, but never by our own pages', async () => {
    await run('DELETE FROM hellos WHERE site = ?', site.id)
    await list(worker.url)
    const load = (headers: Record<string, string>) =>
      worker.call(`/v1/sites/${site.id}/public`, {
        origin: null,
        headers: { 'Sec-Fetch-Site': 'same-origin', ...headers },
      })
    const seenAt = async () => (await run('SELECT origin FROM hellos WHERE site = ?', site.id)).results
    // The hosted pages keep their address to themselves.
    expect((await load({})).status).toBe(200)
    expect((await load({ Referer: 'https://elsewhere.example/a' })).status).toBe(200)
    expect((await load({ Referer: 'no address' })).status).toBe(200)
    expect(await seenAt()).toEqual([])
    expect((await load({ Referer: `${worker.url}/products/walnut-bowl` })).status).toBe(200)
    await expect.poll(seenAt).toEqual([{ origin: worker.url }])
    await run('DELETE FROM site_origins WHERE site = ? AND origin = ?', site.id, worker.url)
  })

  it('says what it runs on, by its server key', async () => {
    const key = KEY.replace('0123456789abcdef', site.id.slice(-16).replaceAll('_', '0').replaceAll('-', '0'))
    const id = `key_${key.slice(3, 19)}`
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))).toString('hex')
    await run(
      "INSERT INTO site_keys (id, site, use, secret, created_at) VALUES (?, ?, 'server', ?, 0)",
      id,
      site.id,
      hash,
    )
    const tell = (body: object) =>
      worker.call('/v1/shop-versions', {
        method: 'PUT',
        origin: null,
        token: key,
        body: { platform: 'wordpress', ...body },
      })
    expect((await tell({ plugin: '0.1.0', php: '8.3.1', woocommerce: '9.4.0' })).status).toBe(204)
    await expectState('versions', 'ok', {}, 'wordpress')
    expect((await tell({ plugin: '0.0.9' })).status).toBe(204)
    await expectState('versions', 'attention', {}, '0.0.9')
    await run('UPDATE shop_versions SET told_at = ? WHERE site = ?', Date.now() - 4 * DAY, site.id)
    await expectState('versions', 'attention', {}, '4 days ago')
    for (const wrong of [{ php: '<b>' }, { owner: 'Ann' }, { platform: 'Ann Smith' }])
      expect((await tell(wrong)).status).toBe(422)
    expect((await worker.call('/v1/shop-versions', { method: 'PUT', body: {}, origin: null })).status).toBe(401)
  })
})

describe('a context', () => {
  const order = { enabled: true, pageUrl: PAGE }

  it('of orders that nobody can begin is broken', async () => {
    await site.settings({ ...HEALTHY, contexts: { order: { ...order, button: false, createAutomatically: false } } })
    expect(await expectState('context_order', 'broken')).toMatchObject({ field: 'contexts.order.button' })
    await site.settings({ ...HEALTHY, contexts: { order: { ...order, button: false } } })
    await expectState('context_order', 'ok')
  })

  it.each([
    ['context_product', {}],
    ['context_order', { order: { enabled: true } }],
    ['context_post', { post: { enabled: true } }],
  ] as const)('%s needs no page: there is the hosted inbox', async (id, contexts) => {
    await site.settings({ contexts })
    await expectState(id, 'ok', {}, 'Links lead to the hosted inbox.')
  })

  it.each(['product', 'order'] as const)('of a %s that is read in the account needs its address', async (context) => {
    await site.settings({ contexts: { [context]: { enabled: true, routing: 'account' } } })
    const field = `contexts.${context}.accountUrl`
    expect(await expectState(`context_${context}`, 'attention', {}, 'in the customer’s account')).toMatchObject({
      field,
    })
  })

  it('has a page elsewhere, or one without My Chats', async () => {
    const product = (pageUrl: string) => site.settings({ contexts: { product: { pageUrl } } })
    await product('https://elsewhere.example/chats')
    await expectState('context_product', 'broken', {}, 'https://elsewhere.example/chats')
    await product(`${SHOP}/other`)
    await expectState('context_product', 'attention', {}, 'has not been seen')
    await seen(`${SHOP}/other`, Date.now() - 31 * DAY)
    await expectState('context_product', 'attention', {}, 'more than 30 days')
    await site.settings({ contexts: { product: { enabled: false } } })
    await expectState('context_product', 'ok', {}, 'Off')
  })

  it('hears of My Chats on the pages that its settings name, and of no other', async () => {
    await run('DELETE FROM hellos WHERE site = ?', site.id)
    await site.settings({
      general: { chatsPageUrl: `${PAGE}/` },
      contexts: {
        post: { pageUrl: `${SHOP}/?page_id=7` },
        order: { routing: 'account', accountUrl: `${SHOP}/account` },
      },
    })
    const hello = (page: string, origin = SHOP) =>
      worker.call(`/v1/sites/${site.id}/hello?page=${encodeURIComponent(page)}`, { method: 'POST', origin })
    const pages = async () => {
      const { results } = await run('SELECT page FROM hellos WHERE site = ? ORDER BY page', site.id)
      return results.map(({ page }) => page)
    }
    for (const page of [`${SHOP}/`, `${SHOP}/chatsroom`, `${SHOP}/accounts`, 'https://thief.example/chats'])
      expect((await hello(page)).status).toBe(204)
    expect(await pages()).toEqual([])
    for (const page of [`${PAGE}?utm=1`, `${SHOP}/?page_id=7&lang=de`, `${SHOP}/account/order-chats/`])
      expect((await hello(page)).status).toBe(204)
    expect(await pages()).toEqual([`${SHOP}/?page_id=7`, `${SHOP}/account`, `${PAGE}/`])
    expect((await hello(PAGE, 'https://thief.example')).status).toBe(403)
    expect((await hello('javascript:alert(1)')).status).toBe(422)
  })
})

describe('limits', () => {
  it.each([
    ['limits.enabled', { enabled: false }, 'off'],
    ['limits.messagesPerWindow', { messagesPerWindow: 1000, messageWindowSec: 10 }, 'holds no flood back'],
    ['limits.messagesPerWindow', { messagesPerWindow: 5, messageWindowSec: 3600 }, 'held up'],
    ['limits.burstPerChat', { burstPerChat: 500 }, 'never counts'],
    [
      'limits.chatsPerWindow',
      { chatsPerWindow: 100, chatWindowSec: 60 },
      '100 chats in 1 minute, which holds no flood',
    ],
    ['limits.chatsPerWindow', { chatsPerWindow: 1, chatWindowSec: 86_400 }, '1 chat in 1 day: whoever asks'],
  ])('are not sane: %s', async (field, limits, says) => {
    await site.settings({ ...HEALTHY, limits })
    expect(await expectState('limits', 'attention', {}, says)).toMatchObject({ field })
  })

  it.each([
    ['few chats in a short while', { chatsPerWindow: 2, chatWindowSec: 600 }],
    ['many chats in a long one', { chatsPerWindow: 20, chatWindowSec: 86_400 }],
  ])('are sane: %s', async (_, limits) => {
    await site.settings({ ...HEALTHY, limits })
    await expectState('limits', 'ok')
  })
})

it('puts nothing into the support snapshot that is somebody’s own', async () => {
  const canary = 'canary'
  const mail = `${canary}@people.example`
  await site.settings({
    general: { chatsPageUrl: `${SHOP}/${canary}` },
    brand: { name: canary },
    privacy: { placeholder: canary },
    contexts: { order: { enabled: true, starterMessage: canary, pageUrl: `https://${canary}.example/` } },
    notifications: { newMessage: { subject: canary, body: canary } },
  })
  await site.seller(canary, `${canary} seller`)
  const ann = await site.person({ name: `${canary} Ann` })
  await run('UPDATE users SET email = ? WHERE id = ?', mail, ann.id)
  await run('UPDATE sites SET name = ? WHERE id = ?', canary, site.id)
  await site.product(canary, { seller: canary, title: canary })
  const about = {
    context: { type: 'product', id: canary },
    message: { clientId: `${canary}-1`, body: `${canary} words` },
  }
  expect((await worker.call('/v1/chats', { token: ann.token, body: about })).status).toBe(201)
  await run(
    "INSERT INTO site_keys (id, site, use, secret, created_at) VALUES (?, ?, 'woocommerce', ?, 0)",
    `key_${canary}`,
    site.id,
    canary,
  )
  await run(
    "INSERT INTO shop_sources (site, source, address, trouble) VALUES (?, 'woocommerce', ?, ?)",
    site.id,
    `https://${canary}.example`,
    canary,
  )
  await run("INSERT INTO hellos VALUES (?, ?, '', ?)", site.id, `https://${canary}.example`, Date.now())
  await run(
    `INSERT INTO outbox (id, site, kind, recipient, email, payload, state, rank, created_at, due_at, expires_at, reason, done_at)
     VALUES ('mail_canary', ?, 'code', ?, ?, ?, 'dead', 9, 0, 0, 0, ?, ?)`,
    ...[site.id, mail, mail, `{"code":"${canary}"}`, `422 ${mail}`, Date.now()],
  )
  await run('INSERT INTO shop_versions VALUES (?, ?, ?)', site.id, '{"platform":"wordpress","php":"8.3.1"}', Date.now())

  const { token } = await site.person({ role: 'analyst', name: canary })
  const { status, body } = await staffCall('/v1/diagnostics/snapshot', token)
  expect(status).toBe(200)
  const snapshot = SupportSnapshot.parse(body)
  expect(snapshot).toMatchObject({
    versions: { shopbell: expect.any(String), platform: 'wordpress', php: '8.3.1' },
    contexts: ['product', 'order'],
    range: { zone: 'UTC' },
    analytics: { chats: 1, messages: 1, active: 1, unanswered: 1 },
    diagnostics: { state: expect.any(String) },
  })
  expect(snapshot.diagnostics.checks).toHaveLength(20)
  const text = JSON.stringify(body)
  for (const secret of [canary, 'shop.example', 'people.example', site.id, ann.id, token])
    expect(text).not.toContain(secret)
})
