import { readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type AdminDesk, expectNoViolations, openAdminDesk } from '../support/admin-page.ts'
import { makePng, PDF, upload } from '../support/files.ts'
import type { MadeSite } from '../support/identity.ts'

let desk: AdminDesk
let site: MadeSite
beforeAll(async () => {
  desk = await openAdminDesk()
})
beforeEach(async () => {
  site = await desk.site()
})
afterAll(() => desk?.stop())
afterEach(() => desk.closePages())

const PICTURE = makePng(400, 300)

test('files of a chat are shown by name and size, pictures as such, and can be downloaded', async () => {
  const { token } = await site.guest({ name: 'Sam Rivera', email: 'sam@home.example' })
  const picture = await upload(desk.worker, token, PICTURE, { name: 'crack.png', thumbnail: makePng(80, 60) })
  const bill = await upload(desk.worker, token, PDF, { name: 'bill <b>.pdf' })
  const message = { clientId: 'm-12345678', attachments: [picture.body.file.id, bill.body.file.id] }
  const context = { type: 'product', id: 'bowl', claim: { title: 'Walnut bowl' } }
  await desk.worker.call('/v1/chats', { token, body: { context, message } })

  const page = await desk.open(site, 'settings/chats')
  await page.getByRole('link', { name: /Walnut bowl/ }).click()
  const files = page.getByRole('list', { name: '2 files' })
  await files.getByText('bill b.pdf').waitFor()
  // A message of files alone is no empty bubble.
  expect(await page.locator('.bubble').count()).toBe(0)
  expect(await files.getByRole('link').allTextContents()).toEqual([
    expect.stringMatching(/crack\.png\s*\d+ kB\s*Download/),
    expect.stringMatching(/bill b\.pdf\s*1 kB\s*Download/),
  ])
  const shown = files.getByRole('button', { name: 'View crack.png' }).locator('img')
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(80)
  await expectNoViolations(page)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    files.getByRole('link', { name: /bill b\.pdf.*Download/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('bill b.pdf')
  expect(await readFile(await download.path())).toEqual(PDF)

  await files.getByRole('button', { name: 'View crack.png' }).click()
  const full = page.getByRole('dialog', { name: 'crack.png' }).locator('img')
  await expect.poll(() => full.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(400)
  await expectNoViolations(page)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  await expect
    .poll(() =>
      page.evaluate(() => {
        let at = document.activeElement
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
        return at?.getAttribute('aria-label')
      }),
    )
    .toBe('View crack.png')
})

test('a file that is no longer kept says so', async () => {
  const { token } = await site.guest({ name: 'Ida Gone' })
  const { body } = await upload(desk.worker, token, PICTURE)
  const message = { clientId: 'm-12345679', body: 'Here it is', attachments: [body.file.id] }
  const context = { type: 'product', id: 'vase', claim: { title: 'Clay vase' } }
  await desk.worker.call('/v1/chats', { token, body: { context, message } })
  await desk.worker.env.DB.prepare('UPDATE attachments SET removed_at = 1 WHERE id = ?').bind(body.file.id).run()
  const page = await desk.open(site, 'settings/chats')
  await page.getByRole('link', { name: /Clay vase/ }).click()
  await page.getByText('Here it is').waitFor()
  await page.getByText('This file is no longer kept.').waitFor()
  expect(await page.getByRole('link', { name: /Download/ }).count()).toBe(0)
})

/** A chat of a shopper about a thing. */
async function begin(title: string, body = 'Is it still there?') {
  const { token } = await site.guest({ name: 'Sam Rivera' })
  const message = { clientId: `m-${title.length}2345678`, body }
  const context = { type: 'product', id: title.toLowerCase().replaceAll(' ', '-'), claim: { title } }
  const made = await desk.worker.call('/v1/chats', { token, body: { context, message } })
  expect(made.status).toBe(201)
  return made.body.chat.id as string
}

test('what is typed is searched for once the keys rest, and an answer that comes late changes nothing', async () => {
  await begin('Walnut bowl')
  await begin('Clay vase')
  const page = await desk.open(site, 'settings/chats')
  const chats = page.locator('shopbell-chats li')
  await expect.poll(() => chats.count()).toBe(2)
  const late = Promise.withResolvers<void>()
  const asked: string[] = []
  await page.route(/\/v1\/admin\/chats\?.*q=/, async (route) => {
    const q = new URL(route.request().url()).searchParams.get('q') ?? ''
    asked.push(q)
    if (q === 'clay') await late.promise
    await route.continue()
  })
  const search = page.getByRole('searchbox')
  await search.pressSequentially('clay', { delay: 10 })
  await expect.poll(() => asked).toEqual(['clay'])
  await search.fill('walnut')
  await expect.poll(() => chats.allTextContents()).toEqual([expect.stringContaining('Walnut bowl')])
  const answered = page.waitForResponse(/q=clay/)
  late.resolve()
  await answered
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))
  expect(await chats.allTextContents()).toEqual([expect.stringContaining('Walnut bowl')])
  await search.fill('')
  await expect.poll(() => chats.count()).toBe(2)
})

test('a chat that is read has an address, and going back leads to the list as it was', async () => {
  const vase = await begin('Clay vase', 'Does it hold water?')
  await begin('Walnut bowl')
  const page = await desk.open(site, 'settings/chats')
  const chats = page.locator('shopbell-chats li')
  await expect.poll(() => chats.count()).toBe(2)
  await page.getByRole('searchbox').fill('vase')
  await expect.poll(() => chats.count()).toBe(1)
  await page.getByRole('link', { name: /Clay vase/ }).click()
  await page.getByText('Does it hold water?').waitFor()
  expect(new URL(page.url()).hash).toBe(`#settings/chats/${vase}`)
  await page.goBack()
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('vase')
  await expect.poll(() => chats.count()).toBe(1)
  await page.goForward()
  await page.getByText('Does it hold water?').waitFor()

  await page.reload()
  await page.getByRole('heading', { name: 'Clay vase' }).waitFor()
  await page.getByText('Does it hold water?').waitFor()
  expect(await page.locator('shopbell-settings-side a[aria-current]').textContent()).toContain('Chats')
  await expectNoViolations(page)
  await page.getByRole('link', { name: 'All chats' }).click()
  await expect.poll(() => chats.count()).toBe(2)
  await page.evaluate(() => {
    location.hash = 'settings/chats/chat_0123456789ab'
  })
  await page.getByText('This is no longer here.').waitFor()
})
