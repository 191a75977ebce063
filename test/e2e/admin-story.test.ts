import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import { createSite } from '../support/identity.ts'

let desk: AdminDesk
let shop: Server
/** What the merchant has pasted into the shop's pages so far. */
let pasted = ''
beforeAll(async () => {
  desk = await openAdminDesk()
  shop = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
    response.end(`<!doctype html><html lang="en"><title>Walnut bowl</title><body><main>
      <h1>Walnut bowl</h1>
      <script type="application/ld+json">{"@context":"https://schema.org","@type":"Product","name":"Walnut bowl","productID":"bowl-1"}</script>
      </main>${pasted}</body></html>`)
  }).listen(0, '127.0.0.1')
  await once(shop, 'listening')
})
afterAll(async () => {
  shop?.close()
  await desk?.stop()
})

const next = (page: Page) => page.getByRole('button', { name: 'Save and continue' }).click()
const step = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()

test('a merchant who knows nothing reaches a working chat button through the wizard', async () => {
  const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  // As `npm run site -- create` leaves it, but for the shop's address, which the merchant has yet to say.
  const site = await createSite(desk.worker, ['https://somewhere.example'])
  const page = await desk.page()
  await page.goto(`/admin?site=${site.id}#setup=${site.setup}`)

  await page.getByLabel('Your name').fill('Ada Moss')
  await page.getByLabel('E-mail address').fill('ada@northfold.example')
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Begin' }).click()

  await step(page, 'Your shop')
  expect(page.url()).not.toContain(site.setup)
  await expectNoViolations(page)
  await page.getByLabel('Address of your shop').fill('my shop')
  await next(page)
  await page.getByText('Use a web address, such as https://shop.example.').waitFor()
  await page.getByLabel('Address of your shop').fill(`${origin}/products/bowl?from=mail`)
  await page.getByLabel('Shop name').fill('Northfold')
  await next(page)

  await step(page, 'What people can chat about')
  await expectNoViolations(page)
  const products = page.getByRole('region', { name: 'Products' })
  expect(await products.getByRole('switch', { name: 'Enable context' }).getAttribute('aria-checked')).toBe('true')
  await next(page)

  await step(page, 'Who answers')
  await page.getByRole('button', { name: /Answers for everything else/ }).click()
  await page
    .getByRole('form', { name: 'Invite somebody to answer' })
    .getByLabel('E-mail address')
    .fill('priya@northfold.example')
  await page.getByRole('button', { name: 'Invite', exact: true }).click()
  const invitation = page.getByRole('dialog')
  const link = (await invitation.locator('code').textContent()) ?? ''
  expect(link).toContain('/inbox')
  await expectNoViolations(page)
  await invitation.getByRole('button', { name: 'Done' }).click()
  await next(page)

  await step(page, 'Mails and guests')
  await page.getByLabel('Guests may write').selectOption('name')
  await expectNoViolations(page)
  await next(page)

  await step(page, 'Put it on your shop')
  await page.getByText('Waiting for your shop.').waitFor()
  await expectNoViolations(page)
  pasted = (await page.locator('.snippet code').first().textContent()) ?? ''
  const shopper = await desk.page({ baseURL: origin })
  await shopper.goto('/products/bowl')
  await page.locator('.live.seen').waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.getByRole('heading', { name: 'General' }).waitFor()
  await page.getByRole('link', { name: 'Re-run setup wizard' }).waitFor()

  await shopper.getByRole('button', { name: 'Ask about this product' }).click()
  const panel = shopper.getByRole('dialog')
  await panel.getByLabel('Message').fill('Is it safe in a dishwasher?')
  await panel.getByLabel('Name').fill('Sam')
  await panel.getByRole('button', { name: 'Send message' }).click()
  await shopper.locator('.bubble', { hasText: 'dishwasher' }).waitFor()
  const { settings } = (await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })).body
  expect([settings.brand.name, settings.guests.mode]).toEqual(['Northfold', 'name'])

  // What reads the mail before its reader opens the link, too.
  const scanner = await desk.page()
  await scanner.goto(link)
  await scanner.getByRole('button', { name: 'Open my inbox' }).waitFor()
  const seller = await desk.page()
  await seller.goto(link)
  await seller.getByRole('button', { name: 'Open my inbox' }).click()
  await seller.locator('.row', { hasText: 'dishwasher' }).click()
  await seller.locator('textarea').fill('By hand only, sorry.')
  await seller.locator('textarea').press('Enter')
  await shopper.locator('.bubble', { hasText: 'By hand only' }).waitFor()
})

test('the link of a guest’s order waits for a press in our own inbox, and leaves the guest there what they had', async () => {
  const site = await desk.site()
  const server = { origin: null, token: site.server.secret }
  const settings = { contexts: { order: { enabled: true, createAutomatically: true } } }
  await desk.worker.call('/v1/settings', { ...server, method: 'PUT', body: { version: 1, settings } })
  const placedAt = new Date().toISOString()
  const order = { id: '77', number: 'A-77', customer: { name: 'Kim Park', email: 'kim@home.example' }, placedAt }
  const items = [{ name: 'Bowl', quantity: 1, total: '42.00' }]
  const orders = [{ ...order, total: '42.00', currency: 'EUR', items }]
  expect((await desk.worker.call('/v1/orders', { ...server, method: 'PUT', body: { orders } })).status).toBe(200)
  const { body } = await desk.worker.call('/v1/orders/77/link', { ...server, method: 'POST' })
  const guest = await site.guest()
  const context = { type: 'product', id: 'bowl', claim: { title: 'Walnut bowl' } }
  const message = { clientId: 'm-12345678', body: 'Is it safe?' }
  await desk.worker.call('/v1/chats', { token: guest.token, body: { context, message } })

  const page = await desk.page()
  await page.addInitScript(
    ([key, held]) => localStorage.getItem(key!) ?? localStorage.setItem(key!, held!),
    [`shopbell:${site.id}`, JSON.stringify({ refreshToken: guest.refreshToken })],
  )
  await page.goto(body.url)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.locator('.row', { hasText: 'Walnut bowl' }).waitFor()
  await page.locator('.row', { hasText: 'A-77' }).waitFor()
})
