import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, mailedCode, openAdminDesk, openOwned } from '../support/admin-page.ts'
import type { MadeSite } from '../support/identity.ts'

let desk: AdminDesk
/** By name: passkeys are not for addresses of numbers. */
let url: string
beforeAll(async () => {
  desk = await openAdminDesk()
  url = desk.worker.url.replace('127.0.0.1', 'localhost')
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const EMAIL = 'ada@northfold.example'

const ownedSite = () => openOwned(desk, EMAIL, url)

const modeOf = (page: Page) => page.locator('shopbell-field[path="guests.mode"] select')

/** Changes a setting and saves it just after the session has ended; answers the dialog that comes of it. */
async function saveTooLate(site: MadeSite, page: Page) {
  await page.evaluate(() => {
    location.hash = 'settings/guests'
  })
  await modeOf(page).selectOption('name_email')
  await desk.worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE site = ?').bind(site.id).run()
  await page.getByRole('button', { name: 'Save changes' }).click()
  return page.getByRole('dialog')
}

async function askForCode(page: Page, site: MadeSite) {
  await page.goto(`/admin?site=${site.id}`)
  await page.getByLabel('E-mail address').fill(EMAIL)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the mail').waitFor()
}

describe('the hosted panel lets in', () => {
  test('whoever has the setup code, once', async () => {
    const { site } = await ownedSite()
    const second = await desk.page({ baseURL: url })
    await second.goto(`/admin?site=${site.id}#setup=${site.setup}`)
    await second.getByLabel('Your name').fill('Mallory')
    await second.getByLabel('E-mail address').fill('mallory@elsewhere.example')
    await second.getByRole('button', { name: 'Begin' }).click()
    await second.getByText('This link or code is used up or too old.').waitFor()
    await expectNoViolations(second)
  })

  test('by a code from the mail, and says when it is wrong', async () => {
    const { site } = await ownedSite()
    const page = await desk.page({ baseURL: url })
    await page.goto(`/admin?site=${site.id}`)
    await page.getByRole('button', { name: 'Send me a code' }).waitFor()
    await expectNoViolations(page)
    await askForCode(page, site)
    await expectNoViolations(page)
    const code = await mailedCode(desk, EMAIL)
    await page.getByLabel('Code from the mail').fill(code === '000000' ? '000001' : '000000')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This code is wrong, used or too old.').waitFor()
    await page.getByLabel('Code from the mail').fill(code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'General' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'General' }).waitFor()
  })

  test('by a new code once one was wrong too often, and says so', async () => {
    const { site } = await ownedSite()
    const page = await desk.page({ baseURL: url })
    await askForCode(page, site)
    const code = await mailedCode(desk, EMAIL)
    const use = async (digits: string) => {
      await page.getByLabel('Code from the mail').fill(digits)
      const answered = page.waitForResponse('**/v1/sign-in/code')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await answered
    }
    for (let n = 1; n <= 4; n++) await use(code === '000000' ? '000001' : '000000')
    await page.getByText('This code is wrong, used or too old.').waitFor()
    await use(code === '000000' ? '000001' : '000000')
    await page.getByText('This code is used up').waitFor()
    await use(code)
    await page.getByText('This code is used up').waitFor()
    await page.getByRole('button', { name: 'Send another code' }).click()
    await use(await mailedCode(desk, EMAIL))
    await page.getByRole('heading', { name: 'General' }).waitFor()
  })

  test.each(['site_nope', 'site_0123456789abcdef0123456789abcdef'])('nobody to %s, which is no site', async (id) => {
    const page = await desk.page({ baseURL: url })
    await page.goto(`/admin?site=${id}`)
    await page.getByText('There is no such site here.').waitFor()
    await page.getByLabel('Site', { exact: true }).waitFor()
    await expectNoViolations(page)
  })

  test('by a passkey that was made in the account', async () => {
    const { site, page } = await ownedSite()
    const device = await page.context().newCDPSession(page)
    await device.send('WebAuthn.enable')
    await device.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('link', { name: 'Sessions and passkeys' }).click()
    await page.getByLabel('Name of this device').fill('Laptop')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    await page.getByText('Laptop').first().waitFor()
    await expectNoViolations(page)
    await page.getByRole('button', { name: /^Your account/ }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.goto(`/admin?site=${site.id}`)
    await page.getByRole('button', { name: 'Use a passkey' }).click()
    await page.getByRole('heading', { name: 'General' }).waitFor()
  })
})

describe('a session', () => {
  test('that ends in mid-edit is taken up again in place, and the save goes on', async () => {
    const { site, page } = await ownedSite()
    const dialog = await saveTooLate(site, page)
    await dialog.getByText('Your session has ended').waitFor()
    expect(await dialog.getByLabel('E-mail address').inputValue()).toBe(EMAIL)
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByLabel('Code from the mail').fill(await mailedCode(desk, EMAIL))
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Saved. In effect within ten seconds.').waitFor()
    const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
    expect(body.settings.guests.mode).toBe('name_email')
  })

  test('that ends in mid-edit is not taken up by somebody else: what waited is dropped', async () => {
    const { site, page } = await ownedSite()
    await page.evaluate(() => {
      location.hash = 'settings/people'
    })
    const form = page.locator('form', { has: page.getByLabel('Role', { exact: true }) })
    await form.getByLabel('E-mail address').fill('bo@northfold.example')
    await form.getByLabel('Role').selectOption('admin')
    await form.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
    const dialog = await saveTooLate(site, page)
    await dialog.getByLabel('E-mail address').fill('bo@northfold.example')
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByLabel('Code from the mail').fill(await mailedCode(desk, 'bo@northfold.example'))
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Somebody else has signed in. What was not saved before is gone.').waitFor()
    await page.getByRole('button', { name: /^Your account, bo/i }).waitFor()
    await expect.poll(() => modeOf(page).inputValue()).toBe('free')
    expect(await page.getByRole('button', { name: 'Save changes' }).count()).toBe(0)
    const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
    expect(body.version).toBe(1)
  })

  test('is listed, and can be ended from another', async () => {
    const { site, page } = await ownedSite()
    const other = await desk.page({ baseURL: url })
    await askForCode(other, site)
    await other.getByLabel('Code from the mail').fill(await mailedCode(desk, EMAIL))
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('heading', { name: 'General' }).waitFor()
    await page.evaluate(() => {
      location.hash = 'settings/account'
    })
    await page.getByText('This one').waitFor()
    await page.getByRole('button', { name: /^End/ }).click()
    await expect.poll(() => page.getByRole('button', { name: /^End/ }).count()).toBe(0)
    await other.getByRole('link', { name: 'People' }).click()
    await other.getByRole('dialog').getByText('Your session has ended').waitFor()
  })
})
