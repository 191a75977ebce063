import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, mailedCode, openAdminDesk, openOwned } from '../support/admin-page.ts'
import { openForBusiness } from '../support/busy-shop.ts'
import type { MadeSite } from '../support/identity.ts'

let desk: AdminDesk
let site: MadeSite
beforeAll(async () => {
  desk = await openAdminDesk()
  site = await desk.site()
  await openForBusiness(desk, site)
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const EMAIL = 'ada@states.example'
const open = (path: string) => desk.open(site, `settings/${path}`, { email: EMAIL })
/** As if the person had just shown who is there, or had not for a while. */
const provedAt = (at: number | null, of = site) =>
  desk.worker.env.DB.prepare('UPDATE sessions SET stepped_up_at = ? WHERE site = ?').bind(at, of.id).run()

test('a proof by code lets go on what asked for it', async () => {
  const { site: own, page } = await openOwned(desk, EMAIL)
  await page.getByRole('link', { name: 'Install' }).click()
  await page.getByRole('button', { name: /^New key.*Your server/ }).waitFor()
  await provedAt(null, own)
  await page.getByRole('button', { name: /^New key.*Your server/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Is it still you?').waitFor()
  await dialog.getByRole('button', { name: 'Send me a code' }).click()
  const field = dialog.getByRole('textbox')
  await field.waitFor()
  await expectNoViolations(page)
  await field.fill('000000')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.getByRole('alert').waitFor()
  await expectNoViolations(page)
  await field.fill(await mailedCode(desk, EMAIL))
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await dialog.getByRole('button', { name: 'I have kept it' }).waitFor()
})

test('a customer is blocked after a question, and may write again', async () => {
  const page = await open('chats')
  await page.getByRole('link', { name: /Walnut bowl/ }).click()
  await page.getByRole('button', { name: /^Block / }).click()
  await page.getByRole('dialog').getByText('write to no seller of the shop').waitFor()
  await expectNoViolations(page)
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Block / })
    .click()
  await page.getByRole('button', { name: /^Unblock / }).waitFor()
  await expectNoViolations(page)
  await page.getByRole('button', { name: /^Unblock / }).click()
  await page.getByRole('button', { name: /^Block / }).waitFor()
})

describe('a person’s data', () => {
  const find = async (page: Page, name: string) => {
    await page.getByRole('searchbox').fill(name)
    await page.getByRole('button', { name: 'Search' }).click()
    await page
      .getByRole('button', { name: /^What is kept/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Export a copy' }).waitFor()
  }

  test('is held, handed out as a copy, and erased after the word is typed', async () => {
    const page = await open('requests')
    await provedAt(Date.now())
    await find(page, 'Sam Rivera')
    const erase = page.getByRole('button', { name: 'Erase', exact: true })
    await page.getByRole('textbox', { name: /reason/i }).fill('A case at court')
    await page.getByRole('button', { name: 'Set the hold' }).click()
    await page.getByText('Held since').waitFor()
    expect(await erase.isDisabled()).toBe(true)
    await expectNoViolations(page)
    await page.getByRole('button', { name: 'Lift the hold' }).click()
    await page.getByRole('button', { name: 'Set the hold' }).waitFor()

    const copy = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export a copy' }).click()
    expect((await copy).suggestedFilename()).toMatch(/\.zip$/)

    await erase.click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('erase')
    await dialog.getByRole('button', { name: 'Erase', exact: true }).click()
    const named = () =>
      desk.worker.env.DB.prepare("SELECT count(*) n FROM users WHERE site = ? AND name = 'Sam Rivera'")
        .bind(site.id)
        .first('n')
    await expect.poll(named, { timeout: 60_000 }).toBe(0)
    await page.reload()
    await page
      .getByText(/^Erasure/)
      .first()
      .waitFor()
    await expectNoViolations(page)
  })
})

test('the snapshot is there to copy by hand where the browser does not copy', async () => {
  const page = await desk.open(site, 'analytics', { email: EMAIL })
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })
  })
  await page.getByText('Checked at').waitFor()
  await page.getByRole('button', { name: 'Copy support snapshot' }).click()
  await page.getByText('Select the text and copy it.').waitFor()
  await expectNoViolations(page)
})

test('a report that does not come says so, and comes with the next try', async () => {
  const report = await desk.open(site, 'settings/general', { email: EMAIL })
  await report.route('**/v1/analytics**', (route) => route.abort())
  await report.evaluate(() => {
    location.hash = 'analytics'
  })
  await report.getByRole('button', { name: 'Try again' }).first().waitFor()
  await expectNoViolations(report)
  await report.unroute('**/v1/analytics**')
  await report.getByRole('button', { name: 'Try again' }).first().click()
  await report.locator('.cards').first().waitFor()
})

test('a deployment that cannot mail says how to get in without', async () => {
  const silent = await openAdminDesk({})
  const page = await silent.page()
  const own = await silent.site()
  await page.goto(`/admin?site=${own.id}`)
  await page.getByRole('button', { name: 'I have a setup code' }).waitFor()
  expect(await page.getByRole('button', { name: 'Send me a code' }).count()).toBe(0)
  await expectNoViolations(page)
  await silent.stop()
})
