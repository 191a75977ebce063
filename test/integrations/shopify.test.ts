import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { createContext, runInContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Assertion } from '../../protocol/sessions.ts'
import { readAssertion } from '../../worker/sessions/read-assertion.ts'
import { createSite, type MadeSite } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'
import { hasLiquid, needsLiquid, render, schemaOf, source } from './liquid.ts'
import { type StandIn, sendJson, standIn } from './play.ts'

const KEY = { kid: 'key_0123456789', secret: 'the-identity-secret-0123456789' }
const SITE = 'site_0123456789'
const BLOCKS = ['shopbell', 'start-chat', 'my-chats']
const EXTENSION = 'integrations/shopify/extensions/shopbell-theme'
const seconds = () => Math.floor(Date.now() / 1000)

const orders = (count: number) => Array.from({ length: count }, (_, at) => ({ id: 5_000_000_000_000 + at }))
const ADA = { id: 7_123_456_789_012, name: 'Ada Sample', email: 'ada@example.com', orders: orders(2) }
const page = (more: Record<string, unknown> = {}) => ({
  app: { metafields: { shopbell: { identity: { value: KEY } } } },
  block: { settings: { url: 'https://chat.example', site: SITE, launcher: false } },
  ...more,
})
/** By node's own crypto, so that it does not matter which runtime the tests have. */
const isSigned = (assertion: string) => {
  const [payload = '', signature] = assertion.split('.')
  return createHmac('sha256', KEY.secret).update(payload).digest('hex') === signature
}
const found = (html: string) => {
  const [, expires, assertion] = /data-shopbell-expires="(\d+)" data-shopbell-assertion="([^"]+)"/.exec(html) ?? []
  return { expires: Number(expires), assertion: assertion ?? '' }
}

describe('the theme app extension, read as text', () => {
  it.each(BLOCKS)('%s has a schema whose every word is in every language', (block) => {
    const schema = schemaOf(block)
    expect(['body', 'section']).toContain(schema.target)
    const words = JSON.stringify(schema).match(/t:[\w.]+/g) ?? []
    expect(words.length).toBeGreaterThan(2)
    for (const file of globSync(`${EXTENSION}/locales/*.schema.json`)) {
      const locale = JSON.parse(readFileSync(file, 'utf8'))
      for (const word of words) {
        const text = word
          .slice(2)
          .split('.')
          .reduce((part, name) => part?.[name], locale)
        expect(text, `${word} in ${basename(file)}`).toEqual(expect.any(String))
      }
    }
  })

  it('never prints the secret, and asks the merchant for none', () => {
    for (const block of BLOCKS) {
      expect(source(block)).not.toMatch(/{{[^}]*(secret|[^.]\bkey\s*[|}])/)
      expect(JSON.stringify(schemaOf(block))).not.toMatch(/secret|key_/i)
    }
    expect(source('shopbell').match(/key\.secret/g)).toHaveLength(2)
  })

  it('keeps its own script below what Shopify advises', () => {
    expect(readFileSync(`${EXTENSION}/assets/shopbell-identity.js`).length).toBeLessThan(10_000)
  })
})

describe('Liquid’s steps, in JavaScript', () => {
  it('make the hex form that the worker reads: base64 with two characters replaced, HMAC over it as sent', () => {
    const iat = seconds()
    const claims = {
      kid: KEY.kid,
      iss: SITE,
      aud: 'shopbell',
      sub: '7',
      iat,
      exp: iat + 600,
      name: 'Zoë ÿ>?',
      orders: ['1'],
    }
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
    const signed = readAssertion(`${payload}.${createHmac('sha256', KEY.secret).update(payload).digest('hex')}`)
    expect(Assertion.parse(signed?.claims)).toMatchObject({ sub: '7', name: 'Zoë ÿ>?', role: 'customer' })
  })
})

