import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openShop, PUBLIC_SITE, sample, tagFor } from '../support/shop-pages.ts'
import { DemoFolder } from './start-demo.ts'

const LD = 'json-ld-product.constructed.html'
const BOWL = '/demo/storefront/walnut-bowl'

let browser: Browser
let context: BrowserContext
let page: Page
let thrown: Error[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  context = await browser.newContext({ reducedMotion: 'reduce' })
  page = await context.newPage()
  thrown = []
  page.on('pageerror', (error) => thrown.push(error))
})
afterEach(() => context.close())

const call = (...values: unknown[]) =>
  page.evaluate((all) => {
    const [verb = '', ...rest] = all as [string, ...unknown[]]
    void (window as any).shopbell[verb](...rest)
  }, values)
const panel = () => page.locator('shopbell-panel')
const button = () => page.locator('shopbell-start-chat button').first()

describe('A shop’s own script', () => {
  let shop: Awaited<ReturnType<typeof openShop>>
  beforeEach(async () => {
    shop = await openShop()
  })
  afterEach(() => shop.close())
  const visit = async (more = '', change = (html: string) => html) => {
    const html = change(await sample(LD)).replace('</body>', `${tagFor(shop.base, more)}</body>`)
    await page.goto(shop.put('/page', html))
    await button().waitFor()
  }

  it('opens, closes and toggles the list of chats', async () => {
    await visit()
    await call('open')
    await page.locator('shopbell-panel[open]').waitFor()
    await call('close')
    await expect.poll(() => panel().getAttribute('open')).toBeNull()
    await call('toggle')
    await page.locator('shopbell-panel[open]').waitFor()
    await call('toggle')
    await expect.poll(() => panel().getAttribute('open')).toBeNull()
    expect(thrown).toEqual([])
  })

  it('starts a chat about the page’s product, or about what it names', async () => {
    await visit()
    await call('startChat')
    await panel().getByText('Alder stoneware mug').first().waitFor()
    await call('startChat', { type: 'post', id: '9', title: 'How we fire clay' })
    await panel().getByText('How we fire clay').first().waitFor()
  })

  it('that throws in its listeners stops nobody, and leaves off when it wants', async () => {
    await visit()
    await page.evaluate(() => {
      const { shopbell } = window as any
      const heard: string[] = []
      Object.assign(window, { heard, once: () => heard.push('gone') })
      shopbell.on('open', () => {
        throw new Error('the shop’s own')
      })
      shopbell.on('open', (event: CustomEvent) => heard.push(event.detail.about?.id ?? 'list'))
      shopbell.on('open', (window as any).once)
      shopbell.off('open', (window as any).once)
      document.body.addEventListener('shopbell:open', () => heard.push('body'))
      window.addEventListener('shopbell:close', (event) => heard.push(`closed, composed: ${event.composed}`))
    })
    await button().click()
    await page.locator('shopbell-panel[open]').waitFor()
    await page.keyboard.press('Escape')
    await expect
      .poll(() => page.evaluate(() => (window as any).heard))
      .toEqual(['MUG-350-SAGE', 'closed, composed: true'])
    expect(thrown.map(({ message }) => message)).toEqual(['the shop’s own'])
  })

  it('is told when we are ready, also when it asks late, and when we cannot be', async () => {
    const early = `<script>heard = []
      document.addEventListener('shopbell:ready', (event) => heard.push(event.detail.site))
      document.addEventListener('shopbell:error', (event) => heard.push(event.detail.code))</script>`
    await visit('', (html) => html.replace('<head>', `<head>${early}`))
    expect(await page.evaluate(() => (window as any).heard)).toEqual([PUBLIC_SITE.site])
    expect(await page.evaluate(() => (window as any).shopbell.ready(() => 'late'))).toBe('late')
    shop.settle(null)
    await page.reload()
    await expect.poll(() => page.evaluate(() => (window as any).heard)).toEqual(['unavailable'])
    expect(thrown).toEqual([])
  })

  it('sets theme and language of every element, of later ones too, and takes them back', async () => {
    await visit('', (html) => html.replace('<html lang="en-GB"', '<html'))
    await call('setTheme', 'dark')
    await call('setLocale', 'de')
    await expect.poll(() => button().textContent()).toContain('Frage zum Produkt stellen')
    await page.evaluate(() => {
      const late = document.createElement('shopbell-start-chat')
      late.setAttribute('context-id', 'late')
      document.body.insertAdjacentElement('beforeend', late)
      return Promise.resolve().then(() => {
        if (late.getAttribute('theme') !== 'dark' || late.lang !== 'de') throw new Error('not marked at once')
      })
    })
    await call('open')
    await panel().getByText('Meine Chats').first().waitFor()
    expect(await panel().getAttribute('theme')).toBe('dark')
    await call('setLocale', 'fr')
    await panel()
      .getByText('Mes discussions')
      .or(panel().getByText('Mes conversations'))
      .or(panel().getByText('Mes messages'))
      .first()
      .waitFor()
    await call('setTheme', null)
    await expect.poll(() => panel().getAttribute('theme')).toBeNull()
    expect(thrown).toEqual([])
  })

  it('takes all of ours out, and a new tag begins anew', async () => {
    await visit('data-launcher="floating"', (html) =>
      html.replace('</body>', '<shopbell-my-chats></shopbell-my-chats></body>'),
    )
    await call('setTheme', 'dark')
    await call('open')
    await page.locator('shopbell-panel[open]').waitFor()
    await page.evaluate(() => {
      Object.assign(window, { heard: [] as string[] })
      for (const name of ['open', 'close', 'ready'])
        (window as any).shopbell.on(name, () => (window as any).heard.push(name))
    })
    await call('destroy')
    await expect.poll(() => page.evaluate(() => 'shopbell' in window)).toBe(false)
    expect(await page.locator('shopbell-start-chat,shopbell-panel').count()).toBe(0)
    expect(await page.locator('shopbell-my-chats').isVisible()).toBe(false)

    const touched = await page.evaluate(async () => {
      let count = 0
      const observer = new MutationObserver((records) => {
        count += records.length
      })
      observer.observe(document, { childList: true, subtree: true, attributes: true })
      document.querySelector('h1')?.append('!')
      history.pushState(null, '', '#elsewhere')
      await new Promise((later) => setTimeout(later, 800))
      observer.disconnect()
      return count
    })
    expect(touched).toBe(1)

    await page.evaluate(
      ([src, site]) => {
        const script = document.createElement('script')
        Object.assign(script, { src })
        script.dataset.site = site as string
        document.head.insertAdjacentElement('beforeend', script)
      },
      [`${shop.base}/shopbell.js`, PUBLIC_SITE.site],
    )
    await button().waitFor()
    await page.locator('shopbell-my-chats').getByText('No chats yet').waitFor()
    await button().click()
    await page.locator('shopbell-panel[open]').waitFor()
    expect(await page.evaluate(() => (window as any).heard)).toEqual(['close'])
    expect(thrown).toEqual([])
  })
})

