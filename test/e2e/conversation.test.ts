import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { freePort } from '../support/child.ts'
import { DemoFolder, running, type Started, stop } from './start-demo.ts'

const PRODUCT = '/demo/storefront/walnut-bowl'

let demo: DemoFolder
let server: Started
let browser: Browser
let url: string
let port: number
const contexts: BrowserContext[] = []

beforeAll(async () => {
  demo = new DemoFolder()
  port = await freePort()
  url = `http://localhost:${port}`
  browser = await launchBrowser()
  await startServer()
})
afterAll(async () => {
  await browser?.close()
  await demo.remove()
})
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

async function startServer() {
  server = demo.start(['--port', `${port}`])
  await running(server)
}

/** A browser of its own, as one person of the demo shop. */
async function visitor(who: string, phone = false): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    reducedMotion: 'reduce',
    ...(phone ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } : {}),
  })
  contexts.push(context)
  await context.addCookies([{ name: 'demo_who', value: who, url }])
  return context.newPage()
}

const panelOf = (page: Page) => page.locator('shopbell-panel')
const say = async (place: Locator, text: string) => {
  const field = place.getByRole('textbox', { name: /message/i })
  await field.fill(text)
  await field.press('Enter')
}

describe('a shopper on a product page and its seller in the inbox', () => {
  test('hold a conversation over a reload, a lost server and its return', async () => {
    const shopper = await visitor('alex')
    await shopper.goto(PRODUCT)
    await shopper.getByRole('button', { name: 'Ask about this product' }).click()
    const panel = panelOf(shopper)
    await say(panel, 'Is the bowl food safe?')
    await panel.getByRole('log').getByText('Is the bowl food safe?').waitFor()

    const seller = await visitor('priya')
    await seller.goto('/demo/inbox', { referer: `${url}/demo/` })
    const inbox = seller.locator('shopbell-my-chats')
    await inbox.getByText('Is the bowl food safe?').first().click()
    await inbox.getByRole('log').getByText('Is the bowl food safe?').waitFor()
    await panel.getByText('Read', { exact: true }).first().waitFor({ state: 'attached' })
    await say(inbox, 'Yes, it is oiled with food-grade oil.')
    await panel.getByRole('log').getByText('Yes, it is oiled with food-grade oil.').waitFor()

    await shopper.reload()
    await shopper.getByRole('button', { name: /Continue your chat|Ask about this product/ }).click()
    await panel.getByRole('log').getByText('Yes, it is oiled with food-grade oil.').waitFor()

    await stop(server, 'SIGTERM')
    await say(panel, 'Then I would like two.')
    await panel.getByText('Waiting').waitFor()
    await shopper.waitForTimeout(500)
    await startServer()
    await inbox.getByRole('log').getByText('Then I would like two.').waitFor({ timeout: 30_000 })
    await panel.getByText('Waiting').waitFor({ state: 'detached' })
    await say(inbox, 'They leave tomorrow.')
    await panel.getByRole('log').getByText('They leave tomorrow.').waitFor({ timeout: 30_000 })

    const texts = await inbox.getByRole('log').locator('.bubble').allTextContents()
    expect(texts.map((text) => text.trim())).toEqual([
      'Is the bowl food safe?',
      'Yes, it is oiled with food-grade oil.',
      'Then I would like two.',
      'They leave tomorrow.',
    ])
  })

  test('sends a message once that was waiting when its page was reloaded', async () => {
    const shopper = await visitor('alex')
    await shopper.goto('/demo/chats')
    const chats = shopper.locator('shopbell-my-chats')
    await chats.getByText('Linen cushion').first().click()
    await shopper.context().setOffline(true)
    await say(chats, 'Written in a tunnel')
    await chats.getByText('Waiting').waitFor()
    await shopper.context().setOffline(false)
    await shopper.reload()
    await chats.getByText('Linen cushion').first().click()
    await chats.getByRole('log').getByText('Written in a tunnel').waitFor()
    await chats.getByText('Waiting').waitFor({ state: 'detached' })
    await shopper.reload()
    await chats.getByText('Linen cushion').first().click()
    await chats.getByRole('log').getByText('Written in a tunnel').waitFor()
    expect(await chats.getByRole('log').getByText('Written in a tunnel').count()).toBe(1)
  })

  test('a guest’s chat comes along when the guest signs in, with what was still waiting', async () => {
    const guest = await visitor('guest', true)
    await guest.goto('/demo/dawn/products/linen-apron')
    await guest.getByRole('button', { name: 'Ask about this product' }).click()
    await say(panelOf(guest), 'Does it come in blue?')
    await panelOf(guest).getByRole('log').getByText('Does it come in blue?').waitFor()
    await panelOf(guest).getByText('Sent', { exact: true }).waitFor({ state: 'attached' })
    await guest.route('**/messages', (route) => route.abort())
    await say(panelOf(guest), 'Or in green?')
    await panelOf(guest).getByText('Waiting').waitFor()
    await guest.context().addCookies([{ name: 'demo_who', value: 'sam', url }])
    await guest.unroute('**/messages')
    await guest.goto('/demo/chats')
    const chats = guest.locator('shopbell-my-chats')
    await chats.getByText('Walnut bowl').first().waitFor()
    await chats.getByText('Linen apron').first().click()
    await chats.getByRole('log').getByText('Or in green?').waitFor()
    await chats.getByText('Waiting').waitFor({ state: 'detached' })
    expect(await chats.getByRole('log').locator('.bubble').allTextContents()).toEqual([
      'Does it come in blue?',
      'Or in green?',
    ])
  })
})

test('nothing of a third party, no cookie and no storage before the first use', async () => {
  const page = await visitor('guest')
  await page.context().clearCookies()
  const foreign: string[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) foreign.push(request.url())
  })
  await page.goto(PRODUCT)
  await page.getByRole('button', { name: 'Ask about this product' }).hover()
  await page.waitForLoadState('networkidle')
  expect(foreign).toEqual([])
  expect(await page.context().cookies()).toEqual([])
  const kept = () =>
    page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
    ])
  expect(await kept()).toEqual([0, 0, 0, 0])
})
