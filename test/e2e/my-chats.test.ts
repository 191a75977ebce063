import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { DemoFolder, type Started, stop } from './start-demo.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const BOWL = '/demo/storefront/walnut-bowl'

let demo: DemoFolder
let running: Started & { url: string }
let browser: Browser
let url: string
const contexts: BrowserContext[] = []

beforeAll(async () => {
  demo = new DemoFolder()
  running = await demo.open()
  url = running.url
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await demo.remove()
})
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
})

/** A browser of its own in which somebody is signed in at the shop. */
async function as(who: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce', bypassCSP: false, ...options })
  contexts.push(context)
  if (who) await context.addCookies([{ name: 'demo_who', value: who, domain: 'localhost', path: '/demo' }])
  return context.newPage()
}

const row = (page: Page, title: string) => page.locator('shopbell-my-chats .row', { hasText: title })
const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text })
const field = (page: Page) => page.locator('textarea')

async function say(page: Page, text: string) {
  await field(page).fill(text)
  await field(page).press('Enter')
}

async function openChat(page: Page, title: string) {
  await page.goto('/demo/chats')
  await row(page, title).first().click()
  await field(page).waitFor()
}

/** A request as the shop's server makes it. */
async function asShop(method: string, path: string, body?: object): Promise<any> {
  const headers = { authorization: `Bearer ${serverKey()}`, 'content-type': 'application/json' }
  const answer = await fetch(`${url}/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

function serverKey(): string {
  const { server } = JSON.parse(readFileSync(join(demo.folder, 'state/demo-site.json'), 'utf8'))
  return `sk_${server.id.slice('key_'.length)}_${server.secret}`
}

describe('a conversation', () => {
  test('goes on in two browsers over a reload and a restart of the worker', async () => {
    const [shopper, seller] = [await as(''), await as('priya')]
    await shopper.goto(BOWL)
    await shopper.getByRole('button', { name: 'Ask about this product' }).click()
    await say(shopper, 'Is it safe in a dishwasher?')
    await bubble(shopper, 'dishwasher').waitFor()

    await seller.goto('/demo/inbox', { referer: `${url}/demo/` })
    await row(seller, 'Is it safe in a dishwasher?').click()
    await bubble(seller, 'dishwasher').waitFor()
    await say(seller, 'By hand only, sorry.')
    await bubble(shopper, 'By hand only').waitFor()
    await expect.poll(() => shopper.locator('.mine .meta').first().textContent()).toContain('Read')

    await shopper.reload()
    await shopper.getByRole('button', { name: /Ask about|Continue/ }).click()
    await bubble(shopper, 'By hand only').waitFor()
    expect(await bubble(shopper, 'dishwasher').count()).toBe(1)

    await stop(running, 'SIGINT')
    await say(shopper, 'Then I take two.')
    await expect.poll(() => shopper.locator('.pending').textContent()).toContain('Waiting')
    running = { ...demo.start(['--port', new URL(url).port]), url }
    await bubble(seller, 'Then I take two.').waitFor({ timeout: 90_000 })
    await expect.poll(() => shopper.locator('.pending').count()).toBe(0)
    expect(await bubble(shopper, 'Then I take two.').count()).toBe(1)
    expect(await bubble(seller, 'Then I take two.').count()).toBe(1)
  })

  test('sent without a network waits, survives a reload and goes out once', async () => {
    const page = await as('sam')
    await openChat(page, 'Walnut bowl')
    await page.route('**/v1/chats/*/messages', (route) =>
      route.request().method() === 'POST' ? route.abort('connectionfailed') : route.continue(),
    )
    await say(page, 'from the tunnel')
    await say(page, 'still in the tunnel')
    await expect.poll(() => page.locator('.pending .bubble').count()).toBe(2)
    await page.reload()
    await row(page, 'Walnut bowl').first().click()
    await expect
      .poll(() => page.locator('.pending .bubble').allTextContents())
      .toEqual(['from the tunnel', 'still in the tunnel'])
    await page.unroute('**/v1/chats/*/messages')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await expect.poll(() => page.locator('.pending').count(), { timeout: 30_000 }).toBe(0)
    expect(await bubble(page, 'tunnel').allTextContents()).toEqual(['from the tunnel', 'still in the tunnel'])
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
  })

  test('that is read while the network is away is read for everybody once it is back', async () => {
    const [reader, writer] = [await as('sam'), await as('priya')]
    await openChat(reader, 'Walnut bowl')
    await writer.goto('/demo/inbox', { referer: `${url}/demo/` })
    await row(writer, 'Walnut bowl').first().click()
    await reader.route('**/v1/chats/*/read', (route) => route.abort('connectionfailed'))
    const failed = reader.waitForEvent('requestfailed', (request) => request.url().endsWith('/read'))
    await say(writer, 'Do you see this?')
    await bubble(reader, 'Do you see this?').waitFor()
    await failed
    expect(await writer.locator('.mine .meta').last().textContent()).toContain('Sent')
    await reader.unroute('**/v1/chats/*/read')
    await reader.evaluate(() => window.dispatchEvent(new Event('online')))
    await expect.poll(() => writer.locator('.mine .meta').last().textContent()).toContain('Read')
  })

  test('held up by a limit is kept, counted down and sent by itself, and the next words stay', async () => {
    const page = await as('alex')
    await openChat(page, 'Linen cushion')
    await page.route('**/v1/chats/*/messages', (route) => {
      if (route.request().method() === 'GET') return route.continue()
      const problem = { code: 'burst_limited', title: 'Too many', retryAfterMs: 2600 }
      return route.fulfill({ status: 429, contentType: 'application/problem+json', body: JSON.stringify(problem) })
    })
    await say(page, 'one too many')
    await page
      .getByText(/it goes out in [123] s/)
      .first()
      .waitFor()
    await say(page, 'next words')
    expect(await field(page).inputValue()).toBe('next words')
    await page.unroute('**/v1/chats/*/messages')
    await expect.poll(() => page.locator('.pending').count(), { timeout: 10_000 }).toBe(0)
    expect(await bubble(page, 'one too many').count()).toBe(1)
    await field(page).press('Enter')
    await bubble(page, 'next words').waitFor()
  })

  test('that cannot be sent says why and can be discarded', async () => {
    const page = await as('alex')
    await openChat(page, 'Linen cushion')
    const problem = JSON.stringify({ code: 'chat_read_only', title: 'x' })
    await page.route('**/v1/chats/*/messages', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 409, body: problem }) : route.continue(),
    )
    await say(page, 'in vain')
    await page.getByText('Not sent. This chat is kept for reading.').waitFor()
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect.poll(() => bubble(page, 'in vain').count()).toBe(0)
  })

  test('about an order that the shop has not told of says that, and not that a chat is gone', async () => {
    const page = await as('alex')
    await page.goto(BOWL)
    await page.getByRole('button', { name: /Ask about|Continue/ }).waitFor()
    const problem = JSON.stringify({ code: 'not_found', title: 'x' })
    await page.route('**/v1/chats', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 404, body: problem }) : route.continue(),
    )
    await page.evaluate(() => Reflect.get(window, 'shopbell')('startChat', { type: 'order', id: '999' }))
    await say(page, 'Where is it?')
    await page.getByText('Not sent. The shop does not know this order yet.').waitFor()
  })

  test('is closed by one side, reopened by the other, and both see it', async () => {
    const [shopper, seller] = [await as('alex'), await as('priya')]
    await openChat(shopper, 'Three-legged stool')
    await openChat(seller, 'Alex Okafor')
    await seller.getByRole('button', { name: 'More' }).click()
    await seller.getByRole('button', { name: 'Close chat' }).click()
    await shopper.getByText('This chat is closed.').waitFor()
    await shopper.getByRole('button', { name: 'Reopen chat' }).last().click()
    await field(seller).waitFor()
    await seller.getByRole('button', { name: 'More' }).click()
    await seller.getByRole('button', { name: /^Block/ }).click()
    await shopper.getByText('You can’t write to this seller.').waitFor()
    await seller
      .getByRole('button', { name: /^Unblock/ })
      .last()
      .click()
    await field(shopper).waitFor()
  })
})

describe('a long log', () => {
  test('loads upwards without a jump, and says what came in below', async () => {
    const { version } = await asShop('GET', '/settings')
    await asShop('PUT', '/settings', { version, settings: { limits: { enabled: false } } })
    const [shopper, seller] = [await as('sam'), await as('priya')]
    await openChat(seller, 'Sam Rivera')
    await openChat(shopper, 'Walnut bowl')
    for (let i = 1; i <= 90; i++) {
      await field(shopper).fill(`line ${i}`)
      await field(shopper).press('Enter')
    }
    await expect.poll(() => shopper.locator('.pending').count(), { timeout: 90_000 }).toBe(0)
    await openChat(seller, 'Sam Rivera')
    await bubble(seller, 'line 90').waitFor()
    expect(await bubble(seller, 'line 90').count()).toBe(1)
    expect(await seller.locator('.bubble').count()).toBeLessThanOrEqual(60)

    const log = seller.locator('shopbell-log .scroll')
    await log.evaluate((scroll) => scroll.scrollTo(0, -1000))
    const place = () =>
      bubble(seller, 'line 68')
        .first()
        .evaluate((line) => Math.round(line.getBoundingClientRect().top))
    const before = await place()
    await expect.poll(() => seller.locator('.bubble').count()).toBeGreaterThan(60)
    expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(1)
    await say(shopper, 'one more below')
    await seller.getByRole('button', { name: '1 new message' }).waitFor()
    expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(1)
    await seller.getByRole('button', { name: '1 new message' }).click()
    await expect.poll(() => log.evaluate((scroll) => scroll.scrollTop)).toBe(0)
    for (let i = 0; i < 6; i++) {
      await log.evaluate((scroll) => scroll.scrollTo(0, -scroll.scrollHeight))
      await sleep(300)
    }
    expect(await bubble(seller, 'Is this bowl turned').count()).toBe(1)
  })
})

describe('My Chats', () => {
  test('opens the chat that the address names, and says when there is none', async () => {
    const page = await as('sam')
    await openChat(page, 'Walnut bowl')
    const id = await page.evaluate(async () => [...(await window.shopbell!.host!.store()).state.chats.keys()][0])
    await page.goto('/demo/')
    await page.goto(`/demo/chats#shopbell-chat=${id}`)
    await field(page).waitFor()
    await page.goto('/demo/')
    await page.goto('/demo/chats#shopbell-chat=chat_AAAAAAAAAAAAAAAAAAAAAA')
    await page.getByText('This chat is not here.').waitFor()
  })

  test('finds chats by words and by kind', async () => {
    const page = await as('alex')
    await page.goto('/demo/chats')
    await row(page, 'Linen cushion').waitFor()
    await page.getByRole('searchbox').fill('stool')
    await expect.poll(() => page.locator('.row').count()).toBe(1)
    await page.getByRole('searchbox').fill('no such thing')
    await page.getByText('Nothing found').waitFor()
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Orders' }).click()
    await page.getByText('Nothing found').waitFor()
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await expect.poll(() => page.locator('.row').count()).toBe(2)
  })

  test('says "sign in again" when the shop vouches wrongly, and recovers', async () => {
    const page = await as('sam')
    await page.route('**/demo/identity*', (route) => route.fulfill({ json: { assertion: 'a.b.c' } }))
    await page.goto('/demo/chats')
    await page.getByText('Sign in again').waitFor()
    await page.unroute('**/demo/identity*')
    await page.getByRole('button', { name: 'Try again' }).click()
    await row(page, 'Walnut bowl').waitFor()
  })

  test('keeps what is being written for each chat, over a reload', async () => {
    const page = await as('alex')
    await openChat(page, 'Linen cushion')
    await field(page).fill('half a thought')
    await row(page, 'Three-legged stool').click()
    await expect.poll(() => field(page).inputValue()).toBe('')
    await page.reload()
    await row(page, 'Linen cushion').click()
    await expect.poll(() => field(page).inputValue()).toBe('half a thought')
  })

  test('keeps keystrokes from the page and leaves Enter to an input method', async () => {
    const page = await as('alex')
    await openChat(page, 'Linen cushion')
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(window, { seen })
      document.addEventListener('keydown', ({ key }) => seen.push(key))
    })
    await field(page).pressSequentially('s/k')
    await field(page).dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, composed: true })
    expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toEqual([])
    expect(await field(page).inputValue()).toContain('s/k')
    await field(page).fill('x'.repeat(4003))
    await page.getByText('This message is too long by 3.').waitFor()
    await field(page).fill('')
  })

  test('shows one pane on a phone, with a way back', async () => {
    const page = await as('alex', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await page.goto('/demo/chats')
    await row(page, 'Linen cushion').tap()
    await bubble(page, 'cushion').or(page.locator('.bubble')).first().waitFor()
    expect(await row(page, 'Linen cushion').isVisible()).toBe(false)
    const small = await page
      .locator('shopbell-my-chats button:visible')
      .evaluateAll((all) =>
        all.filter((button) => button.getBoundingClientRect().height < 44).map((button) => button.textContent?.trim()),
      )
    expect(small).toEqual([])
    expect(
      await field(page).evaluate((area) => Number.parseFloat(getComputedStyle(area).fontSize)),
    ).toBeGreaterThanOrEqual(16)
    await page.getByRole('button', { name: 'All chats' }).tap()
    await row(page, 'Linen cushion').waitFor()
  })

  test('keeps the list and the way back without a network, and fills an opened chat once it is back', async () => {
    const page = await as('alex', { viewport: { width: 390, height: 844 } })
    await page.goto('/demo/chats')
    await row(page, 'Linen cushion').waitFor()
    await page.context().setOffline(true)
    await page.getByText('You’re offline').waitFor()
    await row(page, 'Linen cushion').click()
    await page.getByRole('button', { name: 'All chats' }).waitFor()
    await page.getByText('You’re offline').waitFor()
    await page.context().setOffline(false)
    await page.locator('.bubble').first().waitFor()
  })

  test('opens a chat by Enter, and the caret is where one writes', async () => {
    const page = await as('alex')
    await page.goto('/demo/chats')
    await row(page, 'Linen cushion').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => field(page).evaluate((area) => area.matches(':focus'))).toBe(true)
  })

  test.each([
    ['light', '/demo/chats'],
    ['dark', '/demo/chats'],
    ['light', BOWL],
  ] as const)('has nothing to complain of for axe: %s %s', async (colorScheme, path) => {
    const page = await as('alex', { colorScheme, bypassCSP: true })
    if (path === BOWL) {
      await page.goto(path)
      await page.getByRole('button', { name: /Ask about|Continue/ }).click()
      await page.locator('shopbell-panel textarea').waitFor()
    } else await openChat(page, 'Three-legged stool')
    await page.evaluate(AXE)
    const found = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, 'axe').run(
        document.querySelector('shopbell-panel,shopbell-my-chats'),
      )
      return violations.map((one: any) => `${one.id}: ${one.nodes.map((node: any) => node.html).join(' ')}`)
    })
    expect(found).toEqual([])
  })
})

