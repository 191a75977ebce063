import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk, openOwned } from '../support/admin-page.ts'
import type { MadeSite } from '../support/identity.ts'

let desk: AdminDesk
beforeAll(async () => {
  desk = await openAdminDesk()
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const VIENNA = { fresh: true, locale: 'de-AT', timezoneId: 'Europe/Vienna' }

const fieldOf = (page: Page, path: string) => page.locator(`shopbell-field[path="${path}"]`)
const next = (page: Page) => page.locator('.buttons .btn-primary').click()
const step = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 }).waitFor()
const goTo = (page: Page, path: string) =>
  page.evaluate((hash) => {
    location.hash = hash
  }, path)
async function stored(site: MadeSite): Promise<any> {
  const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
  return body
}

test('what it guesses is saved with a step, and is no change of anybody’s where setting up is skipped', async () => {
  const site = await desk.site()
  const page = await desk.open(site, 'settings', { ...VIENNA, locale: 'en-IE' })
  await step(page, 'Your shop')
  await expect.poll(() => fieldOf(page, 'region.timeZone').locator('select').inputValue()).toBe('Europe/Vienna')
  await page.getByRole('button', { name: 'Skip setup' }).click()
  await page.getByRole('heading', { name: 'General' }).waitFor()
  expect(await page.getByRole('button', { name: 'Save changes' }).count()).toBe(0)
  expect((await stored(site)).version).toBe(1)

  await goTo(page, 'wizard/shop')
  await step(page, 'Your shop')
  expect(await fieldOf(page, 'region.timeZone').locator('select').inputValue()).toBe('UTC')

  const other = await desk.site()
  const willing = await desk.open(other, 'settings', VIENNA)
  await fieldOf(willing, 'region.timeZone').waitFor()
  await fieldOf(willing, 'region.locale').locator('#input').fill('fr')
  await next(willing)
  await expect.poll(async () => (await stored(other)).settings.region.timeZone).toBe('Europe/Vienna')
  expect((await stored(other)).settings.region.locale).toBe('fr')
})

test('says what is wrong elsewhere, and leads there', async () => {
  const page = await desk.open(await desk.site(), 'settings/limits')
  await fieldOf(page, 'limits.burstWindowSec').locator('#input').fill('0')
  await goTo(page, 'wizard/contexts')
  await step(page, 'What people can chat about')
  await page.getByText('Something that you changed elsewhere is not right yet').waitFor()
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'Burst window' }).click()
  await fieldOf(page, 'limits.burstWindowSec').locator('#input').fill('30')
  await goTo(page, 'wizard/contexts')
  await step(page, 'What people can chat about')
  await next(page)
  await step(page, 'Who answers')
})

test('goes on where it was left, and run again begins at the start', async () => {
  const site = await desk.site()
  const page = await desk.open(site, 'settings', { fresh: true })
  for (const name of ['Your shop', 'What people can chat about']) {
    await step(page, name)
    await next(page)
  }
  await step(page, 'Who answers')
  await page.goto(`/admin?site=${site.id}`)
  await page.reload()
  await step(page, 'Who answers')
  await next(page)
  await step(page, 'Mails and guests')
  await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
  await next(page)
  await step(page, 'Put it on your shop')
  await next(page)
  await page.getByRole('heading', { name: 'General' }).waitFor()

  await page.getByRole('link', { name: 'Re-run setup wizard' }).click()
  await step(page, 'Your shop')
  await goTo(page, 'wizard/notifications')
  await step(page, 'Mails and guests')
  expect(await fieldOf(page, 'guests.mode').locator('select').inputValue()).toBe('name')
  await fieldOf(page, 'guests.mode').locator('select').selectOption('none')
  await next(page)
  await step(page, 'Put it on your shop')
  // What was running of the shop's settings stays open all the while.
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('heading', { name: 'General' }).waitFor()
  expect((await stored(site)).settings.guests.mode).toBe('none')
})

