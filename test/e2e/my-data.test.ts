import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type ChatsPage, openChatsPage } from '../support/chats-page.ts'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PLACEHOLDER = 'Message removed by privacy request'
const SECRET = 'my door code is 4711'
const PICTURES = process.env.PICTURES
const SELLER = { name: 'Priya', role: 'seller' }

let worker: TestWorker
let shop: TestShop
let browser: Browser
let pages: ChatsPage
const people: Record<string, object> = { '19': SELLER }
let counter = 0

beforeAll(async () => {
  worker = await startWorker()
  browser = await launchBrowser()
  shop = await openShop(worker, { limits: { enabled: false } })
  pages = await openChatsPage({ worker, shop, browser }, people)
  await shop.put('/v1/catalog/products', { products: [{ id: '310', title: 'Alder stoneware mug', seller: '19' }] })
  await shop.signIn('19', SELLER)
})
afterAll(async () => {
  await pages?.close()
  await browser?.close()
  await worker?.stop()
})
beforeEach(() => shop.settle({ privacy: { ownRequests: 'automatic' }, guests: { mode: 'free' } }))

const say = async (token: string, chat: string, body: string) =>
  worker.call(`/v1/chats/${chat}/messages`, { token, body: { clientId: `client-${++counter}`, body } })

/** A customer of their own for each test, with a chat in which they have said something. */
async function shopper(said = [SECRET]) {
  const who = `buyer${++counter}`
  people[who] = { name: 'Ada Sample', email: `${who}@example.com` }
  const { token } = await shop.signIn(who, people[who] as Record<string, unknown>)
  const [first = '', ...more] = said
  const message = { clientId: `client-${++counter}`, body: first }
  const { body } = await worker.call('/v1/chats', { token, body: { context: { type: 'product', id: '310' }, message } })
  for (const text of more) await say(token, body.chat.id, text)
  return { who, token, chat: body.chat.id as string }
}

