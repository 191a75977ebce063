import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AdminDesk, openAdminDesk } from '../support/admin-page.ts'
import { launchBrowser } from '../support/browser.ts'
import { operate } from '../support/identity.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { sample } from '../support/shop-pages.ts'

// Whatever somebody may write stands on every page as it was written. The shop's pages have no policy that would help.

/** Would say so if it ever became an element. */
const evil = (name: string) => `<img src=x onerror=ran="${name}">`
const SITE = evil('site')
const LABEL = evil('label')
const DESK = evil('desk')
const PERSON = evil('person')
const SUBJECT = evil('subject')
const BODY = evil('body')
const TITLE = evil('title')
const WORDS = evil('words')

let desk: AdminDesk
let shop: TestShop
let browser: Browser
let server: Server
let origin: string

beforeAll(async () => {
  desk = await openAdminDesk()
  const { worker } = desk
  browser = await launchBrowser()
  const mail = { subject: `${SUBJECT} {{site_name}}`, body: `${BODY} {{sender_name}} {{last_message}}` }
  shop = await openShop(worker, {
    brand: { name: SITE },
    general: { opens: 'panel' },
    contexts: { product: { buttonLabel: LABEL } },
    notifications: { newMessage: mail },
  })
  await shop.put('/v1/sellers', { sellers: [{ id: '19', name: DESK, members: ['19'] }] })
  server = await openPages()
  for (const [address, use] of [
    [origin, 'shop'],
    [worker.url, 'admin'],
  ])
    await operate(worker, `/sites/${shop.id}/origins`, { method: 'PUT', body: { origin: address, use } })
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  await desk?.stop()
})

async function openPages(): Promise<Server> {
  const pages: Record<string, string> = {
    '/products/walnut-bowl': await sample('shopify-dawn-product.constructed.html'),
    '/chats': '<!doctype html><html lang="en"><body><shopbell-my-chats></shopbell-my-chats></body></html>',
  }
  const up = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://x')
    const who = /who=(\w+)/.exec(request.headers.cookie ?? '')?.[1]
    if (pathname === '/whoami') {
      const claims = who === '19' ? { sub: '19', role: 'seller', name: DESK } : { sub: '42', name: PERSON }
      const assertion = shop.assertion(claims)
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ assertion }))
    }
    const tag = `<script async src="${desk.worker.url}/shopbell.js" data-site="${shop.id}" data-identity="/whoami"></script>`
    const html = pages[pathname]?.replace('</body>', `${tag}</body>`)
    return response.writeHead(html ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' }).end(html ?? '')
  })
  await new Promise<void>((ready) => up.listen(0, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${(up.address() as AddressInfo).port}`
  return up
}

async function visit(path: string, who: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce' })
  await context.addCookies([{ name: 'who', value: who, url: origin }])
  const page = await context.newPage()
  await page.goto(path)
  return page
}

/** These stand there to be read, none became an element, and nothing ran. */
async function expectLiteral(page: Page, ...texts: string[]) {
  for (const text of texts) await page.getByText(text).locator('visible=true').first().waitFor()
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  for (const frame of page.frames()) expect(await frame.evaluate(() => Reflect.get(window, 'ran'))).toBeUndefined()
}

it('is noticed by these tests where it does become an element', async () => {
  const page = await visit('/chats', '42')
  await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), WORDS)
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'ran'))).toBe('words')
  await expect(expectLiteral(page)).rejects.toThrow()
})

describe('HTML in a text is shown as it was written', () => {
  it('in the button, its panel and My Chats, on both sides', async () => {
    const products = [{ id: '7999306039433', title: TITLE, seller: '19' }]
    expect((await shop.put('/v1/catalog/products', { products })).status).toBe(200)
    const page = await visit('/products/walnut-bowl', '42')
    await page.locator('shopbell-start-chat').getByRole('button', { name: LABEL }).click()
    const field = page.locator('shopbell-panel').getByRole('textbox', { name: /message/i })
    await field.fill(WORDS)
    await field.press('Enter')
    await page.locator('shopbell-panel').getByRole('log').getByText(WORDS).waitFor()
    await expectLiteral(page, LABEL, TITLE, DESK, WORDS)

    const chats = await visit('/chats', '42')
    await chats.getByText(TITLE).first().click()
    await chats.getByRole('log').getByText(WORDS).waitFor()
    await expectLiteral(chats, TITLE, DESK, WORDS)

    const seller = await visit('/chats', '19')
    await seller.getByText(TITLE).first().click()
    await seller.getByRole('log').getByText(WORDS).waitFor()
    await expectLiteral(seller, TITLE, PERSON, WORDS)
  })

  it('in every page of the settings panel', async () => {
    const open = async (path: string) => {
      const page = await desk.open(shop, path, { name: PERSON })
      await page.getByRole('main').locator('h1').first().waitFor()
      return page
    }
    const chats = await open('settings/chats')
    await expectLiteral(chats, SITE, TITLE, DESK, PERSON)
    await chats.getByText(TITLE).first().click()
    await expectLiteral(chats, WORDS, PERSON)
    await expectLiteral(await open('settings/people'), DESK, PERSON)
    await expectLiteral(await open('settings/audit'), LABEL, SUBJECT)
    await expectLiteral(await open('settings/contexts.product'), LABEL)
    await expectLiteral(await open('settings/appearance'), SITE)
    await expectLiteral(await open('analytics'), DESK)
  })

  it('in the preview of a mail', async () => {
    const page = await desk.open(shop, 'settings/notifications')
    const preview = page.locator('shopbell-mail-view').first()
    await preview.getByText(`${SUBJECT} ${SITE}`).waitFor()
    await expectLiteral(page, BODY)
  })

  it('in the mail itself', async () => {
    const iat = Math.floor(Date.now() / 1000)
    const assertion = shop.assertion({ sub: 'boss', role: 'admin', iat, exp: iat + 60 }, shop.admin)
    const { token } = (await shop.open({ assertion }, { origin: desk.worker.url })).body
    const draft = { event: 'newMessage', subject: SUBJECT, body: `${BODY} {{sender_name}}` }
    const preview = { origin: desk.worker.url, token, body: draft }
    const { status, body } = await desk.worker.call('/v1/notifications/preview', preview)
    expect(status).toBe(200)
    const page = await visit('/chats', '42')
    await page.setContent(body.html)
    await expectLiteral(page, BODY)
  })
})
