import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openShop, PUBLIC_SITE, tagFor } from '../support/shop-pages.ts'

const HELLO = `/v1/sites/${PUBLIC_SITE.site}/hello`

let browser: Browser
let shop: Awaited<ReturnType<typeof openShop>>

beforeAll(async () => {
  browser = await launchBrowser()
  shop = await openShop()
})
afterAll(() => Promise.all([browser.close(), shop.close()]))

it('My Chats says on which page it is, without what follows the #, and the script alone does not', async () => {
  const page = await browser.newPage()
  const said: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/hello')) said.push(`${request.method()} ${request.url()}`)
  })
  await page.goto(shop.put('/plain', `<body>${tagFor(shop.base)}</body>`))
  await expect.poll(() => shop.asked.includes(`/v1/sites/${PUBLIC_SITE.site}/public`)).toBe(true)
  expect(said).toEqual([])
  const address = shop.put('/chats', `<body><shopbell-my-chats></shopbell-my-chats>${tagFor(shop.base)}</body>`)
  await page.goto(`${address}?page_id=7#shopbell-chat=chat_0123456789`)
  const hello = `POST ${shop.base}${HELLO}?page=${encodeURIComponent(`${address}?page_id=7`)}`
  await expect.poll(() => said, { timeout: 60_000 }).toEqual([hello])
  await page.close()
})