test('goes on to the next step once a conflict is settled', async () => {
  const site = await desk.site()
  const page = await desk.open(site, 'wizard/notifications')
  await step(page, 'Mails and guests')
  await fieldOf(page, 'guests.mode').locator('select').selectOption('name')
  const { version } = await stored(site)
  const body = { version, settings: { limits: { burstPerChat: 5 } } }
  await desk.worker.call('/v1/settings', { method: 'PUT', origin: null, token: site.server.secret, body })
  await next(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Save my changes' }).click()
  await step(page, 'Put it on your shop')
  expect((await stored(site)).settings).toMatchObject({ guests: { mode: 'name' }, limits: { burstPerChat: 5 } })
})

test('stops looking for the shop after a while, so that a page nobody minds keeps no session alive', async () => {
  const page = await desk.open(await desk.site(), 'settings')
  await page.getByRole('heading', { name: 'General' }).waitFor()
  let looks = 0
  page.on('request', (request) => {
    if (request.url().includes('/v1/diagnostics')) looks++
  })
  await page.clock.install()
  await goTo(page, 'wizard/install')
  await page.getByText('Waiting for your shop.').waitFor()
  for (let minute = 0; minute < 160 && !(await page.getByText('looking has stopped').count()); minute++) {
    const answered = page.waitForResponse('**/v1/diagnostics**', { timeout: 2000 }).catch(() => null)
    await page.clock.runFor(4_000)
    await answered
  }
  await page.getByText('looking has stopped').waitFor()
  const before = looks
  expect(before).toBeLessThanOrEqual(75)
  await page.clock.runFor(60_000)
  expect(looks).toBe(before)
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByText('Waiting for your shop.').waitFor()
  await expect.poll(() => looks).toBe(before + 1)

  const hide = (hidden: boolean) =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await hide(true)
  await page.clock.runFor(60_000)
  expect(looks).toBe(before + 1)
  await hide(false)
  await expect.poll(() => looks).toBe(before + 2)
})

test('says that nobody answers until somebody is invited, and an owner who is answers in the inbox', async () => {
  const { site, page } = await openOwned(desk, 'ada@northfold.example')
  const { token } = await site.guest({ name: 'Sam Rivera' })
  const context = { type: 'product', id: 'bowl', claim: { title: 'Walnut bowl' } }
  const message = { clientId: 'm-12345678', body: 'Is it still there?' }
  await desk.worker.call('/v1/chats', { token, body: { context, message } })
  await goTo(page, 'wizard/sellers')
  await page.getByText('Nobody answers yet').waitFor()
  await expectNoViolations(page)
  await page.getByRole('button', { name: 'Invite myself' }).click()
  const form = page.getByRole('form', { name: 'Invite somebody to answer' })
  await expect.poll(() => form.getByLabel('E-mail address').inputValue()).toBe('ada@northfold.example')
  await form.getByRole('button', { name: 'Invite' }).click()
  await page.getByText('The invitation is on its way').waitFor()
  await expect.poll(() => page.getByText('Nobody answers yet').count()).toBe(0)

  const inbox = await desk.page()
  await inbox.goto(await mailedLink('ada@northfold.example'))
  await inbox.getByRole('button', { name: 'Open my inbox' }).click()
  await inbox.locator('.row', { hasText: 'Walnut bowl' }).waitFor()
})

/** The way into the inbox that was mailed to an address. */
async function mailedLink(email: string): Promise<string> {
  let link = ''
  const find = async () => {
    const answer = await fetch(`${desk.worker.url}/dev/mail.json`)
    const { mails } = (await answer.json()) as { mails: { to: string; text: string }[] }
    const texts = mails.filter(({ to }) => to.includes(email)).map(({ text }) => text)
    link = texts.map((text) => /https?:\S+#invite=[\w-]+/.exec(text)?.[0]).find((one) => one) ?? ''
    return link
  }
  await expect.poll(find, { timeout: 60_000, interval: 500 }).not.toBe('')
  return link
}