describe.skipIf(!hasLiquid)(`the app embed${needsLiquid}`, () => {
  it('signs a customer with their orders, as the worker wants it', async () => {
    const { assertion, expires } = found(await render('shopbell', page({ customer: ADA })))
    const signed = readAssertion(assertion)
    expect(signed?.kid).toBe(KEY.kid)
    expect(isSigned(assertion)).toBe(true)
    const claims = Assertion.parse(signed?.claims)
    expect(claims).toMatchObject({
      iss: SITE,
      sub: '7123456789012',
      name: 'Ada Sample',
      email: 'ada@example.com',
      orders: ['5000000000000', '5000000000001'],
    })
    expect(claims.exp - claims.iat).toBe(600)
    expect(claims.exp).toBe(expires)
    expect(Math.abs(claims.iat - seconds())).toBeLessThan(5)
  })

  it.each([
    ['quotes and markup', 'A "quoted" <b>\\ name</b>'],
    ['line breaks', 'two\nlines'],
    ['other alphabets', 'Зоя 😀 ÿÿÿ>>>???'],
    ['nothing', null],
    ['a try to add claims', '","role":"admin","x":"'],
  ])('takes %s in a name', async (_, name) => {
    const { assertion } = found(await render('shopbell', page({ customer: { ...ADA, name } })))
    const signed = readAssertion(assertion)
    expect(isSigned(assertion)).toBe(true)
    expect(signed?.claims.name).toBe(name)
    expect(signed?.claims.role).toBeUndefined()
    expect(Assertion.safeParse(signed?.claims).success).toBe(true)
  })

  it('names 50 orders at most, and none where there is none', async () => {
    const claims = async (count: number) =>
      readAssertion(found(await render('shopbell', page({ customer: { ...ADA, orders: orders(count) } }))).assertion)
        ?.claims
    expect((await claims(60))?.orders).toHaveLength(50)
    expect((await claims(0))?.orders).toEqual([])
  })

  it('makes a guest of everybody without a customer or a key', async () => {
    const bare = '<script async src="https://chat.example/shopbell.js" data-site="site_0123456789"></script>'
    expect((await render('shopbell', page())).trim()).toBe(bare)
    expect((await render('shopbell', page({ customer: ADA, app: { metafields: {} } }))).trim()).toBe(bare)
    const half = { metafields: { shopbell: { identity: { value: { kid: KEY.kid } } } } }
    expect((await render('shopbell', page({ customer: ADA, app: half }))).trim()).toBe(bare)
  })

  it.each(['https://chat.example/', ' chat.example ', 'https://chat.example/shopbell.js', 'chat.example/demo/'])(
    'understands the address %j',
    async (url) => {
      const html = await render('shopbell', page({ block: { settings: { url, site: SITE, launcher: true } } }))
      expect(html).toContain('src="https://chat.example/shopbell.js"')
      expect(html).toContain('data-launcher="floating"')
    },
  )

  it('is nothing before it is set up, and lets no markup out of a setting', async () => {
    expect((await render('shopbell', page({ block: { settings: { url: '', site: '' } } }))).trim()).toBe('')
    const settings = { url: 'x"><script>alert(1)</script>', site: '"><script>alert(1)</script>' }
    const html = await render('shopbell', page({ block: { settings } }))
    expect(html.match(/<script/g)).toHaveLength(1)
  })

  const leaks = (html: string) => {
    const decoded = (html.match(/[\w-]{16,}/g) ?? []).map((run) => Buffer.from(run, 'base64url').toString('latin1'))
    return [html, ...decoded].some((text) => text.includes(KEY.secret))
  }
  it('holds the secret nowhere, not even encoded', async () => {
    const html = await render('shopbell', page({ customer: ADA }))
    expect(html).toContain('data-shopbell-assertion')
    expect(leaks(html)).toBe(false)
    const broken = source('shopbell').replace('{{ key.kid | json }}', '{{ key | json }}')
    expect(leaks(await render('shopbell', page({ customer: ADA }), broken))).toBe(true)
  })
})

