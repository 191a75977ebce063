import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { KINDS } from '../../worker/notifications/kinds.ts'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import type { MadeSite } from '../support/identity.ts'

let desk: AdminDesk
let site: MadeSite
beforeAll(async () => {
  desk = await openAdminDesk()
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const SENT = '422 validation_error: The address is not one'

/** A mail of each kind that waits, each for another reason, and two that failed. */
async function fill() {
  site = await desk.site()
  const now = Date.now()
  const kinds = Object.keys(KINDS)
  const reasons = ['capped', 'looking', '429 rate_limit_exceeded: Too many requests']
  const mails = [
    ...kinds.map((kind, i) => ({
      kind,
      state: 'queued',
      reason: reasons[i] ?? null,
      done: null,
      due: now + 3_600_000,
    })),
    ...['invitation', 'order_link'].map((kind) => ({ kind, state: 'dead', reason: SENT, done: now, due: now })),
  ]
  await desk.worker.env.DB.prepare(
    `INSERT INTO outbox (id, site, kind, recipient, email, payload, state, rank, created_at, due_at, expires_at, tries, reason, done_at)
     SELECT 'mail_' || ?1 || key, ?1, value ->> 'kind', 'usr_' || key, 'priya@wool.test', '{"link":"https://chat.example/x"}', value ->> 'state', 1, ?2,
       value ->> 'due', ?2 + 9e7, 1, value ->> 'reason', value ->> 'done' FROM json_each(?3)`,
  )
    .bind(site.id, now, JSON.stringify(mails))
    .run()
  return kinds
}

/** Where pictures go when somebody wants to look at them. */
async function look(page: Page, name: string) {
  const folder = process.env.SHOPBELL_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

test('the panel shows what waits and why, in words, and has failed mails sent again, one or all', async () => {
  const kinds = await fill()
  const page = await desk.open(site, 'settings/mail')
  const mails = page.locator('shopbell-mail li')
  await expect.poll(() => mails.count()).toBe(kinds.length)
  const text = (await mails.allTextContents()).join(' ')
  for (const kind of kinds.filter((one) => one.includes('_'))) expect(text).not.toContain(kind)
  expect(text).toMatch(/Made \S.* · Next try \S.* · 1 try/)
  expect(text).toContain('Waits for room under the caps')
  expect(text).toContain('429 rate_limit_exceeded: Too many requests')
  await expectNoViolations(page)
  await look(page, 'queue-wide-light')
  await page.getByRole('button', { name: /^Failed/ }).click()
  await expect.poll(() => mails.count()).toBe(2)
  await page.getByText(SENT).first().waitFor()
  await expectNoViolations(page)
  await look(page, 'failed-wide-light')
  await page
    .getByRole('button', { name: /^Send again/ })
    .first()
    .click()
  await page.getByText('1 mail is on its way again.').waitFor()
  await expect.poll(() => mails.count()).toBe(1)
  await page.getByRole('button', { name: 'Send all failed again' }).click()
  await page.getByText('No mail here').waitFor()
  await page.getByRole('button', { name: /^Sent/ }).click()
  await expect.poll(() => mails.count(), { timeout: 60_000 }).toBeGreaterThan(0)
})

test('an analyst sees it, and is offered nothing to press', async () => {
  await fill()
  const page = await desk.open(site, 'settings/mail', {
    role: 'analyst',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  })
  await page.getByRole('button', { name: /^Failed/ }).click()
  await page.getByText(SENT).first().waitFor()
  expect(await page.getByRole('button', { name: /again/ }).count()).toBe(0)
  const isWider = await page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth)
  expect(isWider).toBe(false)
  await look(page, 'failed-phone-dark')
})
