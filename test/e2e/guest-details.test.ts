import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type ChatsPage, openChatsPage } from '../support/chats-page.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const PICTURES = process.env.PICTURES

let worker: TestWorker
let shop: TestShop
let browser: Browser
let pages: ChatsPage

beforeAll(async () => {
  worker = await startWorker()
  browser = await launchBrowser()
  shop = await openShop(worker, { limits: { enabled: false } })
  pages = await openChatsPage({ worker, shop, browser }, {})
  const products = ['310', '311'].map((id) => ({ id, title: `Mug ${id}`, seller: '19' }))
  await shop.put('/v1/catalog/products', { products })
})
afterAll(async () => {
  await pages?.close()
  await browser?.close()
  await worker?.stop()
})

/** A guest who wrote while the shop asked for nothing, in a browser that looks at that chat. */
async function earlierGuest(options: { width: number; height: number }) {
  await shop.settle({ guests: { mode: 'free' } })
  const guest = await shop.guest()
  const message = { clientId: 'first-message', body: 'Asked when it was free' }
  const { body } = await worker.call('/v1/chats', {
    token: guest.token,
    body: { context: { type: 'product', id: '310' }, message },
  })
  await shop.settle({ guests: { mode: 'name_email' } })
  const page = await pages.visit('', { viewport: options })
  const kept = JSON.stringify({ refreshToken: guest.refreshToken, id: guest.user.id })
  await page.evaluate(([key, value]) => localStorage.setItem(key!, value!), [`shopbell:${shop.id}`, kept])
  return { page, guest, chat: body.chat.id as string }
}

const form = (page: Page) => page.locator('shopbell-guest-form')
const write = async (page: Page, text: string) => {
  await page.locator('textarea').fill(text)
  await page.locator('textarea').press('Enter')
}
const tell = async (page: Page, name: string, email: string) => {
  await form(page).getByRole('textbox', { name: 'Name' }).fill(name)
  await form(page).getByRole('textbox', { name: 'E-mail' }).fill(email)
  await form(page).getByRole('button', { name: 'Send message' }).click()
}
const look = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

test('a guest from before the shop asked for details is asked when they write, and what they wrote goes out', async () => {
  const { page, guest, chat } = await earlierGuest({ width: 1280, height: 800 })
  await page.goto(`/chats#shopbell-chat=${chat}`)
  await page.reload()
  await write(page, 'Is it still there?')
  await form(page).getByRole('heading', { name: 'The shop asks for your details first.' }).waitFor()
  expect(await page.locator('textarea').count()).toBe(0)
  await look(page, 'details-desktop')

  await page.reload()
  await tell(page, 'Gil', 'gil@')
  await form(page).getByText('This address looks incomplete.').waitFor()
  await tell(page, 'Gil', 'gil@example.com')
  await page.locator('textarea').waitFor()
  await expect.poll(() => page.locator('.pending, .failed').count()).toBe(0)
  const said = (await shop.messagesOf(guest.token, chat)).map(({ body }) => body)
  expect(said).toEqual(['Asked when it was free', 'Is it still there?'])
  expect((await worker.call('/v1/me', { token: guest.token })).body).toMatchObject({
    name: 'Gil',
    email: 'gil@example.com',
  })
  await write(page, 'One more')
  await expect.poll(async () => (await shop.messagesOf(guest.token, chat)).length).toBe(3)
})

test('a form that cannot be fetched keeps neither the page busy nor the message from being seen', async () => {
  const { page, chat } = await earlierGuest({ width: 1280, height: 800 })
  await page.route('**/w/late-details.*', (route) => route.abort())
  await page.goto(`/chats#shopbell-chat=${chat}`)
  await page.reload()
  const asked = page.waitForEvent('requestfailed')
  await write(page, 'Does it come in blue?')
  await asked
  await page.locator('.failed', { hasText: 'Does it come in blue?' }).waitFor()
  const drawn = await page.evaluate(async () => {
    const { prototype } = customElements.get('shopbell-my-chats') as {
      prototype: HTMLElement & { requestUpdate(): void }
    }
    const { requestUpdate } = prototype
    let count = 0
    prototype.requestUpdate = function (...values) {
      count++
      return requestUpdate.apply(this, values)
    }
    await new Promise((resolve) => setTimeout(resolve, 500))
    return count
  })
  expect(drawn).toBeLessThan(10)
})

test('they are asked in the panel too, where they ask about another thing', async () => {
  const { page, guest } = await earlierGuest({ width: 390, height: 844 })
  await page.reload()
  await page.locator('.row').waitFor()
  await page.evaluate(() =>
    Reflect.get(window, 'shopbell')('startChat', { type: 'product', id: '311', title: 'Mug 311' }),
  )
  const panel = page.locator('shopbell-panel')
  await panel.locator('textarea').fill('And this one?')
  await panel.locator('textarea').press('Enter')
  await form(page).getByRole('heading', { name: 'The shop asks for your details first.' }).waitFor()
  await look(page, 'details-phone')
  await tell(page, 'Gil', 'gil@example.com')
  await panel.locator('textarea').waitFor()
  await panel.locator('shopbell-log .bubble', { hasText: 'And this one?' }).waitFor()
  await expect.poll(async () => (await shop.chatsOf(guest.token)).length).toBe(2)
})