describe.skipIf(!hasLiquid)(`the app blocks${needsLiquid}`, () => {
  const block = (settings: object) => ({ block: { settings, shopify_attributes: 'data-shopify="1"' } })
  const shop = { url: 'https://wool.example' }
  const product = {
    id: 8_123_456_789_012,
    title: 'Bowl <i>"Walnut"</i>',
    url: '/products/bowl',
    featured_image: '//cdn/x.jpg',
  }

  it('put the button about the page’s product, or the one chosen', async () => {
    const html = await render('start-chat', { shop, product, ...block({ label: 'Ask "us"' }) })
    expect(html.replace(/\s+/g, ' ')).toContain(
      '<shopbell-start-chat data-context="product" data-context-id="8123456789012" data-title="Bowl &#34;Walnut&#34;"' +
        ' data-url="https://wool.example/products/bowl" data-picture="https://cdn/x.jpg?width=600" label="Ask &#34;us&#34;" >',
    )
    const other = await render('start-chat', { shop, product, ...block({ product: { ...product, id: 9 } }) })
    expect(other).toContain('data-context-id="9"')
    expect((await render('start-chat', { shop, ...block({}) })).trim()).toBe('')
  })

  it('put My Chats', async () => {
    expect(await render('my-chats', block({ context: 'all' }))).toContain('<shopbell-my-chats></shopbell-my-chats>')
    expect(await render('my-chats', block({ context: 'order' }))).toContain('<shopbell-my-chats context="order">')
  })
})

describe.skipIf(!hasLiquid)(`at the real worker, what Liquid signs${needsLiquid}`, () => {
  let worker: TestWorker
  let site: MadeSite
  beforeAll(async () => {
    worker = await startWorker()
    site = await createSite(worker)
  })
  afterAll(() => worker?.stop())

  it('signs the customer in', async () => {
    const value = { kid: site.identity.id, secret: site.identity.secret }
    const settings = { url: worker.url, site: site.id }
    const html = await render(
      'shopbell',
      page({ customer: ADA, app: { metafields: { shopbell: { identity: { value } } } }, block: { settings } }),
    )
    const { status, body } = await site.open({ assertion: found(html).assertion })
    expect(status).toBe(201)
    expect(body.user).toMatchObject({ role: 'customer', name: 'Ada Sample', email: 'ada@example.com' })
  })
})

describe('the identity script in the page', () => {
  const code = readFileSync(`${EXTENSION}/assets/shopbell-identity.js`, 'utf8')
  const holder = (assertion: string, expires: number) =>
    `<script data-shopbell-expires="${expires}" data-shopbell-assertion="${assertion}"></script>`
  /** Runs it in a page; `made` is what the server makes of the page the next time. */
  function run(expires: number, made = '', shopbell?: unknown) {
    const asked: string[] = []
    const fetch = async (url: string) => {
      asked.push(url)
      return { text: async () => made }
    }
    const script = { dataset: { shopbellAssertion: 'first.aa', shopbellExpires: `${expires}` } }
    const window: Record<string, any> = shopbell ? { shopbell } : {}
    const location = { href: 'https://wool.example/products/bowl' }
    runInContext(code, createContext({ window, document: { currentScript: script }, location, fetch, Date }))
    return { window, asked }
  }

  it('waits in the queue for a loader that comes later', async () => {
    const { window, asked } = run(seconds() + 600)
    const [[verb, identity]] = window.shopbell.q
    expect(verb).toBe('identify')
    expect(await identity()).toBe('first.aa')
    expect(asked).toEqual([])
  })

  it('gets a new one out of the page when the old has run out, and keeps that', async () => {
    let identity = async (): Promise<unknown> => undefined
    const loader = (_: string, given: typeof identity) => {
      identity = given
    }
    const { asked } = run(seconds() - 5, holder('second.bb', seconds() + 600), loader)
    expect(await identity()).toBe('second.bb')
    expect(await identity()).toBe('second.bb')
    expect(asked).toEqual(['https://wool.example/products/bowl'])
  })

  it('knows who has signed out meanwhile', async () => {
    const { window } = run(seconds() - 5, '<html></html>')
    expect(await window.shopbell.q[0][1]()).toBeNull()
  })
})

