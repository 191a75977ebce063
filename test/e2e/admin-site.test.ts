import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import { sample, sign, wooHeaders, wpJson } from '../support/hooks.ts'
import { type MadeSite, operate } from '../support/identity.ts'

let desk: AdminDesk
let site: MadeSite
beforeAll(async () => {
  desk = await openAdminDesk()
  site = await desk.site()
  await ask('Where is my parcel?')
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

async function ask(text: string) {
  const { token } = await site.guest({ name: 'Sam Rivera', email: 'sam@home.example' })
  const message = { clientId: `m-${Date.now()}`, body: text }
  const claim = { title: 'Walnut bowl' }
  await desk.worker.call('/v1/chats', { token, body: { context: { type: 'product', id: 'bowl', claim }, message } })
}

/** Goes to another page; what asks for a fresh proof is answered as a code from the mail would. */
async function open(path: string, options = {}): Promise<Page> {
  const page = await desk.open(site, `settings/${path}`, options)
  await page.getByRole('main').locator('h1').first().waitFor()
  return page
}
/** As if the person had just shown who is there. */
const stepUp = () =>
  desk.worker.env.DB.prepare('UPDATE sessions SET stepped_up_at = ? WHERE site = ?').bind(Date.now(), site.id).run()

describe('install', () => {
  test('takes an address of the shop, and says what is wrong with one', async () => {
    const page = await open('install')
    await stepUp()
    await page.getByLabel('Address', { exact: true }).fill('https://shop.two.example/path')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('Use scheme and host alone').waitFor()
    await page.getByLabel('Address', { exact: true }).fill('https://shop.two.example')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Remove https://shop.two.example' }).click()
    await expectNoViolations(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect.poll(() => page.getByText('https://shop.two.example').count()).toBe(0)
  })

  test('makes a second key, shows its secret once, and revokes the first', async () => {
    const page = await open('install')
    await stepUp()
    await page.getByRole('button', { name: /^New key.*Who is signed in/ }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.locator('code').last().textContent()).toMatch(/^[\w-]{43}$/)
    await dialog.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: /^New key.*Who is signed in/ }).click()
    await page.getByText('There are two keys of this use already.').waitFor()
    await page
      .getByRole('list', { name: 'Who is signed in' })
      .getByRole('button', { name: /^Revoke/ })
      .last()
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await expect
      .poll(() =>
        page
          .getByRole('list', { name: 'Who is signed in' })
          .getByRole('button', { name: /^Revoke/ })
          .count(),
      )
      .toBe(1)
  })

  test('asks for a fresh proof before it changes anything', async () => {
    const page = await open('install', { name: 'Bo Lind' })
    await desk.worker.env.DB.prepare('UPDATE sessions SET stepped_up_at = NULL WHERE site = ?').bind(site.id).run()
    await page.getByRole('button', { name: /^New key.*Your server/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Is it still you?').waitFor()
    await expectNoViolations(page)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })
})

describe('webhooks', () => {
  const woo = (page: Page) => page.getByRole('list', { name: 'WooCommerce webhooks' })

  test('of WooCommerce are added; a delivery shows, and one that is refused is not taken for it', async () => {
    const own = await desk.site()
    const page = await desk.open(own, 'settings/install')
    await page.getByText('No platform is connected.').waitFor()
    await desk.worker.env.DB.prepare('UPDATE sessions SET stepped_up_at = ? WHERE site = ?')
      .bind(Date.now(), own.id)
      .run()
    await page.getByRole('button', { name: 'Add WooCommerce' }).click()
    const codes = page.getByRole('dialog').locator('code')
    await codes.last().waitFor()
    const [, secret = '', address = ''] = await codes.allTextContents()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'I have kept it' }).click()
    const deliver = async (topic: string, payload: unknown, key = secret) => {
      const body = wpJson(payload)
      const headers = wooHeaders(topic, sign(body, key))
      return desk.worker.call(new URL(address).pathname, { method: 'POST', origin: null, body, headers })
    }
    expect((await deliver('order.created', {}, 'somebody-elses')).status).toBe(401)
    await page.reload()
    await woo(page).getByText('1 refused for its signature').waitFor()
    await woo(page).getByText('Nothing has come yet').waitFor()
    expect((await deliver('order.created', await sample('woocommerce-order-rest-v3.json'))).status).toBe(200)
    await page.reload()
    await woo(page).getByText('Last delivery').waitFor()
    await expectNoViolations(page)
  })

  test('of Shopify are added, and the secret does not stay in the page', async () => {
    const page = await open('install')
    await stepUp()
    const secret = page.getByLabel('Client secret of the app')
    expect(await secret.getAttribute('type')).toBe('password')
    await secret.fill('shpss_0123456789abcdef0123456789abcdef')
    await page.getByLabel('Shop domain').fill('wool.myshopify.com')
    await page.getByRole('button', { name: 'Add Shopify' }).click()
    await page.getByRole('button', { name: 'I have kept it' }).click()
    expect([await secret.inputValue(), await page.getByLabel('Shop domain').inputValue()]).toEqual(['', ''])
  })
})

describe('people', () => {
  test('are invited, and the link is there to hand over', async () => {
    const page = await open('people')
    await stepUp()
    const form = page.locator('form', { has: page.getByLabel('Role', { exact: true }) })
    await form.getByLabel('E-mail address').fill('cleo@northfold.example')
    await form.getByLabel('Role').selectOption('analyst')
    await form.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('dialog').locator('code', { hasText: '#invite=' }).waitFor()
    await expectNoViolations(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    await page.getByText('cleo@northfold.example').first().waitFor()
  })

  test('a seller is added, mapped to a vendor id, and made the default', async () => {
    const page = await open('people')
    const form = page.getByRole('form', { name: 'Add seller' })
    await form.getByLabel('Name').fill('Oak Works')
    await form.getByLabel('Vendor id').fill('19')
    await form.getByRole('button', { name: 'Add seller' }).click()
    await page.getByRole('button', { name: /Oak Works/ }).click()
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Make default' }).click()
    await page.getByRole('button', { name: /Oak Works.*Answers for everything else/ }).waitFor()
  })
})

test('a chat of the site is read, and that is written down', async () => {
  const page = await open('chats')
  await page
    .getByRole('link', { name: /Walnut bowl/ })
    .first()
    .click()
  await page.getByText('Where is my parcel?').waitFor()
  expect(await page.locator('textarea').count()).toBe(0)
  await expectNoViolations(page)
  await page.evaluate(() => {
    location.hash = 'settings/audit'
  })
  await page.locator('.entry', { hasText: 'read a chat' }).first().waitFor()
  await expectNoViolations(page)
})

test('the log is narrowed to what belongs together, in words', async () => {
  const body = { sellers: [{ id: '19', name: 'Oak Works', members: ['19'] }] }
  const own = await desk.site()
  await desk.worker.call('/v1/sellers', { method: 'PUT', origin: null, token: own.server.secret, body })
  const page = await desk.open(own, 'settings/audit')
  const narrow = (kind: string) => page.getByLabel('Show', { exact: true }).selectOption(kind)
  const entry = page.locator('.entry', { hasText: 'sent the list of sellers' })
  await narrow('Privacy')
  await page.getByText('Nothing is written down yet.').waitFor()
  await narrow('Sellers')
  await entry.waitFor()
  await expectNoViolations(page)
})

test('the log says which setting it was, and whom and what by name', async () => {
  const own = await desk.site()
  const page = await desk.open(own, 'settings/contexts.order')
  await page.locator('shopbell-field[path="contexts.order.enabled"]').getByRole('switch').click()
  await page.getByRole('button', { name: 'Save changes' }).click()
  await page.getByText('Saved. In effect').waitFor()
  const invite = { method: 'POST', body: { seller: 'shop', email: 'cleo@northfold.example', name: 'Cleo' } }
  await operate(desk.worker, `/sites/${own.id}/invites`, invite)
  await page.evaluate(() => {
    location.hash = 'settings/audit'
  })
  const entry = (words: string) => page.locator('.entry', { hasText: words }).locator('.help')
  expect(await entry('changed a setting').textContent()).toMatch(/Contexts › Orders › Enable context\s+off → on\s*$/)
  expect(await entry('invited somebody to answer').textContent()).toMatch(/none → Cleo\s*$/)
})

test('a person is found, what is kept is shown, and erasing asks for the word', async () => {
  const page = await open('requests')
  await page.getByRole('searchbox').fill('Sam Rivera')
  await page.getByRole('button', { name: 'Search' }).click()
  await page
    .getByRole('button', { name: /^What is kept/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Erase', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const erase = dialog.getByRole('button', { name: 'Erase' })
  expect(await erase.isDisabled()).toBe(true)
  await dialog.getByLabel('Type erase to go on').fill('erase')
  expect(await erase.isDisabled()).toBe(false)
  await expectNoViolations(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})