describe('The button’s words', () => {
  let shop: Awaited<ReturnType<typeof openShop>>
  beforeEach(async () => {
    shop = await openShop()
  })
  afterEach(() => shop.close())
  const html = async (lang: string) =>
    (await sample(LD)).replace(/<html[^>]*>/, `<html ${lang}>`).replace('</body>', `${tagFor(shop.base)}</body>`)

  it.each([
    ['lang="de"', 'en', 'Frage zum Produkt stellen'],
    ['lang="fr-CA"', 'en', 'Poser une question sur ce produit'],
    ['', 'es', 'Preguntar por este producto'],
    ['lang="ar" dir="rtl"', 'en', 'اسأل عن هذا المنتج'],
    ['lang="xx"', 'de', 'Ask about this product'],
  ])('follow the page (%s), else the site (%s)', async (lang, locale, text) => {
    shop.settle({ locale })
    await page.goto(shop.put('/page', await html(lang)))
    await page.getByRole('button', { name: text }).waitFor()
    expect(thrown).toEqual([])
  })

  it('leave a label alone that the merchant chose', async () => {
    const { contexts } = PUBLIC_SITE
    shop.settle({ contexts: { ...contexts, product: { ...contexts.product, label: 'Ask Ada' } } })
    await page.goto(shop.put('/page', await html('lang="de"')))
    await page.getByRole('button', { name: 'Ask Ada' }).waitFor()
  })

  it('do not move the page when they come', async () => {
    await page.route('**/w/other-words.*', async (route) => {
      await new Promise((later) => setTimeout(later, 800))
      await route.continue()
    })
    await page.goto(shop.put('/page', await html('lang="de"')))
    await button().waitFor()
    const around = () =>
      page.locator('body *').evaluateAll((all) => all.map((one) => [one.localName, one.getBoundingClientRect().y]))
    const before = await around()
    expect((await button().textContent())?.trim()).toBe('')
    await page.getByRole('button', { name: 'Frage zum Produkt stellen' }).waitFor()
    expect(await around()).toEqual(before)
  })
})

