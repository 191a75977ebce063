import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, mailedCode, openAdminDesk } from '../support/admin-page.ts'
import { createSite, type MadeSite, operate } from '../support/identity.ts'

let desk: AdminDesk
beforeAll(async () => {
  desk = await openAdminDesk()
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const EMAIL = 'priya@oak.example'

/** A site with one seller, who has a chat to answer; the link of their invitation. */
async function invitedSite(): Promise<{ site: MadeSite; link: string }> {
  const site = await createSite(desk.worker)
  const invite = { method: 'POST', body: { seller: 'shop', email: EMAIL, name: 'Priya Nair' } }
  const { body } = await operate(desk.worker, `/sites/${site.id}/invites`, invite)
  const guest = await site.guest()
  const context = { type: 'product', id: 'bowl', claim: { title: 'Walnut bowl' } }
  const message = { clientId: 'm-12345678', body: 'Is it safe?' }
  await desk.worker.call('/v1/chats', { token: guest.token, body: { context, message } })
  return { site, link: body.link }
}

async function askForCode(page: Page, email = EMAIL) {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.getByLabel('Code from the mail').waitFor()
}

async function answer(page: Page, code: string) {
  await page.getByLabel('Code from the mail').fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const chat = (page: Page) => page.locator('.row', { hasText: 'Walnut bowl' })
const wrongFor = (code: string) => (code === '000000' ? '000001' : '000000')

/** What a browser keeps for this page. */
const kept = (page: Page) =>
  page.evaluate(() => [localStorage, sessionStorage].flatMap((storage) => Object.entries<string>({ ...storage })))
/** By how much a page is wider than its window. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

describe('the hosted inbox lets a seller in', () => {
  test('by a code from the mail, in a browser that never saw the invitation', async () => {
    const { site } = await invitedSite()
    const page = await desk.page()
    await page.goto(`/inbox?site=${site.id}`)
    await page.getByRole('button', { name: 'Send me a code' }).waitFor()
    await expectNoViolations(page)
    await askForCode(page)
    await expectNoViolations(page)
    expect(
      await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.shadowRoot?.activeElement?.id),
    ).toBe('code')
    const code = await mailedCode(desk, EMAIL)
    await answer(page, `${code.slice(0, 3)} ${code.slice(3)}`)
    await chat(page).waitFor()
    await page.goto('/inbox')
    await chat(page).waitFor()
  })

  test('and says at the field what is wrong', async () => {
    const { site } = await invitedSite()
    const page = await desk.page()
    await page.goto(`/inbox?site=${site.id}`)
    await page.getByLabel('E-mail address').fill('priya')
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByRole('alert').getByText('This address looks incomplete.').waitFor()
    await expectNoViolations(page)
    await askForCode(page)
    const code = await mailedCode(desk, EMAIL)
    await answer(page, '123')
    await page.getByRole('alert').getByText('The code has six digits.').waitFor()
    await answer(page, wrongFor(code))
    await page.getByRole('alert').getByText('This code is wrong.').waitFor()
    await expectNoViolations(page)
    for (let tries = 1; tries < 5; tries++) await answer(page, wrongFor(code))
    await page.getByRole('alert').getByText('this code no longer works').waitFor()
    await page.getByRole('button', { name: 'Send another code' }).click()
    await page.getByText('Another code is on its way.').waitFor()
    await answer(page, await mailedCode(desk, EMAIL))
    await chat(page).waitFor()
  })

  test('and says when there is no connection, and when there were too many tries', async () => {
    const { site } = await invitedSite()
    const page = await desk.page()
    await page.goto(`/inbox?site=${site.id}`)
    await askForCode(page, 'nobody@oak.example')
    await page.getByRole('button', { name: 'Use another address' }).click()
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('nobody@oak.example')
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Send me a code' }).click()
    await page.getByRole('alert').getByText('No connection.').waitFor()
    await page.context().setOffline(false)
    await askForCode(page, 'nobody@oak.example')
    const again = page.getByRole('button', { name: 'Send another code' })
    const told = page.getByRole('alert').getByText(/^Too many tries\. You can try again in (60 minutes|5\d minutes)\.$/)
    for (let asked = 2; asked < 6; asked++) {
      await again.click()
      await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
    }
    await told.waitFor()
  })
})

describe('where nobody is signed in', () => {
  test('an address without a shop says where to find it, one of a shop that is not here too', async () => {
    await invitedSite()
    await invitedSite()
    const page = await desk.page()
    await page.goto('/inbox')
    await page.getByText('Several shops are answered from here.').waitFor()
    await expectNoViolations(page)
    await page.goto('/inbox?site=site_nobody00000')
    await page.getByRole('alert').getByText('This shop is not here.').waitFor()
  })

  test('the page speaks the shop’s language, and fits a small phone', async () => {
    const { site } = await invitedSite()
    const server = { origin: null, token: site.server.secret }
    const saved = { version: 1, settings: { region: { locale: 'de' } } }
    expect((await desk.worker.call('/v1/settings', { ...server, method: 'PUT', body: saved })).status).toBe(200)
    const page = await desk.page({ viewport: { width: 320, height: 568 } })
    await page.goto(`/inbox?site=${site.id}`)
    await page.getByLabel('E-mail-Adresse').fill(`${'long.'.repeat(9)}${EMAIL}`)
    expect(await overflow(page)).toBe(0)
    await page.getByRole('button', { name: 'Code zusenden' }).click()
    await page.getByLabel('Code aus der Mail').waitFor()
    expect(await overflow(page)).toBe(0)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    await expectNoViolations(page)
  })
})

describe('the settings of the hosted inbox', () => {
  test('say who is signed in, and sign out without leaving anything behind', async () => {
    const { site, link } = await invitedSite()
    const page = await desk.page()
    await page.goto(link)
    await page.getByRole('button', { name: 'Open my inbox' }).click()
    await chat(page).click()
    await page.locator('textarea').fill('Half of an answ')
    await page.getByRole('button', { name: 'Settings' }).click()
    const dialog = page.getByRole('dialog', { name: 'Settings' })
    await dialog.getByRole('switch', { name: 'Play a sound' }).click()
    await dialog.getByText(/^Signed in as .?Priya Nair.?\.$/).waitFor()
    await expectNoViolations(page)
    expect((await kept(page)).length).toBeGreaterThan(3)
    await dialog.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Send me a code' }).waitFor()
    // The shop's id, so that the next visit knows whose inbox it is.
    expect(await kept(page)).toEqual([['shopbell:inbox', JSON.stringify(site.id)]])
    expect(await page.getByText('Walnut bowl').count()).toBe(0)
    await page.reload()
    await askForCode(page)
    await answer(page, await mailedCode(desk, EMAIL))
    await chat(page).click()
    expect(await page.locator('textarea').inputValue()).toBe('')
  })
})

test('a session that has ended under an open inbox is taken up again in place', async () => {
  const { site, link } = await invitedSite()
  const page = await desk.page()
  await page.goto(link)
  await page.getByRole('button', { name: 'Open my inbox' }).click()
  await chat(page).waitFor()
  await desk.worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE site = ?').bind(site.id).run()
  await chat(page).click()
  await page.getByText('Your session has ended. Sign in again to go on.').waitFor()
  await askForCode(page)
  await answer(page, await mailedCode(desk, EMAIL))
  await page.getByRole('log').getByText('Is it safe?').waitFor()
})
