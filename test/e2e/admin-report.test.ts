import { readFile } from 'node:fs/promises'
import type { Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import type { MadeSite } from '../support/identity.ts'

let desk: AdminDesk
let site: MadeSite
beforeAll(async () => {
  desk = await openAdminDesk()
  site = await desk.site()
  await write(2)
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const CANARY = 'canary-7f3a'

/** Some visitors ask something each. */
async function write(visitors: number) {
  for (let n = 0; n < visitors; n++) {
    const { token } = await site.guest({ name: `=${CANARY}` })
    const message = { clientId: `m-${Date.now()}-${n}`, body: `${CANARY} asks` }
    const body = { context: { type: 'product', id: `p${n}` }, message }
    const { status } = await desk.worker.call('/v1/chats', { token, body })
    expect(status).toBe(201)
  }
}

const card = (page: Page, label: string) => page.locator('.cards li', { hasText: label }).locator('b')

describe('analytics', () => {
  test('tells the totals of the last thirty days, and of today after a refresh', async () => {
    const page = await desk.open(site, 'analytics')
    await card(page, 'Chats created').waitFor()
    const before = Number(await card(page, 'Chats created').textContent())
    expect(before).toBeGreaterThanOrEqual(2)
    expect(Number(await card(page, 'Messages sent').textContent())).toBeGreaterThanOrEqual(2)
    await write(1)
    await page.getByRole('button', { name: 'Refresh analytics' }).click()
    await expect.poll(async () => Number(await card(page, 'Chats created').textContent())).toBe(before + 1)
    await expectNoViolations(page)
  })

  test('keeps the range in the link, by name or by its days', async () => {
    const page = await desk.open(site, 'analytics')
    await page.getByRole('button', { name: '90 days' }).click()
    await expect.poll(() => page.url()).toContain('#analytics?range=last90')
    await page.getByLabel('From', { exact: true }).fill('2026-01-01')
    await page.getByLabel('From', { exact: true }).dispatchEvent('change')
    await expect.poll(() => page.url()).toContain('from=2026-01-01')
    const link = page.url()
    const other = await desk.open(site, link.slice(link.indexOf('#') + 1))
    await expect.poll(() => other.getByLabel('From', { exact: true }).inputValue()).toBe('2026-01-01')
  })

  test('shows the range that was chosen last, however late the answer to another comes', async () => {
    const page = await desk.open(site, 'analytics')
    await card(page, 'Chats created').waitFor()
    const slow = Promise.withResolvers<void>()
    const late = async (route: Route) => {
      await slow.promise
      await route.continue()
    }
    // A year in which nothing was written yet.
    await page.route('**/v1/analytics?from=2020*', late, { times: 1 })
    const held = page.waitForRequest('**/v1/analytics?from=2020*')
    await page.evaluate(() => {
      location.hash = 'analytics?from=2020-01-01&to=2020-12-31'
    })
    await held
    await page.getByRole('button', { name: '7 days' }).click()
    const busy = page.locator('.main').first()
    await expect.poll(() => busy.getAttribute('aria-busy')).toBe('false')
    const chats = await card(page, 'Chats created').textContent()
    const answered = page.waitForResponse('**/v1/analytics?from=2020*')
    slow.resolve()
    await (await answered).finished()
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
    expect(Number(chats)).toBeGreaterThanOrEqual(2)
    expect(await card(page, 'Chats created').textContent()).toBe(chats)
  })

  test.each([
    ['2026-03-02', '2026-03-01', 'The first day must not be after the last.'],
    ['1976-03-01', '2026-03-01', 'Choose at most a year at a time.'],
  ])('%s to %s is refused in words', async (from, to, says) => {
    const page = await desk.open(site, 'analytics?from=2026-02-01&to=2026-02-02')
    for (const [label, day] of [
      ['To', to],
      ['From', from],
    ] as const) {
      await page.getByLabel(label, { exact: true }).fill(day)
      await page.getByLabel(label, { exact: true }).dispatchEvent('change')
    }
    await page.getByText(says).waitFor()
    await expectNoViolations(page)
  })

  test('moves through the days of the chart by arrow keys, and says each', async () => {
    const page = await desk.open(site, 'analytics?range=last7')
    const plot = page.locator('.plot')
    await plot.focus()
    await plot.press('End')
    await expect
      .poll(() => page.locator('shopbell-chart [role=status]').textContent())
      .toMatch(/\d+ messages, 0 before/)
  })

  test('saves a table as a file that no spreadsheet takes for formulas', async () => {
    const name = `=HYPERLINK("https://thief.example","${CANARY}")`
    const put = (path: string, body: object) =>
      desk.worker.call(path, { method: 'PUT', origin: null, token: site.server.secret, body })
    expect((await put('/v1/sellers', { sellers: [{ id: '19', name }] })).status).toBe(200)
    const products = [{ id: 'p0', title: 'Bowl', seller: '19' }]
    expect((await put('/v1/catalog/products', { products })).status).toBe(200)
    await write(1)
    const page = await desk.open(site, 'analytics')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV of By seller' }).click()
    const file = await saving
    expect(file.suggestedFilename()).toMatch(/^shopbell-sellers-.*\.csv$/)
    const text = await readFile(await file.path(), 'utf8')
    expect(text).toContain(`19,"'${name.replaceAll('"', '""')}",1,`)
    expect(text.split(/\r?\n/).slice(1)).not.toContainEqual(expect.stringMatching(/(^|,)"?[=+@]/))
  })

  test('says so where nothing happened', async () => {
    const page = await desk.open(await desk.site(), 'analytics')
    await page.getByText('Nothing happened in these days').waitFor()
    await expectNoViolations(page)
  })
})

describe('diagnostics', () => {
  test('say what is wrong first, run again, and lead to the setting', async () => {
    const change = { version: 1, settings: { contexts: { product: { routing: 'account' } } } }
    const put = { method: 'PUT', origin: null, token: site.server.secret, body: change }
    expect((await desk.worker.call('/v1/settings', put)).status).toBe(200)
    const page = await desk.open(site, 'analytics')
    const checks = page.locator('.checks li')
    await checks.first().waitFor()
    const states = await checks.locator('b .sr').allTextContents()
    const rank = (state: string) => [': broken', ': needs attention', ': in order'].indexOf(state)
    expect(states.map(rank)).toEqual(states.map(rank).toSorted((a, b) => a - b))
    await page.getByRole('button', { name: 'Refresh diagnostics' }).click()
    await expect.poll(() => checks.count()).toBe(states.length)
    const link = (check: string) => page.getByRole('link', { name: new RegExp(`^Open the setting.*${check}`) })
    await link('Script on the shop').click()
    await page.locator('shopbell-install h1').waitFor()
    await page.goBack()
    await link('Chats about products').click()
    await page.locator('shopbell-section h1').waitFor()
  })

  test('give a helper a snapshot without names, addresses, messages or keys', async () => {
    const page = await desk.open(site, 'analytics')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy support snapshot' }).click()
    await page.getByText('The snapshot is copied.').waitFor()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(text)).toMatchObject({ versions: {}, diagnostics: { state: expect.any(String) } })
    expect(text).not.toContain(CANARY)
    expect(text).not.toContain(site.server.secret)
  })
})