const at = (chat: string) => `#shopbell-chat=${chat}`
const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text })
const dialog = (page: Page) => page.getByRole('dialog', { name: /Your data|You are erased/ })
const button = (page: Page, name: string) => dialog(page).getByRole('button', { name })
const look = async (page: Page, name: string) => {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png` })
}

async function openMyData(page: Page) {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('dialog', { name: 'Settings' }).getByRole('button', { name: 'Copy or erase' }).click()
  await dialog(page).getByRole('heading', { name: 'A copy' }).waitFor()
}

/** What has the focus: its name, or what it says. */
const focused = (page: Page) =>
  page.evaluate(() => {
    let at: Element | null = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at?.getAttribute('name') ?? at?.getAttribute('aria-label') ?? at?.textContent?.trim()
  })

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { violations } = await Reflect.get(window, 'axe').run(document.querySelector('shopbell-my-chats'))
    return violations.map((one: any) => `${one.id}: ${one.nodes.map((node: any) => node.html).join(' ')}`)
  })
}

async function mailedCode(email: string): Promise<string> {
  const sql = "SELECT payload FROM outbox WHERE site = ? AND kind = 'privacy' AND email = ?"
  const read = () => worker.env.DB.prepare(sql).bind(shop.id, email).first<{ payload: string }>()
  await expect.poll(read).not.toBe(null)
  return JSON.parse((await read())?.payload ?? '{}').code
}

async function eraseMe(page: Page) {
  await button(page, 'Erase me').click()
  await dialog(page)
    .getByRole('textbox', { name: /To confirm/ })
    .fill('erase')
  await button(page, 'Erase me').click()
}

/** Everything a browser shows and keeps of this page, as one text. */
const everywhere = (page: Page) =>
  page.evaluate(async () => {
    const texts: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
    const walk = (root: Document | ShadowRoot) => {
      texts.push(root instanceof Document ? document.documentElement.outerHTML : root.innerHTML)
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) walk(element.shadowRoot)
        if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) texts.push(element.value)
      }
    }
    walk(document)
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) texts.push((await (await cache.match(request))?.text()) ?? '')
    }
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((done) => {
        const request = indexedDB.open(name!)
        request.onsuccess = () => done(request.result)
      })
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll()
        await new Promise((done) => {
          all.onsuccess = done
        })
        texts.push(JSON.stringify(all.result))
      }
      db.close()
    }
    return texts.join('\n')
  })

describe('a shopper', () => {
  it('downloads their data, erases themselves, and the seller who looks sees the words go', async () => {
    const { who, chat } = await shopper(['Hello there', SECRET])
    const seller = await pages.visit('19', { hash: at(chat), viewport: { width: 1280, height: 800 } })
    await bubble(seller, SECRET).waitFor()
    await seller.evaluate(() => Object.assign(window, { notReloaded: true }))

    const buyer = await pages.visit(who, { hash: at(chat), viewport: { width: 390, height: 844 } })
    const elsewhere = await buyer.context().newPage()
    await elsewhere.goto(`/chats${at(chat)}`)
    await bubble(elsewhere, SECRET).waitFor()
    await bubble(buyer, SECRET).waitFor()
    await buyer.locator('textarea').fill('never sent: 4711')
    await buyer.getByRole('button', { name: 'All chats' }).click()
    await openMyData(buyer)
    await look(buyer, 'my-data-phone')

    const saved = buyer.waitForEvent('download')
    await button(buyer, 'Download my data').click()
    const file = await saved
    expect(file.suggestedFilename()).toBe('personal-data.zip')
    // Stored, not packed: the words can be read in it.
    expect(readFileSync(await file.path(), 'latin1')).toContain(SECRET)
    await dialog(buyer).getByText('The copy is among your downloads.').waitFor()

    await eraseMe(buyer)
    await dialog(buyer).getByRole('heading', { name: 'You are erased' }).waitFor()
    await look(buyer, 'my-data-erased-phone')
    await expect.poll(() => seller.locator('shopbell-log').getByText(PLACEHOLDER).count()).toBe(2)
    await look(seller, 'my-data-seller')
    expect(await seller.evaluate(() => Reflect.get(window, 'notReloaded'))).toBe(true)
    for (const page of [seller, buyer, elsewhere])
      await expect.poll(() => everywhere(page), { message: page === seller ? 'seller' : 'buyer' }).not.toContain('4711')
    expect(await everywhere(buyer)).not.toContain(who)
    await button(buyer, 'Close').last().click()
    await buyer.getByText('No chats yet').waitFor()

    const { token } = await shop.signIn('19', SELLER)
    expect(JSON.stringify(await shop.messagesOf(token, chat))).not.toContain('4711')
    await seller.reload()
    await seller.getByText(PLACEHOLDER).first().waitFor()
    expect(await everywhere(seller)).not.toContain('4711')
  })

  it('who is a guest proves their address first; where the shop decides, they see what became of it', async () => {
    await shop.settle({ privacy: { ownRequests: 'ask' } })
    const buyer = await pages.visit('', { viewport: { width: 1280, height: 800 }, bypassCSP: true })
    const guest = await shop.guest({ name: 'Gil', email: 'gil@example.com' })
    const place = { key: `shopbell:${shop.id}`, kept: { refreshToken: guest.refreshToken, id: guest.user.id } }
    await buyer.evaluate(({ key, kept }) => localStorage.setItem(key, JSON.stringify(kept)), place)
    await buyer.reload()
    await openMyData(buyer)
    await dialog(buyer).getByText('g…@example.com').waitFor()
    const copy = button(buyer, 'Download my data')
    expect(await copy.getAttribute('aria-disabled')).toBe('true')
    // Pressed too early, it leads to where the proof is given.
    await copy.click({ force: true })
    await expect.poll(() => focused(buyer)).toBe('Mail me a code')
    await buyer.keyboard.press('Enter')
    await expect.poll(() => focused(buyer)).toBe('code')
    const code = await mailedCode('gil@example.com')
    await buyer.keyboard.type(code === '000000' ? '000001' : '000000')
    await copy.click()
    await dialog(buyer).getByText('This code does not fit').waitFor()
    await look(buyer, 'my-data-guest')
    const field = dialog(buyer).getByRole('textbox', { name: 'Code from the mail' })
    await field.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
    const saved = buyer.waitForEvent('download')
    await copy.click()
    expect((await saved).suggestedFilename()).toBe('personal-data.zip')

    await button(buyer, 'Ask to be erased').click()
    await expect.poll(() => focused(buyer)).toBe('confirm')
    await buyer.keyboard.type('rubber')
    await buyer.keyboard.press('Enter')
    await dialog(buyer).getByText('so that nothing is erased by mistake').waitFor()
    await look(buyer, 'my-data-sure')
    expect(await faults(buyer)).toEqual([])
    await field.waitFor()
    await dialog(buyer)
      .getByRole('textbox', { name: /To confirm/ })
      .fill(' Erase ')
    await buyer.keyboard.press('Enter')
    await dialog(buyer).getByText('The shop decides').waitFor()
    await look(buyer, 'my-data-asked')
    expect(await button(buyer, 'Ask to be erased').count()).toBe(0)
    await buyer.keyboard.press('Escape')
    await expect.poll(() => dialog(buyer).count()).toBe(0)
    await expect.poll(() => focused(buyer)).toBe('Settings')
  })

  it('is told so where the shop answers by itself, and where nothing could be asked', async () => {
    await shop.settle({ privacy: { ownRequests: 'off' } })
    const { who } = await shopper()
    const buyer = await pages.visit(who)
    await buyer.route('**/v1/me/data', (route) => route.abort('connectionfailed'))
    await buyer.getByRole('button', { name: 'Settings' }).click()
    await buyer.getByRole('button', { name: 'Copy or erase' }).click()
    await dialog(buyer).getByText('No connection').waitFor()
    await buyer.unroute('**/v1/me/data')
    await button(buyer, 'Try again').click()
    await dialog(buyer).getByText('This shop answers such requests itself').waitFor()
  })
})

it('is shown to nobody else who signs in on the same page', async () => {
  const [first, second] = [await shopper(), await shopper(['of somebody else'])]
  const page = await pages.visit(first.who, { hash: at(first.chat), viewport: { width: 1280, height: 800 } })
  await bubble(page, SECRET).waitFor()
  await page.context().addCookies([{ name: 'who', value: second.who, url: pages.origin }])
  await page.evaluate(() => {
    const asks = async () => ((await (await fetch('/whoami')).json()) as { assertion: string }).assertion
    Reflect.get(window, 'shopbell')('identify', asks)
  })
  await page.locator('.row', { hasText: 'of somebody else' }).waitFor()
  await expect.poll(() => everywhere(page)).not.toContain('4711')
})

describe('words that are erased', () => {
  const WORDS = 'the spare key lies under the pot'

  /** Holds back what the server answers to a read of history until `let go`. */
  async function holdBack(page: Page, query: RegExp) {
    const { promise: gone, resolve: letGo } = Promise.withResolvers<void>()
    const read = new Promise<string>((done) =>
      page.route(
        (url) => /\/messages$/.test(url.pathname) && query.test(url.search),
        async (route) => {
          const response = await route.fetch()
          const body = await response.text()
          done(body)
          await gone
          await route.fulfill({ response, body })
        },
        { times: 1 },
      ),
    )
    return { read, letGo }
  }

  /** Notes whether a page has ever shown the words. */
  const watch = (page: Page) =>
    page.evaluate((secret) => {
      const seen = () => {
        const texts = [...document.querySelectorAll('shopbell-my-chats')].map((mine) => {
          const log = mine.shadowRoot?.querySelector('shopbell-log')
          return `${mine.shadowRoot?.textContent} ${log?.shadowRoot?.textContent}`
        })
        if (texts.join().includes(secret)) Object.assign(window, { seen: true })
        requestAnimationFrame(seen)
      }
      seen()
    }, WORDS)
  const hasSeen = (page: Page) => page.evaluate(() => Reflect.get(window, 'seen') === true)

  const erase = (who: string) =>
    worker.call('/v1/privacy/erase', {
      origin: null,
      token: shop.server.secret,
      body: { shopId: who, confirm: 'erase' },
    })

  it('do not come back with a page of history that was on its way', async () => {
    const said = Array.from({ length: 70 }, (_, at) => (at === 3 ? WORDS : `line ${at}`))
    const { who, chat } = await shopper(said)
    const seller = await pages.visit('19', { hash: at(chat), viewport: { width: 1280, height: 800 } })
    await bubble(seller, 'line 69').waitFor()
    const { read, letGo } = await holdBack(seller, /before=/)
    await watch(seller)
    await seller.locator('shopbell-log .scroll').evaluate((log) => log.scrollTo(0, -1e6))
    expect(await read).toContain(WORDS)
    await erase(who)
    await expect.poll(() => bubble(seller, 'line').count()).toBe(0)
    letGo()
    await seller.getByText(PLACEHOLDER).first().waitFor()
    await expect.poll(() => everywhere(seller)).not.toContain('line 69')
    await seller.locator('shopbell-log .scroll').evaluate((log) => log.scrollTo(0, -1e6))
    await expect.poll(() => seller.locator('shopbell-log').getByText(PLACEHOLDER).count()).toBeGreaterThan(50)
    expect(await hasSeen(seller)).toBe(false)
  })

  it('do not come back with the first page of a chat that was being opened', async () => {
    const { who } = await shopper([WORDS, 'the last words'])
    const seller = await pages.visit('19', { viewport: { width: 1280, height: 800 } })
    const row = seller.locator('.row', { hasText: 'the last words' })
    const { read, letGo } = await holdBack(seller, /^$/)
    await watch(seller)
    await row.click()
    expect(await read).toContain(WORDS)
    await erase(who)
    await expect.poll(() => row.count()).toBe(0)
    letGo()
    await seller.locator('shopbell-log').getByText(PLACEHOLDER).first().waitFor()
    expect(await hasSeen(seller)).toBe(false)
    expect(await everywhere(seller)).not.toContain(WORDS)
  })
})
