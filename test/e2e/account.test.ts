import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openShop, PUBLIC_SITE, sample, tagFor } from '../support/shop-pages.ts'
import { DemoFolder } from './start-demo.ts'

const VIEW_ORDER = 'woocommerce-my-account-view-order.constructed.html'
const DASHBOARD = '/my-account/'

let browser: Browser
let page: Page
let thrown: Error[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  page = await browser.newPage()
  thrown = []
  page.on('pageerror', (error) => thrown.push(error))
})
afterEach(async () => {
  await page.close()
  expect(thrown).toEqual([])
})

/** The menu as a customer reads it, the current entry with an asterisk. */
const menu = () =>
  page.locator('.woocommerce-MyAccount-navigation li').evaluateAll((items) =>
    items.map((item) => {
      const current = item.querySelector('a')?.getAttribute('aria-current') === 'page'
      if (current !== item.classList.contains('is-active')) return 'class and aria-current differ'
      return `${item.textContent?.trim()}${current ? ' *' : ''}`
    }),
  )
const entry = (name: string) => page.getByRole('link', { name, exact: true })
const chats = () => page.locator('shopbell-my-chats')
const content = () => page.locator('.woocommerce-MyAccount-content').first()
const heading = () => page.locator('h1.entry-title').textContent()

describe('The account menu', () => {
  let shop: Awaited<ReturnType<typeof openShop>>
  beforeEach(async () => {
    shop = await openShop()
  })
  afterEach(() => shop.close())

  type Change = { product?: object; order?: object }
  const ACCOUNT: Change = {
    product: { routing: 'account', endpointLabel: 'Product chats' },
    order: { routing: 'account', endpointLabel: 'Order chats' },
  }
  function settle({ product, order }: Change) {
    const { contexts } = PUBLIC_SITE
    const changed = { product: { ...contexts.product, ...product }, order: { ...contexts.order, ...order } }
    shop.settle({ contexts: { ...contexts, ...changed } })
  }
  async function visit(hash = '', change = (html: string) => html) {
    const html = change((await sample(VIEW_ORDER)).replace('woocommerce-view-order ', ''))
    await page.goto(shop.put(DASHBOARD, html.replace('</body>', `${tagFor(shop.base)}</body>`)) + hash)
  }
  const plain = ['Dashboard', 'Orders *', 'Downloads', 'Addresses', 'Account details']

  it('has an entry for each context before “log out”, with its neighbours’ classes', async () => {
    settle(ACCOUNT)
    await visit()
    await expect.poll(menu).toEqual([...plain, 'Order chats', 'Product chats', 'Log out'])
    const html = await page.locator('[data-shopbell-entry=order]').evaluate((item) => item.outerHTML)
    expect(html).toBe(
      `<li class="woocommerce-MyAccount-navigation-link woocommerce-MyAccount-navigation-link--shopbell-orders" data-shopbell-entry="order"><a href="${DASHBOARD}#shopbell-orders">Order chats</a></li>`,
    )
    await page.waitForTimeout(600)
    expect(await page.locator('[data-shopbell-entry]').count()).toBe(2)
    expect(await chats().count()).toBe(0)
  })

  it.each([
    ['a context that is off', { ...ACCOUNT, order: { enabled: false, routing: 'account' } }, ['Product chats']],
    ['a static page that is not set', { order: { routing: 'account', endpointLabel: 'Order chats' } }, ['Order chats']],
    ['both contexts off', { product: { enabled: false }, order: { enabled: false } }, []],
  ])('leaves out %s', async (_, change, entries) => {
    settle(change)
    await visit()
    await page.waitForTimeout(800)
    expect(await menu()).toEqual([...plain, ...entries, 'Log out'])
  })

  it('leads to the page of a context that has one', async () => {
    settle({ product: { enabled: false }, order: { page: 'https://shop.example/chats', endpointLabel: 'Order chats' } })
    await visit()
    await expect.poll(menu).toEqual([...plain, 'Order chats', 'Log out'])
    expect(await entry('Order chats').getAttribute('href')).toBe('https://shop.example/chats')
  })

  it('shows the chats in the account, at their own address, and gives its content back', async () => {
    settle(ACCOUNT)
    await visit()
    await entry('Order chats').click()
    await chats().waitFor()
    expect(new URL(page.url()).hash).toBe('#shopbell-orders')
    expect(await chats().getAttribute('context')).toBe('order')
    expect(await menu()).toEqual([
      ...plain.map((one) => one.replace(' *', '')),
      'Order chats *',
      'Product chats',
      'Log out',
    ])
    expect(await content().isVisible()).toBe(false)
    expect(await chats().evaluate((element) => element.parentElement?.className)).toBe('woocommerce-MyAccount-content')
    expect(await heading()).toBe('Order chats')

    await entry('Product chats').click()
    await expect.poll(() => chats().getAttribute('context')).toBe('product')
    expect(await heading()).toBe('Product chats')
    await page.goBack()
    await expect.poll(() => chats().getAttribute('context')).toBe('order')
    await page.goBack()
    await expect.poll(() => content().isVisible()).toBe(true)
    expect(await chats().count()).toBe(0)
    expect(await menu()).toEqual([...plain, 'Order chats', 'Product chats', 'Log out'])
    expect(await heading()).toBe('Order #1500')
    await page.goForward()
    await expect.poll(() => chats().getAttribute('context')).toBe('order')
  })

  it('opens at its own address, also after a reload, and only while a shop asks for it', async () => {
    settle(ACCOUNT)
    await visit('#shopbell-products')
    await expect.poll(() => chats().getAttribute('context')).toBe('product')
    await page.reload()
    await expect.poll(() => chats().getAttribute('context')).toBe('product')
    settle({ product: { routing: 'static' } })
    await page.reload()
    await page.waitForTimeout(800)
    expect(await chats().count()).toBe(0)
  })

  it.each([
    'class="woocommerce-MyAccount-navigation-link woocommerce-MyAccount-navigation-link--shopbell-orders"',
    'class="woocommerce-MyAccount-navigation-link" data-shopbell="orders"',
  ])('stays as it is where the shop’s plugin has a real endpoint (%s)', async (marked) => {
    settle(ACCOUNT)
    const real = `<li ${marked}><a href="/my-account/order-chats/">Order chats</a></li>`
    await visit('#shopbell-orders', (html) =>
      html.replace(
        '<li class="woocommerce-MyAccount-navigation-link woocommerce-MyAccount-navigation-link--customer-logout',
        `${real}$&`,
      ),
    )
    await page.waitForTimeout(800)
    expect(await menu()).toEqual([...plain, 'Order chats', 'Log out'])
    expect(await chats().count()).toBe(0)
  })

  it('has its entries back when the theme draws it anew, and shows what it showed', async () => {
    settle(ACCOUNT)
    await visit('#shopbell-orders')
    await chats().waitFor()
    const fresh = await sample(VIEW_ORDER)
    await page.evaluate((html) => {
      const part = new DOMParser().parseFromString(html, 'text/html').querySelector('.woocommerce')
      document.querySelector('.woocommerce')?.replaceWith(part as Element)
    }, fresh)
    await expect.poll(menu).toContain('Order chats *')
    await expect.poll(() => chats().count()).toBe(1)
    await expect.poll(() => content().isVisible()).toBe(false)
  })

  it('is left as it was found when Shopbell goes', async () => {
    settle(ACCOUNT)
    await visit('#shopbell-orders')
    await chats().waitFor()
    await page.evaluate(() => (window as never as { shopbell(verb: string): void }).shopbell('destroy'))
    await expect.poll(menu).toEqual([...plain, 'Log out'])
    expect(await content().isVisible()).toBe(true)
    expect(await heading()).toBe('Order #1500')
  })
})