describe('What happens in the chats', () => {
  let demo: DemoFolder
  let url: string
  beforeAll(async () => {
    demo = new DemoFolder()
    url = (await demo.open()).url
  })
  afterAll(() => demo.remove())

  /** All events of ours from here on, by name and what is told of them. */
  const listen = () =>
    page.addInitScript(() => {
      const heard: [string, any][] = []
      Object.assign(window, { heard })
      for (const name of ['chat:created', 'message:sent', 'message:received', 'unread', 'identity', 'error'])
        document.addEventListener(`shopbell:${name}`, (event) => heard.push([name, (event as CustomEvent).detail]))
    })
  const heard = (): Promise<[string, any][]> => page.evaluate(() => (window as any).heard)
  const names = async () => (await heard()).map(([name]) => name)

  it('is told: who came, a chat, a message sent, one received, unread ones, and leaving', async () => {
    await listen()
    await page.goto(url + BOWL)
    await page.getByRole('button', { name: 'Ask about this product' }).click()
    const field = panel().getByRole('textbox', { name: /message/i })
    await field.fill('Is it dishwasher safe?')
    const begin = panel().getByRole('button', { name: 'Send message' })
    if (await begin.isVisible()) {
      await panel().getByRole('textbox', { name: 'Name' }).fill('Robin')
      const email = panel().getByRole('textbox', { name: 'E-mail' })
      if (await email.isVisible()) await email.fill('robin@example.com')
      await begin.click()
    } else await field.press('Enter')
    await expect.poll(names, { timeout: 10_000 }).toEqual(['identity', 'chat:created', 'message:sent'])
    const [[, identity], [, created], [, sent]] = (await heard()) as [any, any, any]
    expect(identity.user).toMatchObject({ role: 'guest' })
    expect(created).toEqual({
      chat: expect.any(String),
      about: { type: 'product', id: expect.any(String) },
      side: 'customer',
      seller: 'oak-works',
    })
    expect(sent).toMatchObject({ chat: created.chat, message: { seq: 1, body: 'Is it dishwasher safe?' } })

    await panel().getByRole('log').waitFor()
    await call('close')
    const seller = await (await browser.newContext()).newPage()
    await seller.context().addCookies([{ name: 'demo_who', value: 'priya', url }])
    await seller.goto(`${url}/demo/inbox`, { referer: `${url}/demo/` })
    const inbox = seller.locator('shopbell-my-chats')
    await inbox.getByText('Is it dishwasher safe?').first().click()
    await inbox.locator('textarea').fill('Better by hand.')
    await inbox.locator('textarea').press('Enter')
    await expect.poll(names, { timeout: 20_000 }).toContain('message:received')
    const received = (await heard()).find(([name]) => name === 'message:received')?.[1]
    expect(received).toMatchObject({ chat: created.chat, message: { seq: 2, body: 'Better by hand.' } })
    await expect.poll(async () => (await heard()).findLast(([name]) => name === 'unread')?.[1]).toEqual({ count: 1 })
    await seller.context().close()

    await call('signOut')
    await expect
      .poll(async () => (await heard()).findLast(([name]) => name === 'identity')?.[1])
      .toEqual({ user: null })
    expect(thrown).toEqual([])
  })

  it('is not told of what was there before', async () => {
    await context.addCookies([{ name: 'demo_who', value: 'sam', url }])
    await listen()
    await page.goto(`${url}/demo/chats`)
    await page.locator('shopbell-my-chats .row').first().waitFor()
    await page.locator('shopbell-my-chats .row').first().click()
    await page.locator('shopbell-my-chats').getByRole('log').waitFor()
    await page.waitForTimeout(500)
    expect((await names()).filter((name) => name.startsWith('chat') || name.startsWith('message'))).toEqual([])
    expect((await heard())[0]).toMatchObject(['identity', { user: { name: 'Sam Rivera', role: 'customer' } }])
  })

  it('is told when the shop’s word is not taken', async () => {
    await listen()
    await page.route('**/demo/identity', (route) => route.fulfill({ json: { assertion: 'no.good.atall' } }))
    await page.goto(`${url}/demo/chats`)
    await expect.poll(names).toContain('error')
    expect((await heard()).find(([name]) => name === 'error')?.[1]).toEqual({
      code: expect.stringMatching(/^assertion_/),
    })
  })

  it('ends its line when Shopbell leaves the page', async () => {
    await context.addCookies([{ name: 'demo_who', value: 'sam', url }])
    const closed = new Promise<void>((over) => {
      page.on('websocket', (socket) => socket.on('close', () => over()))
    })
    const opened = page.waitForEvent('websocket')
    await page.goto(`${url}/demo/chats`)
    await opened
    await call('destroy')
    await closed
    expect(thrown).toEqual([])
  })
})
