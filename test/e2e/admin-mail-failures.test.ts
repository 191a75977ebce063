import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import type { MadeSite } from '../support/identity.ts'
import { type MailStandIn, startMailProvider } from '../support/resend.ts'

let provider: MailStandIn
let desk: AdminDesk
let site: MadeSite
let page: Page
beforeAll(async () => {
  provider = await startMailProvider()
  const { SHOPBELL_URL: _, ...vars } = provider.vars
  desk = await openAdminDesk(vars)
  site = await desk.site()
  page = await desk.open(site, 'settings/notifications', { email: 'ada@northfold.example' })
})
afterAll(async () => {
  await desk?.stop()
  await provider?.stop()
})

const subject = () => page.locator('shopbell-field[path="notifications.newMessage.subject"] #input')
const sendTest = (again = 'New message') =>
  page.locator('.aside section', { hasText: again }).getByRole('button', { name: 'Send me a test' }).click()
const refuse = () => ({ status: 422, body: { statusCode: 422, name: 'validation_error', message: 'No such domain' } })
const state = (name: string, n: number) => page.getByRole('button', { name: `${name} ${n}`, exact: true })
/** The queue as it is now. */
async function look(name: string, n: number) {
  const button = page.getByRole('group', { name: 'State' }).getByRole('button', { name: new RegExp(`^${name}`) })
  await expect
    .poll(
      async () => {
        await button.click()
        return (await button.textContent())?.trim()
      },
      { interval: 500 },
    )
    .toMatch(new RegExp(`\\b${n}$`))
}

test('a template comes as a real mail to whoever writes it, before it is saved', async () => {
  await subject().fill('News of {{site_name}}')
  await sendTest()
  await page.getByText('A test is on its way to ada@northfold.example.').waitFor()
  const [mail] = await provider.until((mails) => mails.length === 1)
  expect(mail).toMatchObject({ to: 'ada@northfold.example', subject: expect.stringMatching(/^\[Test\] News of /) })
  const { body } = await desk.worker.call('/v1/settings', { origin: null, token: site.server.secret })
  expect(body.settings.notifications.newMessage.subject).not.toContain('News')
})

test('a template that is wrong is not sent, and that is said', async () => {
  await subject().fill('News of {{nobody}}')
  await sendTest()
  await page.getByRole('status').getByText('There is no token {{nobody}}').waitFor()
  await page.getByRole('button', { name: 'Discard' }).click()
  expect(provider.accepted).toHaveLength(1)
})

test('what could not be sent is told with its reason, and goes again one by one or all at once', async () => {
  provider.next.push(refuse, refuse, refuse)
  for (let sent = 1; sent <= 3; sent++) {
    await sendTest()
    await expect.poll(() => provider.calls.filter(({ status }) => status === 422).length).toBe(sent)
  }
  await page.getByRole('link', { name: 'Mail queue' }).click()
  await look('Failed', 3)
  const failures = page.locator('.list li')
  await expect.poll(() => failures.count()).toBe(3)
  expect(await failures.first().textContent()).toMatch(/validation_error/)
  await expectNoViolations(page)

  await failures.first().getByRole('button', { name: 'Send again' }).click()
  await page.getByText('1 mail is on its way again.').waitFor()
  await provider.until((mails) => mails.length === 2)
  await look('Failed', 2)
  await page.getByRole('button', { name: 'Send all failed again' }).click()
  await page.getByText('2 mails are on their way again.').waitFor()
  await provider.until((mails) => mails.length === 4)
  await look('Sent', 4)
  await state('Failed', 0).waitFor()
  expect(await page.getByRole('button', { name: 'Send all failed again' }).count()).toBe(0)
})
