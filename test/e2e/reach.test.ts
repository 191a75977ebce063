import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, launchWholeBrowser } from '../support/browser.ts'
import { rawMail } from '../support/mail.ts'
import { DemoFolder } from './start-demo.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const BOWL = '/demo/storefront/walnut-bowl'

let demo: DemoFolder
let browser: Browser
let notifying: Browser
let url: string
const contexts: BrowserContext[] = []

beforeAll(async () => {
  demo = new DemoFolder()
  url = (await demo.open()).url
  browser = await launchBrowser()
  notifying = await launchWholeBrowser()
})
afterAll(async () => {
  await browser?.close()
  await notifying?.close()
  await demo.remove()
})
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()))
})

async function as(who: string, options: BrowserContextOptions = {}): Promise<Page> {
  const from = options.permissions?.includes('notifications') ? notifying : browser
  const context = await from.newContext({ baseURL: url, reducedMotion: 'reduce', ...options })
  contexts.push(context)
  if (who) await context.addCookies([{ name: 'demo_who', value: who, domain: 'localhost', path: '/demo' }])
  return context.newPage()
}

const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text })
const settings = (page: Page) => page.getByRole('button', { name: 'Settings' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Settings' })

/** A headless page never is in the background by itself. */
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((is) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => is })
    document.dispatchEvent(new Event('visibilitychange'))
  }, hidden)

async function ask(page: Page, text: string, thing = BOWL) {
  await page.goto(thing)
  await page.getByRole('button', { name: /Ask about|Continue/ }).click()
  await page.locator('textarea').fill(text)
  await page.locator('textarea').press('Enter')
  await bubble(page, text).waitFor()
  await expect.poll(() => page.locator('.pending').count(), { timeout: 30_000 }).toBe(0)
}

interface DevMail {
  to: string
  text: string
  replyTo?: string
}

/** The newest mail to an address that says this. */
async function mailTo(address: string, words: string): Promise<DevMail | undefined> {
  const { mails } = (await (await fetch(`${url}/dev/mail.json`)).json()) as { mails: DevMail[] }
  return mails.find(({ to, text }) => to === address && text.includes(words))
}

