import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Assertion } from '../../protocol/sessions.ts'
import { createSite, type MadeSite, operate } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'
import { needsPhp, type Played, php, play, SECRETS, SITE, shop } from './play.ts'

const OWN_PAGE = { HTTP_SEC_FETCH_SITE: 'same-origin' }
const ADA = { ID: 7, display_name: 'Ada Sample', user_email: 'ada@example.com', roles: ['customer'] }
const ASK = [{ action: 'wp_ajax_shopbell_identity' }]
const seconds = () => Math.floor(Date.now() / 1000)

const answerOf = ({ steps }: Played) => steps.at(-1)?.answer
const claimsOf = (played: Played) => {
  const [, claims = ''] = answerOf(played)?.body.assertion.split('.') ?? []
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}
/** Somebody asks who they are. */
const ask = (user: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  play(shop({ user: user.ID, users: [user], server: OWN_PAGE, steps: ASK, ...more }))

describe.skipIf(!php)(`the identity of a WordPress user${needsPhp}`, () => {
  it('is a JWT that node verifies and the protocol takes, good for five minutes', async () => {
    const played = await ask(ADA)
    const { assertion } = answerOf(played)?.body ?? {}
    const [head, claims, signature] = assertion.split('.')
    expect(createHmac('sha256', SECRETS.identity_secret).update(`${head}.${claims}`).digest('base64url')).toBe(
      signature,
    )
    expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
      alg: 'HS256',
      typ: 'JWT',
      kid: 'key_identity01',
    })
    const said = claimsOf(played)
    expect(said).toEqual({
      iss: SITE,
      aud: 'shopbell',
      sub: '7',
      iat: expect.any(Number),
      exp: said.iat + 300,
      name: 'Ada Sample',
      email: 'ada@example.com',
      orders: [],
    })
    expect(Math.abs(said.iat - seconds())).toBeLessThan(10)
    expect(Assertion.parse(said)).toMatchObject({ role: 'customer', name: 'Ada Sample' })
  })

  it('is no one’s for a guest, and for a shop without the key', async () => {
    const guest = await play(shop({ server: OWN_PAGE, steps: [{ action: 'wp_ajax_nopriv_shopbell_identity' }] }))
    expect(answerOf(guest)).toEqual({ status: 204, body: '' })
    const keyless = await ask(ADA, { options: { shopbell: { url: 'https://chat.example', site: SITE } } })
    expect(answerOf(keyless)).toEqual({ status: 204, body: '' })
  })

  it('is never kept and never another origin’s', async () => {
    const { headers } = await ask(ADA)
    const said = (name: string) => headers.filter((header) => header.startsWith(`${name}: `))
    // WordPress says it twice; the last one counts.
    expect(new Set(said('Cache-Control'))).toEqual(new Set(['Cache-Control: no-store, private']))
    expect(said('Vary')).toEqual(['Vary: Cookie, Sec-Fetch-Site'])
    expect(headers).toContain('-Access-Control-Allow-Origin')
    expect(headers).toContain('-Access-Control-Allow-Credentials')
  })

  it.each([
    ['a page of the shop', OWN_PAGE, 200],
    ['another site', { HTTP_SEC_FETCH_SITE: 'cross-site' }, 403],
    ['another host of the shop', { HTTP_SEC_FETCH_SITE: 'same-site' }, 403],
    ['an address typed in', { HTTP_SEC_FETCH_SITE: 'none' }, 403],
    ['an old browser on the shop', {}, 200],
    ['an old browser elsewhere', { HTTP_ORIGIN: 'https://evil.example' }, 403],
    ['the shop without https', { HTTP_ORIGIN: 'http://shop.example' }, 403],
  ])('answers %s accordingly', async (_, server, status) => {
    expect(answerOf(await ask(ADA, { server }))?.status).toBe(status)
  })

  it.each([
    ['an address instead of a name', 'ada@example.com', undefined],
    ['markup', '<b onclick="x">Ada</b> & Co', 'Ada & Co'],
    ['line breaks and turned text', 'Ada\r\n\u202eSample\u2066', 'Ada Sample'],
    ['quotes', 'Ada "\\" O’Hara', 'Ada "\\" O’Hara'],
    ['joiners that Persian needs', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a hundred characters', 'x'.repeat(100), 'x'.repeat(64)],
    ['characters that browsers count twice', '😀'.repeat(50), '😀'.repeat(32)],
    ['nothing', '', undefined],
  ])('takes %s for a name well', async (_, display_name, name) => {
    const said = claimsOf(await ask({ ...ADA, display_name }))
    expect(said.name).toBe(name)
    expect(Assertion.parse(said).name).toBe(name)
  })

  it('names the 50 newest orders of the user, as text', async () => {
    const orders = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [at + 1000, { id: at + 1000, customer: at === 59 ? 8 : 7 }]),
    )
    const played = await ask(ADA, { orders })
    const { orders: said } = claimsOf(played)
    expect(said).toHaveLength(50)
    expect(said[0]).toBe('1058')
    expect(said).not.toContain('1059')
    expect(played.queries[0]).toMatchObject({ customer_id: 7, limit: 50, type: 'shop_order', return: 'ids' })
  })

  it('does without WooCommerce', async () => {
    expect(claimsOf(await ask(ADA, { woocommerce: false })).orders).toEqual([])
  })

  describe('for sellers', () => {
    const selling = { dokan_enable_selling: 'yes' }
    const role = async (user: Record<string, unknown>, more: Record<string, unknown>) => {
      const { role, sellers } = claimsOf(await ask(user, more))
      return { role, sellers }
    }
    const seller = (id: string) => ({ role: 'seller', sellers: [id] })
    const customer = { role: undefined, sellers: undefined }

    it.each([
      ['a Dokan vendor', { ...ADA, caps: ['dokandar'] }, { 7: selling }, seller('7')],
      ['a Dokan vendor not let in yet', { ...ADA, caps: ['dokandar'] }, {}, customer],
      ['an admin, whom Dokan lets sell', { ...ADA, caps: ['dokandar', 'manage_woocommerce'] }, {}, customer],
      ['a customer of Dokan', ADA, { 7: selling }, customer],
    ])('%s', async (_, user, meta, expected) => {
      expect(await role(user, { marketplace: 'dokan', meta })).toEqual(expected)
    })

    it('answers for the vendor that employs them', async () => {
      const vendor = { ID: 12, caps: ['dokandar'] }
      const staff = { ...ADA, caps: ['vendor_staff'] }
      const meta = { 7: { _vendor_id: '12' }, 12: selling }
      expect(await role(staff, { marketplace: 'dokan', users: [staff, vendor], meta })).toEqual(seller('12'))
      const wcfm = { ...ADA, roles: ['shop_staff'] }
      const users = [wcfm, { ID: 12, roles: ['wcfm_vendor'] }]
      expect(await role(wcfm, { marketplace: 'wcfm', users, meta: { 7: { _wcfm_vendor: '12' } } })).toEqual(
        seller('12'),
      )
    })

    it('knows WCFM’s vendors', async () => {
      expect(await role({ ...ADA, roles: ['wcfm_vendor'] }, { marketplace: 'wcfm' })).toEqual(seller('7'))
      expect(await role(ADA, { marketplace: 'wcfm' })).toEqual(customer)
    })

    it('are the shop’s managers only where the shop says so', async () => {
      const boss = { ...ADA, caps: ['manage_woocommerce'] }
      expect(await role(boss, {})).toEqual(customer)
      const options = { ...shop().options, shopbell: { ...shop().options.shopbell, managers_answer: '1' } }
      expect(await role(boss, { options })).toEqual(seller('shop'))
      expect(await role(ADA, { options })).toEqual(customer)
    })
  })

  it('can have its key in wp-config.php', async () => {
    const constants = { SHOPBELL_IDENTITY_SECRET: 'another-secret-of-wp-config' }
    const [head, claims, signature] = answerOf(await ask(ADA, { constants }))?.body.assertion.split('.') ?? []
    const made = createHmac('sha256', constants.SHOPBELL_IDENTITY_SECRET).update(`${head}.${claims}`)
    expect(made.digest('base64url')).toBe(signature)
  })
})