describe('A customer in their account', () => {
  let demo: DemoFolder
  let url: string
  beforeAll(async () => {
    demo = new DemoFolder()
    url = (await demo.open()).url
    await settle({ product: { routing: 'account', accountUrl: `${url}/my-account/` } })
  })
  afterAll(() => demo.remove())

  async function settle(contexts: object, general: object = {}) {
    const { server } = JSON.parse(readFileSync(join(demo.folder, 'state/demo-site.json'), 'utf8'))
    const headers = {
      authorization: `Bearer sk_${server.id.slice(4)}_${server.secret}`,
      'content-type': 'application/json',
    }
    const { version } = (await (await fetch(`${url}/v1/settings`, { headers })).json()) as { version: number }
    const body = JSON.stringify({ version, settings: { contexts, general } })
    const answer = await fetch(`${url}/v1/settings`, { method: 'PUT', headers, body })
    expect(answer.status, await answer.text()).toBe(200)
  }
  /** The account of the demo shop's visitor, in a shop that is WooCommerce. */
  async function visit(who: string, hash = '') {
    await page.context().addCookies([{ name: 'demo_who', value: who, url }])
    const html = await sample(VIEW_ORDER)
    const tag = `<script async src="/shopbell.js" data-site="${demo.siteId()}" data-identity="/demo/identity"></script>`
    await page.route('**/my-account/**', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: html.replace('</body>', `${tag}</body>`) }),
    )
    await page.goto(`${url}/my-account/${hash}`)
  }

  it('reads their chats under the menu’s entry', async () => {
    await visit('sam')
    await entry('Product chats').click()
    const row = chats().locator('.row').first()
    await row.click()
    await chats().getByRole('log').waitFor()
    await chats()
      .getByRole('textbox', { name: /message/i })
      .fill('Still there?')
    await page.keyboard.press('Enter')
    await chats().getByRole('log').getByText('Still there?').waitFor()
  })

  it('comes to the chat that they have just started', async () => {
    await settle({ product: { routing: 'account', accountUrl: `${url}/my-account/` } }, { opens: 'auto' })
    await visit('alex')
    await page.goto(`${url}/demo/storefront/walnut-bowl`)
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    const field = page.locator('shopbell-panel').getByRole('textbox', { name: /message/i })
    await field.fill('Does it come with a lid?')
    await field.press('Enter')
    await page.waitForURL(/my-account\/#shopbell-chat=/)
    await chats().getByRole('log').getByText('Does it come with a lid?').waitFor()
    expect(await menu()).toContain('Product chats *')
  })
})