describe('connect.mjs', () => {
  let shopify: StandIn | undefined
  afterEach(async () => {
    await shopify?.stop()
    shopify = undefined
  })
  const run = promisify(execFile)
  const SECRETS = { SHOPIFY_CLIENT_SECRET: 'the-client-secret', SHOPBELL_IDENTITY_SECRET: KEY.secret }

  async function connect(answers: Record<string, unknown>, flags: string[] = [], more: Record<string, string> = {}) {
    shopify = await standIn((request, response) => {
      const { body } = shopify?.asked.at(-1) ?? { body: '' }
      const name = request.url?.includes('access_token')
        ? 'token'
        : (/currentApp\w+|metafields\w+/.exec(body)?.[0] ?? '')
      sendJson(response, answers[name] ?? {}, answers[name] ? 200 : 500)
    })
    const env = {
      PATH: process.env.PATH,
      SHOPIFY_SHOP: shopify.url,
      SHOPIFY_CLIENT_ID: 'client',
      SHOPBELL_IDENTITY_KEY: KEY.kid,
      ...SECRETS,
      ...more,
    }
    const done = await run(process.execPath, ['integrations/shopify/connect.mjs', ...flags], { env }).catch(
      (error) => error,
    )
    return { code: done.code ?? 0, said: `${done.stdout}${done.stderr}`, asked: shopify.asked }
  }
  const installed = { data: { currentAppInstallation: { id: 'gid://shopify/AppInstallation/1' } } }
  const RIGHT = {
    token: { access_token: 'token-0123456789' },
    currentAppInstallation: installed,
    metafieldsSet: { data: { metafieldsSet: { userErrors: [] } } },
    metafieldsDelete: { data: { metafieldsDelete: { userErrors: [] } } },
  }

  it('puts the key into the app’s own metafield', async () => {
    const { code, said, asked } = await connect(RIGHT)
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining(`signs its customers in with ${KEY.kid}`) })
    expect(asked.map(({ url }) => url)).toEqual([
      '/admin/oauth/access_token',
      '/admin/api/2026-10/graphql.json',
      '/admin/api/2026-10/graphql.json',
    ])
    expect(asked[2]?.headers['x-shopify-access-token']).toBe('token-0123456789')
    expect(JSON.parse(asked[2]?.body ?? '').variables.metafields).toEqual([
      {
        ownerId: 'gid://shopify/AppInstallation/1',
        namespace: 'shopbell',
        key: 'identity',
        type: 'json',
        value: JSON.stringify(KEY),
      },
    ])
    for (const secret of Object.values(SECRETS)) expect(said).not.toContain(secret)
  })

  it('takes it away again', async () => {
    const { code, asked } = await connect(RIGHT, ['--remove'], { SHOPBELL_IDENTITY_SECRET: '' })
    expect(code).toBe(0)
    expect(asked[2]?.body).toContain('metafieldsDelete')
  })

  it.each([
    ['a wrong client secret', { token: undefined }, {}, 'answered 500'],
    ['an app that is not installed', { token: {} }, {}, 'Is the app installed'],
    [
      'a refusal',
      { metafieldsSet: { data: { metafieldsSet: { userErrors: [{ message: 'Value is invalid.' }] } } } },
      {},
      'Value is invalid.',
    ],
    ['an error of GraphQL', { currentAppInstallation: { errors: [{ message: 'Throttled' }] } }, {}, 'Throttled'],
    ['a missing value', {}, { SHOPBELL_IDENTITY_KEY: '' }, 'Set SHOPBELL_IDENTITY_KEY.'],
    ['a shop that is none', {}, { SHOPIFY_SHOP: 'https://evil.example' }, 'like wool.myshopify.com'],
  ])('says what is wrong with %s', async (_, answers, more, words) => {
    const { code, said } = await connect({ ...RIGHT, ...answers }, [], more as Record<string, string>)
    expect(code).toBe(1)
    expect(said).toContain(words)
    for (const secret of Object.values(SECRETS)) expect(said).not.toContain(secret)
  })
})
