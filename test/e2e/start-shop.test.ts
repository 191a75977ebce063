import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { DemoFolder } from './start-demo.ts'

const THINGS = {
  'WooCommerce Storefront': '/demo/storefront/walnut-bowl',
  'Shopify Dawn': '/demo/dawn/products/oak-serving-board',
  'JSON-LD alone': '/demo/plain/ash-desk-lamp',
  'a hand-placed element': '/demo/element/three-legged-stool',
}

let demo: DemoFolder
let browser: Browser
let url: string
let context: BrowserContext
let page: Page
let complaints: string[]

beforeAll(async () => {
  demo = new DemoFolder()
  url = (await demo.open()).url
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await demo.remove()
})
beforeEach(async () => {
  context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce' })
  page = await context.newPage()
  complaints = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // Browsers look for an icon on their own where a page names none.
    const isIcon = message.location().url.endsWith('/favicon.ico')
    if (message.type() === 'error' && !isIcon) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url && !request.url().startsWith('data:')) complaints.push(request.url())
  })
})
afterEach(() => context.close())

async function become(name: string) {
  await page.getByRole('button', { name: /^You are/ }).click()
  await page.locator('#demo-people').getByRole('button', { name }).click()
  await expect.poll(() => page.locator('#demo-people [aria-pressed=true]').textContent()).toContain(name)
}

describe('the demo shop', () => {
  test.each(Object.entries(THINGS))('shows the button on a page with %s, under a strict policy', async (_, path) => {
    const answer = await page.goto(path)
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("'strict-dynamic'")
    expect(policy).toContain("require-trusted-types-for 'script'")
    expect(policy).not.toContain('unsafe')
    await page.locator('shopbell-start-chat').getByRole('button', { name: 'Ask about this product' }).waitFor()
    expect(await page.locator('shopbell-start-chat').count()).toBe(1)
    expect(await page.locator('script[src]').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  test('links each thing of both makers, with its picture', async () => {
    await page.goto('/demo/')
    const links = await page.locator('a.good').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
    expect(links).toHaveLength(8)
    for (const link of links) expect((await page.request.get(link)).status()).toBe(200)
    const widths = await page
      .locator('img')
      .evaluateAll((all) => all.map((img) => (img as HTMLImageElement).naturalWidth))
    expect(widths.every((width) => width > 0)).toBe(true)
  })

  test('vouches for nobody until somebody is chosen, then in both forms', async () => {
    await page.goto('/demo/')
    expect((await page.request.get('/demo/identity')).status()).toBe(204)
    await become('Sam Rivera')
    const { assertion } = await (await page.request.get('/demo/identity')).json()
    const hex = await (await page.request.get('/demo/identity?form=hex')).json()
    for (const each of [assertion, hex.assertion]) {
      const data = { site: demo.siteId(), assertion: each }
      const answer = await page.request.post('/v1/sessions', { data, headers: { Origin: url } })
      expect(await answer.json()).toMatchObject({ user: { name: 'Sam Rivera', role: 'customer' } })
    }
  })

  test('shows each person their own chats and never those of whom they were before', async () => {
    await page.goto('/demo/chats')
    await become('Sam Rivera')
    const chats = page.locator('shopbell-my-chats')
    await chats.getByText('Walnut bowl').first().waitFor()
    await become('Alex Okafor')
    await chats.getByText('Linen cushion').first().waitFor()
    expect(await chats.getByText('Walnut bowl').count()).toBe(0)
    await become('Guest')
    await page.waitForLoadState('networkidle')
    for (const title of ['Walnut bowl', 'Linen cushion', 'Three-legged stool'])
      expect(await chats.getByText(title).count()).toBe(0)
    await become('Priya Nair')
    await chats.getByText('Alex Okafor').first().waitFor()
    expect(await chats.getByText('Linen cushion').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  test('lets a seller into the hosted inbox', async () => {
    await page.goto('/demo/')
    await become('Jonas Lind')
    await page.getByRole('link', { name: 'Inbox' }).click()
    await page.waitForURL(/\/inbox/)
    await page.locator('shopbell-my-chats').getByText('Linen cushion').first().waitFor()
    expect(complaints).toEqual([])
  })
})