describe('the panel', () => {
  const withGuests = (page: Page, guests: string) =>
    page.route('**/public', async (route) => {
      const answer = await route.fetch({ headers: { ...route.request().headers(), origin: url } })
      await route.fulfill({ response: answer, json: { ...(await answer.json()), guests } })
    })

  test('asks a guest for details inside, and asks the server for nothing before', async () => {
    const page = await as('')
    await withGuests(page, 'name_email')
    const asked: string[] = []
    page.on('request', (request) => request.url().includes('/v1/') && asked.push(new URL(request.url()).pathname))
    await page.goto('/demo/plain/ash-desk-lamp')
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Message').fill('How bright is it?')
    await dialog.getByRole('button', { name: 'Send message' }).click()
    await dialog.getByText('Please tell us your name.').waitFor()
    await dialog.getByLabel('Name').fill('Kim')
    await dialog.getByLabel('E-mail').fill('kim@example')
    await dialog.getByRole('button', { name: 'Send message' }).click()
    await dialog.getByText('This address looks incomplete.').waitFor()
    expect(asked.every((path) => path.endsWith('/public'))).toBe(true)
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([])
    await dialog.getByLabel('E-mail').fill('kim@example.com')
    await dialog.getByRole('button', { name: 'Send message' }).click()
    await bubble(page, 'How bright is it?').waitFor()
    await expect.poll(() => page.locator('.pending').count()).toBe(0)
  })

  test('keeps the first message when the network goes, and gives it back', async () => {
    const page = await as('')
    await page.goto('/demo/element/linen-cushion')
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    await page.route('**/v1/sessions', (route) => route.abort('connectionfailed'))
    await say(page, 'Is it machine washable?')
    await page.getByRole('alert').getByText('No connection').waitFor()
    expect(await field(page).inputValue()).toBe('Is it machine washable?')
    await page.unroute('**/v1/sessions')
    await field(page).press('Enter')
    await bubble(page, 'machine washable').waitFor()
    await expect.poll(() => page.locator('.pending').count()).toBe(0)
  })

  test('sends a first message once although its answer was lost', async () => {
    const page = await as('')
    await page.goto('/demo/element/three-legged-stool')
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    let lost = 0
    await page.route('**/v1/chats', async (route) => {
      if (route.request().method() !== 'POST' || lost++) return route.continue()
      await route.fetch({ headers: { ...route.request().headers(), origin: url } })
      return route.abort('connectionfailed')
    })
    await say(page, 'Only once, please')
    await expect
      .poll(() => page.locator('.run:not(.pending) .bubble', { hasText: 'Only once' }).count(), { timeout: 30_000 })
      .toBe(1)
    expect(await bubble(page, 'Only once').count()).toBe(1)
  })

  test('tells guests to sign in where the shop admits none', async () => {
    const page = await as('')
    await withGuests(page, 'none')
    await page.goto(BOWL)
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    await page.getByText('Sign in to chat').waitFor()
  })

  test('leaves the caret where one writes after the first message, and the focus inside when a chat is closed', async () => {
    const page = await as('')
    await page.goto('/demo/element/linen-cushion')
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    await field(page).fill('First')
    await page.keyboard.press('Enter')
    await page.locator('.run:not(.pending) .bubble', { hasText: 'First' }).waitFor()
    await page.keyboard.type('Second')
    expect(await field(page).inputValue()).toBe('Second')
    await field(page).fill('')
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Close chat' }).click()
    await page.locator('shopbell-panel .foot').waitFor()
    const isInside = () => page.evaluate(() => document.activeElement?.localName)
    await expect.poll(isInside).toBe('shopbell-panel')
    await page.getByRole('button', { name: 'Reopen chat' }).click()
    await field(page).waitFor()
    await expect.poll(isInside).toBe('shopbell-panel')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  test('opened without a network says so, and goes on by itself once it is back', async () => {
    const page = await as('')
    await page.goto(BOWL)
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    await say(page, 'Before the tunnel')
    await bubble(page, 'Before the tunnel').waitFor()
    await expect.poll(() => page.locator('.pending').count()).toBe(0)
    await page.goto('/demo/plain/ash-desk-lamp')
    const button = page.getByRole('button', { name: 'Ask about this product' })
    await button.waitFor()
    await page.waitForLoadState('networkidle')
    await page.context().setOffline(true)
    await button.click()
    await page.getByRole('dialog').getByText('You’re offline').waitFor()
    expect(await page.getByText('Sign in again').count()).toBe(0)
    await page.context().setOffline(false)
    await page.getByText('You’re offline').waitFor({ state: 'hidden' })
    await say(page, 'After the tunnel')
    await page.locator('.run:not(.pending) .bubble', { hasText: 'After the tunnel' }).waitFor()
  })

  test('fits a phone on a page that does not', async () => {
    const page = await as('', { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true })
    await page.goto('/demo/plain/ash-desk-lamp')
    await page.evaluate(() => {
      document.body.style.width = '420px'
    })
    await page.getByRole('button', { name: 'Ask about this product' }).tap()
    await field(page).waitFor()
    const sheet = await page.getByRole('dialog').boundingBox()
    expect(sheet?.width).toBeLessThanOrEqual(320)
    expect(await page.evaluate(() => innerWidth)).toBeGreaterThan(320)
  })

  test('closes with Esc and gives the focus back', async () => {
    const page = await as('alex')
    await page.goto('/demo/dawn/products/linen-apron')
    const button = page.getByRole('button', { name: 'Ask about this product' })
    await button.click()
    await expect.poll(() => field(page).evaluate((area) => area.matches(':focus'))).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    expect(await button.evaluate((element) => element.matches(':focus'))).toBe(true)
  })
})
