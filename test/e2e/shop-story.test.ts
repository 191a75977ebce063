import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type Hooks, openHooks, sample as payload } from '../support/hooks.ts'
import { operate } from '../support/identity.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { sample } from '../support/shop-pages.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

// The whole way of an order, with nothing stood in for but the shop: its hooks, its pages and its signed identities.

const PEOPLE: Record<string, object> = {
  '42': { name: 'Ada Sample', orders: ['1500', '1501'] },
  '19': { name: 'Priya', role: 'seller' },
  '23': { name: 'Jonas', role: 'seller' },
}

let worker: TestWorker
let shop: TestShop
let hooks: Hooks
let browser: Browser
let server: Server
let origin: string
const contexts: BrowserContext[] = []

beforeAll(async () => {
  worker = await startWorker()
  shop = await openShop(worker)
  hooks = await openHooks(worker, shop)
  browser = await launchBrowser()
  server = await openPages()
  await operate(worker, `/sites/${shop.id}/origins`, { method: 'PUT', body: { origin } })
  const accountUrl = `${origin}/my-account/`
  await shop.settle({
    general: { opens: 'panel' },
    contexts: {
      order: { enabled: true, routing: 'account', accountUrl, endpointLabel: 'Order chats', button: true },
      product: { enabled: true },
    },
  })
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  await worker?.stop()
})

/** The shop: WooCommerce's account pages, a Dawn product page, a page for sellers, and who is signed in. */
async function openPages(): Promise<Server> {
  const order = (await sample('woocommerce-my-account-view-order.constructed.html')).replaceAll('1500', '1501')
  const pages: Record<string, string> = {
    '/my-account/view-order/1501/': order,
    '/my-account/': order.replace('woocommerce-view-order ', ''),
    '/products/walnut-bowl': await sample('shopify-dawn-product.constructed.html'),
    '/sell': '<!doctype html><html lang="en"><body><shopbell-my-chats></shopbell-my-chats></body></html>',
  }
  const up = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname
    const who = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    if (path === '/whoami') {
      if (!who) return response.writeHead(204).end()
      const assertion = shop.assertion({ sub: who, ...PEOPLE[who] })
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ assertion }))
    }
    const tag = `<script async src="${worker.url}/shopbell.js" data-site="${shop.id}" data-identity="/whoami"></script>`
    const html = pages[path]?.replace('</body>', `${tag}</body>`)
    return response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? '')
  })
  await new Promise<void>((ready) => up.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(up.address() as AddressInfo).port}`
  return up
}

async function visit(who: string, path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce' })
  contexts.push(context)
  if (who) await context.addCookies([{ name: 'who', value: who, url: origin }])
  const page = await context.newPage()
  await page.goto(path)
  return page
}

const say = async (place: Locator, text: string) => {
  const field = place.getByRole('textbox', { name: /message/i })
  await field.fill(text)
  await field.press('Enter')
}

describe('a WooCommerce order', () => {
  it('brings its buyer and the right seller together, by the account menu and by the button', async () => {
    await hooks.deliver('order.created', await payload('woocommerce-dokan-parent-order.constructed.json'))
    await hooks.deliver('order.created', await payload('woocommerce-dokan-sub-order.constructed.json'))

    const buyer = await visit('42', '/my-account/view-order/1501/')
    await buyer.getByRole('link', { name: 'Order chats' }).click()
    const chats = buyer.locator('shopbell-my-chats')
    await chats.getByText('Order 1501').first().click()
    const log = chats.getByRole('log')
    await log.getByText('Ada', { exact: false }).first().waitFor()
    await say(chats, 'When will it arrive?')
    await log.getByText('When will it arrive?').waitFor()

    const seller = await visit('19', '/sell')
    const desk = seller.locator('shopbell-my-chats')
    await desk.getByText('When will it arrive?').first().click()
    await desk.getByRole('log').getByText('When will it arrive?').waitFor()
    await say(desk, 'On Thursday.')
    await log.getByText('On Thursday.').waitFor()

    const other = await visit('23', '/sell')
    await other.locator('shopbell-my-chats').getByText('No chats yet').waitFor()
    expect(await other.locator('shopbell-my-chats').getByText('Order 1501').count()).toBe(0)

    await buyer.goto('/my-account/view-order/1501/')
    await buyer.locator('shopbell-start-chat').getByRole('button').click()
    await buyer.locator('shopbell-panel').getByRole('log').getByText('On Thursday.').waitFor()
    expect(await shop.rows('chats')).toHaveLength(1)
  })

  it('has no button once the setting is off, and nobody can begin by hand', async () => {
    await shop.settle({ contexts: { order: { button: false } } })
    await new Promise((resolve) => setTimeout(resolve, 5_100))
    const buyer = await visit('42', '/my-account/view-order/1501/')
    await buyer.getByRole('link', { name: 'Order chats' }).waitFor()
    await buyer.waitForTimeout(1_000)
    expect(await buyer.locator('shopbell-start-chat').count()).toBe(0)
    const { token } = await shop.signIn('42', { orders: ['1501'] })
    const context = { type: 'order', id: '1501' }
    expect(await worker.call('/v1/chats', { token, body: { context } })).toMatchObject({
      status: 403,
      body: { code: 'context_off' },
    })
  })
})

describe('a Shopify product', () => {
  it('brings a shopper and its seller together from Dawn’s product form', async () => {
    const product = { id: '7999306039433', title: 'Walnut Bowl', seller: '23' }
    await shop.put('/v1/catalog/products', { products: [product] })
    const shopper = await visit('', '/products/walnut-bowl')
    await shopper.locator('product-form shopbell-start-chat').getByRole('button').click()
    const panel = shopper.locator('shopbell-panel')
    await say(panel, 'Is it one piece of wood?')
    await panel.getByRole('log').getByText('Is it one piece of wood?').waitFor()

    const seller = await visit('23', '/sell')
    const desk = seller.locator('shopbell-my-chats')
    await desk.getByText('Walnut Bowl').first().click()
    await say(desk, 'It is.')
    await panel.getByRole('log').getByText('It is.').waitFor()
    const other = await visit('19', '/sell')
    await other.locator('shopbell-my-chats').getByText('Order 1501').first().waitFor()
    expect(await other.locator('shopbell-my-chats').getByText('Walnut Bowl').count()).toBe(0)
  })
})
