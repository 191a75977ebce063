import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { operate } from '../support/identity.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { sample } from '../support/shop-pages.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

// What a merchant saves and a shopper then sees, each time at a site of its own, with nothing stood in for but the shop.

let worker: TestWorker
let shop: TestShop
let browser: Browser
let server: Server
let origin: string
let page: Page

beforeAll(async () => {
  worker = await startWorker()
  browser = await launchBrowser()
  server = await openPages()
})
afterEach(() => page.context().close())
afterAll(async () => {
  await browser?.close()
  server?.close()
  await worker?.stop()
})

const PRODUCT = '/product/walnut-bowl/'
const ORDER = '/my-account/view-order/1482/'
const POST = '/how-we-turn-a-bowl/'
const ACCOUNT = '/my-account/'

/** The shop's pages with the tag of the site that is looked at, and a customer who is always signed in. */
async function openPages(): Promise<Server> {
  const order = await sample('woocommerce-my-account-view-order.constructed.html')
  const pages: Record<string, string> = {
    [PRODUCT]: (await sample('woocommerce-storefront-product.constructed.html')).replace(' lang="en-US"', ''),
    [ORDER]: order,
    [POST]: await sample('wordpress-post.constructed.html'),
    [ACCOUNT]: order.replace('woocommerce-view-order ', ''),
    '/chats': '<!doctype html><html lang="en"><body><shopbell-my-chats></shopbell-my-chats></body></html>',
  }
  const up = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x')
    if (pathname === '/whoami') {
      const assertion = shop.assertion({ sub: '42', name: 'Ada Sample', orders: ['1482'] })
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ assertion }))
    }
    const more = 'data-identity="/whoami" data-launcher="floating" data-post-selector=".entry-content"'
    const tag = `<script async src="${worker.url}/shopbell.js" data-site="${shop.id}" ${more}></script>`
    const html = pages[pathname]?.replace('</body>', `${tag}</body>`)
    response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? '')
  })
  await new Promise<void>((ready) => up.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(up.address() as AddressInfo).port}`
  return up
}

/** A page of a shop with these settings. */
async function visit(path: string, settings: Parameters<typeof openShop>[1], options: BrowserContextOptions = {}) {
  shop = await openShop(worker, settings)
  await operate(worker, `/sites/${shop.id}/origins`, { method: 'PUT', body: { origin } })
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce', ...options })
  page = await context.newPage()
  await page.goto(path)
}

/** The button that the page's thing has, and what it stands after. */
async function placed(name: string) {
  const button = page.locator('shopbell-start-chat[placed]')
  await button.getByRole('button', { name }).waitFor()
  return button.evaluate((element) => element.previousElementSibling?.className)
}

describe('The button', () => {
  it('of a product has the label and the position of the settings', async () => {
    const product = { buttonLabel: 'Write to the maker', buttonPosition: 'after_summary' }
    await visit(PRODUCT, { contexts: { product } })
    expect(await placed('Write to the maker')).toContain('woocommerce-tabs')
  })

  it('of a product goes where the selector of the settings says', async () => {
    await visit(PRODUCT, { contexts: { product: { buttonSelector: '.product_meta' } } })
    expect(await placed('Ask about this product')).toContain('product_meta')
  })

  it('of an order has the label and the position of the settings', async () => {
    const order = { enabled: true, buttonLabel: 'Anything unclear?', buttonPosition: 'view_order' }
    await visit(ORDER, { contexts: { order } })
    expect(await placed('Anything unclear?')).toContain('woocommerce-customer-details')
  })

  it('has a new label for whoever comes back ten seconds later, though another part of the deployment saved it', async () => {
    await visit(PRODUCT, { contexts: { product: { buttonLabel: 'The old words' } } })
    await placed('The old words')
    await worker.env.DB.prepare(
      `UPDATE sites SET settings = json_set(settings, '$.contexts.product.buttonLabel', 'The new words') WHERE id = ?`,
    )
      .bind(shop.id)
      .run()
    await page.goto('/chats')
    await page.waitForTimeout(9_500)
    await page.goto(PRODUCT)
    await placed('The new words')
  }, 40_000)

  it('speaks the language of the settings where the page names none', async () => {
    await visit(PRODUCT, { region: { locale: 'de' } })
    await placed('Frage zum Produkt stellen')
  })

  it('has the accent and the theme of the settings, whatever the device asks for', async () => {
    await visit(PRODUCT, { brand: { accent: '#7a1fa2', theme: 'light' } }, { colorScheme: 'dark' })
    const floating = page.locator('shopbell-start-chat[variant=floating] button')
    await floating.waitFor()
    const colours = () =>
      floating.evaluate((element) => {
        const { backgroundColor, colorScheme } = getComputedStyle(element)
        return { backgroundColor, colorScheme }
      })
    await expect.poll(colours).toEqual({ backgroundColor: 'rgb(122, 31, 162)', colorScheme: 'light' })
  })
})

it('The account menu has an entry under each label of the settings, into the account or to a page', async () => {
  const product = { routing: 'static', pageUrl: `${origin}/chats`, endpointLabel: 'About our things' }
  const order = {
    enabled: true,
    routing: 'account',
    accountUrl: `${origin}${ACCOUNT}`,
    endpointLabel: 'About my orders',
  }
  await visit(ACCOUNT, { contexts: { product, order } })
  const entry = (name: string) => page.getByRole('link', { name, exact: true })
  expect(await entry('About our things').getAttribute('href')).toBe(`${origin}/chats`)
  await entry('About my orders').click()
  await page.locator('shopbell-my-chats[context=order]').waitFor()
})

describe('A chat that was just started', () => {
  const elsewhere = () => `${origin}/chats?not`
  const onPage = (type: string) => ({
    general: { chatsPageUrl: elsewhere() },
    contexts: { [type]: { enabled: true, pageUrl: `${origin}/chats?${type}` } },
  })
  const inAccount = (type: string) => ({
    contexts: {
      [type]: { enabled: true, routing: 'account', accountUrl: `${origin}${ACCOUNT}`, pageUrl: elsewhere() },
    },
  })
  const start = async () => {
    await page.locator('shopbell-start-chat[placed]').getByRole('button').click()
    const field = page.locator('shopbell-panel').getByRole('textbox', { name: /message/i })
    await field.fill('Is it one piece of wood?')
    await field.press('Enter')
  }
  const log = (place: string) => page.locator(place).getByRole('log').getByText('Is it one piece of wood?')

  it.each([
    ['product', PRODUCT],
    ['order', ORDER],
    ['post', POST],
  ])('is read on the page of its context (%s)', async (type, path) => {
    await visit(path, onPage(type))
    await start()
    await page.waitForURL((url) => url.href.startsWith(`${origin}/chats?${type}#shopbell-chat=`))
    await log('shopbell-my-chats').waitFor()
  })

  it.each([
    ['product', PRODUCT],
    ['order', ORDER],
  ])('is read in the account where its routing says so (%s)', async (type, path) => {
    await visit(path, inAccount(type))
    await start()
    await page.waitForURL((url) => url.href.startsWith(`${origin}${ACCOUNT}#shopbell-chat=`))
    await log('shopbell-my-chats').waitFor()
  })

  it('is read on the chats page where its context names none', async () => {
    await visit(PRODUCT, { general: { chatsPageUrl: `${origin}/chats` } })
    await start()
    await page.waitForURL((url) => url.href.startsWith(`${origin}/chats#shopbell-chat=`))
    await log('shopbell-my-chats').waitFor()
  })

  it('stays in the panel where the settings want that', async () => {
    await visit(PRODUCT, { general: { chatsPageUrl: `${origin}/chats`, opens: 'panel' } })
    await start()
    await log('shopbell-panel').waitFor()
    await expect.poll(() => page.locator('shopbell-panel .pending').count()).toBe(0)
    expect(page.url()).toBe(`${origin}${PRODUCT}`)
  })
})
