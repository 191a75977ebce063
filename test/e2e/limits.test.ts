import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type ChatsPage, openChatsPage } from '../support/chats-page.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const PEOPLE = { '42': { name: 'Ada Sample' }, '43': { name: 'Ben Sample' } }
const BUTTONS = ['310', '311'].map((id) => `<shopbell-start-chat context-id="${id}"></shopbell-start-chat>`).join('')

let worker: TestWorker
let browser: Browser
beforeAll(async () => {
  worker = await startWorker()
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await worker?.stop()
})

async function openWith(limits: object): Promise<{ shop: TestShop; pages: ChatsPage }> {
  const shop = await openShop(worker, { limits })
  const products = ['310', '311'].map((id) => ({ id, title: `Mug ${id}`, seller: '19' }))
  await shop.put('/v1/catalog/products', { products })
  return { shop, pages: await openChatsPage({ worker, shop, browser }, PEOPLE, { '/two': BUTTONS }) }
}
const say = async (page: Page, text: string) => {
  await page.locator('textarea').fill(text)
  await page.locator('textarea').press('Enter')
}
const waits = (page: Page) => page.getByText(/it goes out in \d+ s/).first()
const isOut = (page: Page) => expect.poll(() => page.locator('.pending, .failed').count(), { timeout: 45_000 }).toBe(0)

test.each([
  ['in a time', { messagesPerWindow: 2, messageWindowSec: 15, burstPerChat: 50 }],
  ['at once in one chat', { messagesPerWindow: 50, burstPerChat: 2, burstWindowSec: 15 }],
])('a message above those %s waits for its time in the open, goes out by itself, and once', async (_, limits) => {
  const { shop, pages } = await openWith(limits)
  const { token } = await shop.signIn('42', PEOPLE['42'])
  const message = { clientId: 'first-message', body: 'one' }
  const { body } = await worker.call('/v1/chats', { token, body: { context: { type: 'product', id: '310' }, message } })
  const page = await pages.visit('42', { hash: `#shopbell-chat=${body.chat.id}` })
  for (const text of ['two', 'three']) await say(page, text)
  await waits(page).waitFor()
  await isOut(page)
  expect((await shop.messagesOf(token, body.chat.id)).map((one) => one.body)).toEqual(['one', 'two', 'three'])
  await pages.close()
})

test('a chat above those in a time is begun when its time has come, with the words that were written for it', async () => {
  const { shop, pages } = await openWith({ chatsPerWindow: 1, chatWindowSec: 20 })
  const page = await pages.visit('43')
  await page.goto('/two')
  await page.getByRole('button', { name: 'Ask about this product' }).first().click()
  await say(page, 'about the first')
  await isOut(page)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Ask about this product' }).last().click()
  await say(page, 'about the second')
  await waits(page).waitFor()
  await isOut(page)
  const { token } = await shop.signIn('43', PEOPLE['43'])
  const chats = await shop.chatsOf(token)
  expect(chats.map(({ last }) => last.body).sort()).toEqual(['about the first', 'about the second'])
  await pages.close()
})