describe.skipIf(!php)(`the panel’s identity in the dashboard${needsPhp}`, () => {
  const boss = { ...ADA, caps: ['manage_options'] }
  const STEPS = [{ nonce: 'shopbell_admin_assertion' }, { action: 'wp_ajax_shopbell_admin_assertion' }]

  it('is an admin for a minute, by the admin key', async () => {
    const played = await ask(boss, { steps: STEPS })
    const [head, claims, signature] = answerOf(played)?.body.assertion.split('.') ?? []
    expect(createHmac('sha256', SECRETS.admin_secret).update(`${head}.${claims}`).digest('base64url')).toBe(signature)
    const said = claimsOf(played)
    expect(said).toMatchObject({ role: 'admin', sub: '7', exp: said.iat + 60 })
    expect(JSON.parse(Buffer.from(head, 'base64url').toString()).kid).toBe('key_admin000001')
  })

  it.each([
    ['a customer', ADA, STEPS, OWN_PAGE],
    ['a vendor', { ...ADA, caps: ['dokandar', 'edit_posts'] }, STEPS, OWN_PAGE],
    ['a page without the nonce', boss, STEPS.slice(1), OWN_PAGE],
    ['another site', boss, STEPS, { HTTP_SEC_FETCH_SITE: 'cross-site' }],
  ])('is refused to %s', async (_, user, steps, server) => {
    expect(answerOf(await ask(user, { steps, server }))?.status).toBe(403)
  })
})