async function asShop(method: string, path: string, body?: object): Promise<any> {
  const { server } = JSON.parse(readFileSync(join(demo.folder, 'state/demo-site.json'), 'utf8'))
  const headers = {
    authorization: `Bearer sk_${server.id.slice(4)}_${server.secret}`,
    'content-type': 'application/json',
  }
  const response = await fetch(`${url}/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function answer(page: Page, about: string, text: string) {
  await page.goto('/demo/inbox', { referer: `${url}/demo/` })
  await page.locator('.row', { hasText: about }).first().click()
  await page.locator('textarea').fill(text)
  await page.locator('textarea').press('Enter')
  await bubble(page, text).waitFor()
}

describe('the settings of My Chats', () => {
  test('open and close by keyboard, and the focus returns', async () => {
    const page = await as('alex', { bypassCSP: true })
    await page.goto('/demo/chats')
    await settings(page).focus()
    await page.keyboard.press('Enter')
    await dialog(page).waitFor()
    await page.evaluate(AXE)
    const found = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, 'axe').run(document.querySelector('shopbell-my-chats'))
      return violations.map((one: any) => `${one.id}: ${one.nodes.map((node: any) => node.html).join(' ')}`)
    })
    expect(found).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => dialog(page).count()).toBe(0)
    await expect.poll(() => settings(page).evaluate((button) => button.matches(':focus'))).toBe(true)
  })

  test('ask the browser for nothing before a press, and keep what is chosen', async () => {
    const page = await as('alex', { permissions: ['notifications'] })
    await page.addInitScript(() => {
      const { requestPermission } = Notification
      Object.assign(window, { asked: 0 })
      Notification.requestPermission = (...all) => {
        Object.assign(window, { asked: Reflect.get(window, 'asked') + 1 })
        return requestPermission.apply(Notification, all)
      }
    })
    await page.goto('/demo/chats')
    await settings(page).click()
    const notify = dialog(page).getByRole('switch', { name: /in the background/ })
    await notify.waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(0)
    await notify.check()
    await dialog(page)
      .getByRole('switch', { name: /words of messages/ })
      .check()
    expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(1)
    await page.reload()
    await settings(page).click()
    await expect.poll(() => notify.isChecked()).toBe(true)
    await expect
      .poll(() =>
        dialog(page)
          .getByRole('switch', { name: /words of messages/ })
          .isChecked(),
      )
      .toBe(true)
    expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(0)
  })

  test('say so where the browser blocks notifications', async () => {
    const page = await as('alex', { permissions: [] })
    await page.goto('/demo/chats')
    await page.evaluate(() => {
      Notification.requestPermission = async () => 'denied'
    })
    await settings(page).click()
    const notify = dialog(page).getByRole('switch', { name: /in the background/ })
    await notify.click()
    await dialog(page).getByText('Your browser blocks notifications').waitFor()
    expect(await notify.isChecked()).toBe(false)
  })

  test('fit a phone, whatever the language', async () => {
    const page = await as('alex', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await page.goto('/demo/chats')
    await page.evaluate(() => document.querySelector('shopbell-my-chats')?.setAttribute('lang', 'ar'))
    await page.getByRole('button', { name: 'الإعدادات' }).tap()
    const sheet = page.getByRole('dialog', { name: 'الإعدادات' })
    await sheet.waitFor()
    expect(await sheet.evaluate((element) => getComputedStyle(element).direction)).toBe('rtl')
    expect(await sheet.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
    const small = await sheet
      .locator('button:visible, label:visible')
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().height < 44).length)
    expect(small).toBe(0)
  })
})

describe('a message that comes while the tab is in the background', () => {
  test('is counted in its title, and told by a notification and a sound to who asked for them', async () => {
    const [shopper, seller] = [await as('', { permissions: ['notifications'] }), await as('priya')]
    await shopper.addInitScript(() => {
      const shown: unknown[] = []
      Object.assign(window, { shown, tones: 0 })
      const { start } = OscillatorNode.prototype
      OscillatorNode.prototype.start = function (...when) {
        Object.assign(window, { tones: Reflect.get(window, 'tones') + 1 })
        return start.apply(this, when)
      }
      const Real = window.Notification
      window.Notification = class extends Real {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options)
          shown.push({ title, body: options?.body })
        }
      }
    })
    await ask(shopper, 'Is the oil food safe?')
    await shopper.goto('/demo/chats')
    await settings(shopper).click()
    await dialog(shopper)
      .getByRole('switch', { name: /in the background/ })
      .check()
    await dialog(shopper).getByRole('switch', { name: /sound/i }).check()
    await shopper.keyboard.press('Escape')
    const tones = () => shopper.evaluate(() => Reflect.get(window, 'tones'))
    const before = await tones()
    const title = await shopper.title()
    await hide(shopper, true)
    await answer(seller, 'Is the oil food safe?', 'Yes, it is linseed oil.')
    await expect.poll(() => shopper.title(), { timeout: 30_000 }).toBe(`(1) ${title}`)
    await expect.poll(() => shopper.evaluate(() => Reflect.get(window, 'shown'))).toHaveLength(1)
    const [shown] = await shopper.evaluate(() => Reflect.get(window, 'shown'))
    expect(shown.title).toBe('Oak Works')
    expect(shown.body).not.toContain('linseed')
    await expect.poll(tones).toBeGreaterThan(before)
    await hide(shopper, false)
    await expect.poll(() => shopper.title()).toBe(title)
  })

  test('is not counted on a page without chats', async () => {
    const [shopper, seller] = [await as(''), await as('priya')]
    await ask(shopper, 'How heavy is it?')
    await shopper.goto('/demo/plain/ash-desk-lamp')
    await shopper.evaluate(async () => (await window.shopbell!.host!.store()).ready)
    const title = await shopper.title()
    await hide(shopper, true)
    await answer(seller, 'How heavy is it?', 'About 600 grams.')
    await expect
      .poll(() => shopper.evaluate(async () => (await window.shopbell!.host!.store()).state.unread), {
        timeout: 30_000,
      })
      .toBeGreaterThan(0)
    expect(await shopper.title()).toBe(title)
  })
})

describe('a chat', () => {
  test('is known to be looked at as long as it is in front of somebody: nobody is mailed what they see', async () => {
    const [shopper, seller] = [await as(''), await as('priya')]
    await ask(shopper, 'Is it oiled?')
    const said: { type: string; chat?: string }[] = []
    seller.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => payload !== 'ping' && said.push(JSON.parse(String(payload)))),
    )
    const looksAt = () => said.filter(({ type }) => type === 'looking').at(-1)?.chat
    await seller.goto('/demo/inbox', { referer: `${url}/demo/` })
    await seller.locator('.row', { hasText: 'Is it oiled?' }).first().click()
    await bubble(seller, 'Is it oiled?').waitFor()
    await expect.poll(looksAt).toMatch(/^chat_/)
    const chat = looksAt()
    await hide(seller, true)
    await expect.poll(looksAt).toBeUndefined()
    await hide(seller, false)
    await expect.poll(looksAt).toBe(chat)
    said.length = 0
    await seller.reload()
    await expect.poll(looksAt).toBe(chat)
    await seller.setViewportSize({ width: 390, height: 844 })
    await seller.getByRole('button', { name: 'All chats' }).click()
    await expect.poll(looksAt).toBeUndefined()
  })
})

describe('a guest’s link', () => {
  const mailed = async (): Promise<string> =>
    (await mailTo('kim@mail.example', '#shopbell-link='))?.text.match(/https?:\S+#shopbell-link=[\w.-]+/)?.[0] ?? ''

  test('is asked for in the settings, and goes on with the chats in another browser by a press', async () => {
    const laptop = await as('')
    await ask(laptop, 'Does it fit a dishwasher?')
    await laptop.goto('/demo/chats')
    await laptop.locator('.row').first().click()
    await settings(laptop).click()
    await dialog(laptop).getByLabel('E-mail').fill('kim@mail')
    await dialog(laptop).getByRole('button', { name: 'Mail me a link' }).click()
    await dialog(laptop).getByText('This address does not work.').waitFor()
    await dialog(laptop).getByLabel('E-mail').fill('kim@mail.example')
    await dialog(laptop).getByRole('button', { name: 'Mail me a link' }).click()
    await dialog(laptop).getByText('The link is on its way').waitFor()
    await expect.poll(mailed, { timeout: 30_000 }).toContain('/demo/chats#shopbell-link=')
    const link = await mailed()

    // A scanner that even runs the page's scripts uses nothing up.
    const scanner = await as('')
    await scanner.goto(link)
    await scanner.getByRole('dialog', { name: 'Continue your chats here' }).waitFor()
    expect(new URL(scanner.url()).hash).toBe('')

    const phone = await as('', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    await phone.goto(link)
    await phone.getByRole('button', { name: 'Continue', exact: true }).tap()
    await bubble(phone, 'Does it fit a dishwasher?').waitFor()
    await phone.reload()
    await bubble(phone, 'Does it fit a dishwasher?').waitFor()

    const late = await as('')
    await late.goto(link)
    await late.getByRole('button', { name: 'Continue', exact: true }).click()
    await late.getByText('This link is used up or too old.').waitFor()
  })
})

describe('a seller who is away', () => {
  test('finds the message in the mail and answers it there; the shopper sees the answer live', async () => {
    const { version } = await asShop('GET', '/settings')
    await asShop('PUT', '/settings', { version, settings: { notifications: { delaySec: 0 } } })
    // Their address is known from a day when they were there.
    const seller = await as('priya')
    await seller.goto('/demo/inbox', { referer: `${url}/demo/` })
    await seller.locator('.row').first().waitFor()
    await seller.context().close()

    const shopper = await as('sam')
    await ask(shopper, 'Could you engrave a name?', '/demo/dawn/products/oak-serving-board')
    const wanted = () => mailTo('priya@oakworks.example', 'Could you engrave a name?')
    await expect.poll(wanted, { timeout: 90_000, interval: 500 }).toBeTruthy()
    const mail = await wanted()
    expect(mail?.replyTo).toMatch(/^[a-z2-7]{52}@/)
    expect(mail?.text).toMatch(/^##- Write your answer above this line -##/)

    const quoted = mail?.text.replace(/^/gm, '> ')
    const raw = rawMail({
      from: 'Priya Nair <priya@oakworks.example>',
      to: mail?.replyTo ?? '',
      text: `Gladly, up to twelve letters.\r\n\r\nOn 27/11/2026 10:05, Northfold wrote:\r\n${quoted}`,
    })
    const to = encodeURIComponent(mail?.replyTo ?? '')
    const delivered = await fetch(`${url}/cdn-cgi/handler/email?from=priya@oakworks.example&to=${to}`, {
      method: 'POST',
      body: raw,
    })
    expect(delivered.status).toBe(200)
    await bubble(shopper, 'Gladly, up to twelve letters.').waitFor({ timeout: 30_000 })
    expect(await bubble(shopper, 'Northfold wrote').count()).toBe(0)
  })
})
