import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expectNoViolations } from '../support/admin-page.ts'
import { launchBrowser } from '../support/browser.ts'
import { mailPath } from '../support/signed.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let browser: Browser
let site: TestSite
let guest: Person
const chat = 'chat_of_these_pages'

beforeAll(async () => {
  worker = await startWorker()
  browser = await launchBrowser()
  site = await makeSite(worker.env.DB, { brand: { name: 'Wool & Co' } })
  guest = await site.person({ role: 'guest' })
  await worker.env.DB.prepare('UPDATE users SET email = ? WHERE id = ?').bind('kim@mail.example', guest.id).run()
})
afterAll(async () => {
  await browser?.close()
  await worker.stop()
})

const preferences = () => mailPath({ to: 'preferences', site: site.id, user: guest.id, chat })
const verify = (until = Date.now() + 600_000) =>
  mailPath({ to: 'verify', site: site.id, user: guest.id, email: 'kim@mail.example', until })

/** Where pictures go when somebody wants to look at them. */
async function look(page: Page, name: string) {
  const folder = process.env.SHOPBELL_PICTURES
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) })
}

test.each([
  ['wide', 'light', 'en'],
  ['wide', 'dark', 'de'],
  ['phone', 'light', 'ar'],
  ['phone', 'dark', 'fr'],
] as const)('the pages behind a mail’s links fit and can be read: %s, %s, %s', async (width, colorScheme, locale) => {
  const viewport = width === 'wide' ? { width: 1280, height: 800 } : { width: 390, height: 844 }
  const context = await browser.newContext({ baseURL: worker.url, viewport, colorScheme, locale })
  const page = await context.newPage()
  const judge = async (name: string) => {
    await expectNoViolations(page)
    const isWider = await page.locator('html').evaluate((html) => html.scrollWidth > html.clientWidth)
    expect(isWider).toBe(false)
    await look(page, `${name}-${width}-${colorScheme}-${locale}`)
  }
  await page.goto(preferences())
  await judge('preferences')
  await page.locator('button[value=stop_chat]').press('Enter')
  await page.getByRole('status').waitFor()
  await judge('stopped')
  await page.locator('button[value=stop_all]').click()
  await page.locator('button[value=resume_all]').waitFor()
  await judge('stopped-all')
  await page.locator('button[value=resume_all]').click()
  await page.locator('button[value=resume_chat]').click()
  await page.locator('button[value=stop_chat]').waitFor()
  await page.goto(verify())
  await judge('verify')
  await page.locator('button[value=verify]').click()
  await expect.poll(() => page.locator('button').count()).toBe(0)
  await judge('verified')
  await page.goto(verify(Date.now() - 1))
  await page.locator('button[value=verify]').click()
  await expect.poll(() => page.locator('button').count()).toBe(0)
  await judge('too-old')
  await page.goto('/mail/cut.off')
  await judge('unknown')
  await context.close()
})
