import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import { createSite, type MadeSite } from '../support/identity.ts'

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

/** A new site whose owner came in by the setup code, in the page that did it. */
async function ownedSite(): Promise<{ site: MadeSite; page: Page }> {
  const site = await createSite(desk.worker)
  const page = await desk.page({ baseURL: url })
  await page.goto(`/admin?site=${site.id}#setup=${site.setup}`)
  await page.getByLabel('Your name').fill('Ada Moss')
  await page.getByLabel('E-mail address').fill(EMAIL)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('button', { name: 'Skip setup' }).click()
  await page.getByRole('heading', { name: 'General' }).waitFor()
  return { site, page }
}

/** The newest code that was mailed, as the development mailbox has it. */
async function mailedCode(): Promise<string> {
  const newest = async (): Promise<string> => {
    const { mails } = (await (await fetch(`${desk.worker.url}/dev/mail.json`)).json()) as { mails: { text: string }[] }
    return mails.map(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? '').find(Boolean) ?? ''
  }
  await expect.poll(newest, { timeout: 60_000, interval: 500 }).not.toBe(used)
  used = await newest()
  return used
}
let used = ''

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
    const code = await mailedCode()
    await page.getByLabel('Code from the mail').fill(code === '000000' ? '000001' : '000000')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This code is wrong, used or too old.').waitFor()
    await page.getByLabel('Code from the mail').fill(code)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { name: 'General' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'General' }).waitFor()
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
    await page.evaluate(() => {
      location.hash = 'settings/guests'
    })
    const mode = page.locator('shopbell-field[path="guests.mode"] select')
    await mode.selectOption('name_email')
    await desk.worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE site = ?').bind(site.id).run()
    await page.getByRole('button', { name: 'Save changes' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Your session has ended').waitFor()
    expect(await dialog.getByLabel('E-mail address').inputValue()).toBe(EMAIL)
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByLabel('Code from the mail').fill(await mailedCode())
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
    await page.evaluate(() => {
      location.hash = 'settings/guests'
    })
    const mode = page.locator('shopbell-field[path="guests.mode"] select')
    await mode.selectOption('name_email')
    await desk.worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE site = ?').bind(site.id).run()
    await page.getByRole('button', { name: 'Save changes' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('E-mail address').fill('bo@northfold.example')
    await dialog.getByRole('button', { name: 'Send me a code' }).click()
    await dialog.getByLabel('Code from the mail').fill(await mailedCode())
    await dialog.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('Somebody else has signed in. What was not saved before is gone.').waitFor()
    await page.getByRole('button', { name: /^Your account, bo/i }).waitFor()
    await expect.poll(() => mode.inputValue()).toBe('free')
    expect(await page.getByRole('button', { name: 'Save changes' }).count()).toBe(0)
    const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
    expect(body.version).toBe(1)
  })

  test('is listed, and can be ended from another', async () => {
    const { site, page } = await ownedSite()
    const other = await desk.page({ baseURL: url })
    await askForCode(other, site)
    await other.getByLabel('Code from the mail').fill(await mailedCode())
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
