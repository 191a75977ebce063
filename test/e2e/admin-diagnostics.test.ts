import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'

let desk: AdminDesk
beforeAll(async () => {
  // A variable that no other file sets: this one takes the database away, so it has a worker of its own.
  desk = await openAdminDesk({ DEV_MAILBOX: 'on', PUSH_DELAY_MS: '10001' })
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const rename = (from: string, to: string) => desk.worker.env.DB.prepare(`ALTER TABLE ${from} RENAME TO ${to}`).run()

test('a database that does not answer is told with what to do, and so is a service that fails otherwise', async () => {
  const page = await desk.open(await desk.site(), 'analytics')
  const refresh = page.getByRole('button', { name: 'Refresh diagnostics' })
  await page.getByText('Checked at').waitFor()
  expect(await page.getByText('The database does not answer.').count()).toBe(0)

  await rename('sites', 'sites_gone')
  await refresh.click()
  const check = page.getByRole('listitem').filter({ hasText: 'The database does not answer.' })
  await check.getByText('Look at the state of D1 in the Cloudflare dashboard').waitFor()
  await page.getByRole('status').getByText('Broken', { exact: true }).waitFor()
  await expectNoViolations(page)
  await rename('sites_gone', 'sites')

  await rename('sessions', 'sessions_gone')
  await refresh.click()
  await page.getByRole('alert').getByText('The service did not answer as it should').waitFor()
  expect(await page.getByText('Checked at').count()).toBe(0)
  await page.getByText('Look at D1 and at the log of the Worker').waitFor()
  await rename('sessions_gone', 'sessions')
  await page.getByRole('button', { name: 'Try again' }).last().click()
  await expect.poll(() => page.getByText('The database does not answer.').count()).toBe(0)
  await page.getByText('Checked at').waitFor()
})