describe.skipIf(!php)(`at the real worker, what the plugin signs${needsPhp}`, () => {
  let worker: TestWorker
  let site: MadeSite
  beforeAll(async () => {
    worker = await startWorker()
    site = await createSite(worker)
    const body = { origin: 'https://shop.example', use: 'admin' }
    await operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body })
  })
  afterAll(() => worker?.stop())

  const options = () => ({
    shopbell: { url: worker.url, site: site.id, identity_key: site.identity.id, admin_key: site.admin.id },
    shopbell_secrets: { identity_secret: site.identity.secret, admin_secret: site.admin.secret },
  })
  const signIn = async (user: Record<string, unknown>, more: object = {}) => {
    const { assertion } = answerOf(await ask(user, { options: options(), ...more }))?.body ?? {}
    return site.open({ assertion })
  }

  it('signs a customer in', async () => {
    const { status, body } = await signIn(ADA, { orders: { 1500: { id: 1500, customer: 7 } } })
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ role: 'customer', name: 'Ada Sample', email: 'ada@example.com', sellers: [] })
  })

  it('seats a vendor at their desk', async () => {
    const sellers = [{ id: '9', name: 'Oak Works', members: [] }]
    await worker.call('/v1/sellers', { method: 'PUT', origin: null, token: site.server.secret, body: { sellers } })
    const vendor = { ...ADA, ID: 9, roles: ['wcfm_vendor'] }
    const { body } = await signIn(vendor, { marketplace: 'wcfm' })
    expect(body.user).toMatchObject({ role: 'seller', sellers: [{ id: '9', name: 'Oak Works' }] })
  })

  it('lets an admin into the panel', async () => {
    const steps = [{ nonce: 'shopbell_admin_assertion' }, { action: 'wp_ajax_shopbell_admin_assertion' }]
    const { status, body } = await signIn({ ...ADA, caps: ['manage_woocommerce'] }, { steps })
    expect(status).toBe(201)
    expect(body.user.role).toBe('admin')
  })
})
