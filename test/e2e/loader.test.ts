import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { asScript } from '../support/in-page.ts'
import { openShop, PUBLIC_SITE, sample, tagFor } from '../support/shop-pages.ts'

declare global {
  interface Window {
    // Not the real type: it would pull browser code into a program that knows Cloudflare's `Element` too.
    shopbell?: any
  }
}

const root = resolve(import.meta.dirname, '../..')

let browser: Browser
let context: BrowserContext
let page: Page
let shop: Awaited<ReturnType<typeof openShop>>
let said: ConsoleMessage[]
let thrown: Error[]
let foreign: string[]

beforeAll(async () => {
  if (!existsSync(resolve(root, 'dist/shopbell.js')))
    execFileSync(process.execPath, ['scripts/build-widgets.ts'], { cwd: root })
  browser = await launchBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  shop = await openShop()
  context = await browser.newContext()
  page = await context.newPage()
  said = []
  thrown = []
  foreign = []
  page.on('console', (message) => said.push(message))
  page.on('pageerror', (error) => thrown.push(error))
  await page.route('**', (route) => {
    const { origin } = new URL(route.request().url())
    if (origin === shop.base || origin === shop.origin) return route.continue()
    foreign.push(route.request().url())
    return route.abort()
  })
})
afterEach(async () => {
  await context.close()
  await shop.close()
})

/** A sample page with our tag before its end. */
const withTag = async (name: string, more?: string) =>
  (await sample(name)).replace('</body>', `${tagFor(shop.base, more)}</body>`)
const visit = (html: string, headers?: Record<string, string>) => page.goto(shop.put('/page', html, headers))
const button = () => page.locator('shopbell-start-chat button')
const ours = () => said.map((message) => message.text()).filter((text) => text.includes('Shopbell'))
/** The element before ours, by class or name. */
const before = () =>
  page.locator('shopbell-start-chat').evaluate((element) => {
    const neighbour = element.previousElementSibling
    return neighbour?.className || neighbour?.localName
  })

const WOO = 'woocommerce-storefront-product.constructed.html'
const DAWN = 'shopify-dawn-product.constructed.html'
const LD = 'json-ld-product.constructed.html'
const BY_HAND = 'data-attributes.constructed.html'

describe('The button', () => {
  it.each([
    [WOO, 'cart'],
    [DAWN, 'product-form__buttons'],
    [LD, 'form'],
    [BY_HAND, 'button'],
  ])('stands on %s after what buys the thing', async (name, neighbour) => {
    await visit(await withTag(name))
    await button().waitFor()
    expect(await button().textContent()).toContain('Ask about this product')
    expect(await page.locator('shopbell-start-chat').count()).toBe(1)
    expect(await before()).toContain(neighbour)
    expect(thrown).toEqual([])
    expect(ours()).toEqual([])
  })

  it.each([
    ['before_summary', 'onsale', 'after'],
    ['after_summary', 'woocommerce-tabs', 'before'],
  ])('stands at %s if the site says so', async (position, neighbour, side) => {
    const product = { ...PUBLIC_SITE.contexts.product, position }
    shop.settle({ contexts: { ...PUBLIC_SITE.contexts, product } })
    await visit(await withTag(WOO))
    await button().waitFor()
    const next = await page
      .locator('shopbell-start-chat')
      .evaluate(
        (element, way) => (way === 'after' ? element.nextElementSibling : element.previousElementSibling)?.className,
        side,
      )
    expect(next).toContain(neighbour)
  })

  it.each([{ enabled: false }, { position: 'manual' }])('stands nowhere by itself with %o', async (change) => {
    const product = { ...PUBLIC_SITE.contexts.product, ...change }
    shop.settle({ contexts: { ...PUBLIC_SITE.contexts, product } })
    await visit(await withTag(WOO))
    await page.waitForTimeout(500)
    expect(await page.locator('shopbell-start-chat').count()).toBe(0)
  })

  it('comes back when the theme draws its part of the page anew', async () => {
    await visit(await withTag(DAWN))
    await button().waitFor()
    await page.evaluate(() => {
      const part = document.querySelector('product-info') as HTMLElement
      const fresh = part.cloneNode(true) as HTMLElement
      fresh.querySelector('shopbell-start-chat')?.remove()
      part.replaceWith(fresh)
    })
    await button().waitFor()
    expect(await page.locator('shopbell-start-chat').count()).toBe(1)
  })

  it('gives up where the page throws it out each time', async () => {
    await visit(await withTag(LD))
    await button().waitFor()
    const placings = await page.evaluate(async () => {
      let count = 0
      new MutationObserver((changes) => {
        for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
          if (node instanceof HTMLElement && node.localName === 'shopbell-start-chat') {
            count++
            node.remove()
          }
        }
      }).observe(document.body, { childList: true, subtree: true })
      document.querySelector('shopbell-start-chat')?.remove()
      await new Promise((later) => setTimeout(later, 2000))
      return count
    })
    expect(placings).toBeGreaterThan(2)
    expect(placings).toBeLessThan(10)
  })

  it('takes label, colours and theme from the site, and its own label from the tag', async () => {
    const product = { ...PUBLIC_SITE.contexts.product, label: 'Write to the maker' }
    shop.settle({ theme: 'dark', accent: '#ffdd00', contexts: { ...PUBLIC_SITE.contexts, product } })
    await visit(await withTag(LD))
    await page.getByRole('button', { name: 'Write to the maker' }).waitFor()
    expect(await page.locator('shopbell-start-chat').getAttribute('theme')).toBe('dark')
    await visit(await withTag(LD, 'data-label="Any questions?"'))
    await page.getByRole('button', { name: 'Any questions?' }).waitFor()
  })

  it('has text on the merchant’s accent at 4.5:1 or more', async () => {
    for (const accent of ['#ffdd00', '#0b655f', '#777777', '#ff0000', '#ffffff']) {
      shop.settle({ accent })
      await visit(await withTag(LD, 'data-launcher="floating"'))
      const floating = page.locator('shopbell-start-chat[variant] button')
      await floating.waitFor()
      const ratio = await floating.evaluate((element) => {
        const pen = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D
        const light = (colour: string) => {
          pen.fillStyle = colour
          pen.fillRect(0, 0, 1, 1)
          const [r = 0, g = 0, b = 0] = [...pen.getImageData(0, 0, 1, 1).data].map((byte) =>
            byte > 10 ? ((byte / 255 + 0.055) / 1.055) ** 2.4 : byte / 255 / 12.92,
          )
          return 0.2126 * r + 0.7152 * g + 0.0722 * b
        }
        const { color, backgroundColor } = getComputedStyle(element)
        const [high = 1, low = 0] = [light(color), light(backgroundColor)].sort((a, b) => b - a)
        return (high + 0.05) / (low + 0.05)
      })
      expect(ratio, accent).toBeGreaterThanOrEqual(4.5)
    }
  })
})

describe('Before first use', () => {
  it('asks our host only, for the tag, the settings and the button, and keeps nothing', async () => {
    await context.addCookies([{ name: 'shop', value: 'session', url: shop.origin }])
    await visit(await withTag(LD, 'data-identity="/whoami"'))
    await button().waitFor()
    await page.waitForTimeout(300)
    expect(foreign).toEqual([])
    expect(shop.asked.toSorted()).toEqual([
      '/shopbell.js',
      `/v1/sites/${PUBLIC_SITE.site}/public`,
      expect.stringMatching(/^\/w\/start-chat\./),
    ])
    const kept = () => page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage), document.cookie])
    expect(await kept()).toEqual([[], [], 'shop=session'])
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['shop'])
  })

  it('asks the settings and all of the button at the same time', async () => {
    await page.route('**/public', async (route) => {
      await new Promise((later) => setTimeout(later, 500))
      await route.continue()
    })
    await visit(await withTag(LD))
    await button().waitFor()
    const starts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => /\/w\/|\/public/.test(name))
        .map(({ startTime }) => startTime),
    )
    expect(starts.length).toBe(2)
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(250)
  })

  it('loads nothing but itself and the settings on a page about nothing', async () => {
    await visit(`<h1>Our story</h1>${tagFor(shop.base)}`)
    await page.waitForTimeout(400)
    expect(shop.asked.filter((path) => path.startsWith('/w/'))).toEqual([])
  })
})

describe('The tag', () => {
  const only = async () => {
    await button().waitFor()
    expect(await page.locator('shopbell-start-chat').count()).toBe(1)
    expect(thrown).toEqual([])
  }

  it('twice on a page says so once and does nothing more', async () => {
    await visit((await withTag(LD)).replace('</body>', `${tagFor(shop.base)}</body>`))
    await only()
    expect(ours()).toEqual(['Shopbell: this script tag is here twice; the second does nothing.'])
    expect(shop.asked.filter((path) => path.endsWith('/public')).length).toBe(1)
  })

  it('works when it is injected late', async () => {
    await visit(await sample(LD))
    await page.evaluate(
      ([src, site]) => {
        const script = document.createElement('script')
        Object.assign(script, { src })
        script.dataset.site = site as string
        document.head.appendChild(script)
      },
      [`${shop.base}/shopbell.js`, PUBLIC_SITE.site],
    )
    await only()
  })

  it.each([
    ['in the head', ''],
    ['in the head, blocking', 'async=""'],
    ['as a module', 'type="module"'],
  ])('works %s', async (_, more) => {
    const tag = more.startsWith('async') ? tagFor(shop.base).replace('async ', '') : tagFor(shop.base, more)
    await visit((await sample(LD)).replace('<head>', `<head>${tag}`))
    await only()
  })

  it('without a site says what to do, and nothing else happens', async () => {
    await visit((await sample(LD)).replace('</body>', `<script src="${shop.base}/shopbell.js"></script></body>`))
    await page.waitForTimeout(300)
    expect(ours()).toEqual([expect.stringContaining('data-site="site_…"')])
    expect(shop.asked).toEqual(['/shopbell.js'])
    expect(thrown).toEqual([])
  })

  it('of a site that does not know this page says so, and places no button', async () => {
    shop.settle(null)
    await visit(await withTag(LD))
    await page.waitForTimeout(500)
    expect(await page.locator('shopbell-start-chat').count()).toBe(0)
    expect(ours()).toEqual([expect.stringContaining('not one of the site’s origins')])
    expect(thrown).toEqual([])
  })

  it('leaves a page’s own Lit alone', async () => {
    const lit = await asScript('node_modules/lit/index.js', 'lit')
    const own = `<script>${lit.replaceAll('</script', '<\\/script')}</script><own-greeting></own-greeting><script>
      customElements.define('own-greeting', class extends lit.LitElement { render() { return lit.html\`<i>Hello</i>\` } })</script>`
    await visit((await withTag(LD)).replace('<body>', () => `<body>${own}`))
    await only()
    expect(await page.locator('own-greeting i').textContent()).toBe('Hello')
    expect(said.filter((message) => /multiple versions/i.test(message.text()))).toEqual([])
  })
})

describe('A strict policy', () => {
  const policy = (trustedTypes: string) =>
    [
      "default-src 'none'",
      "script-src 'nonce-R4nd0m' 'strict-dynamic'",
      "style-src 'none'",
      `connect-src ${shop.base}`,
      `img-src ${shop.base}`,
      "require-trusted-types-for 'script'",
      trustedTypes,
    ].join('; ')
  const watched = `<script nonce="R4nd0m">window.violations = []
    document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective + ' ' + event.sample))</script>`
  const under = async (trustedTypes: string, more = '') => {
    const html = (await withTag(LD, `nonce="R4nd0m" ${more}`)).replace('<head>', `<head>${watched}`)
    await visit(html, { 'content-security-policy': policy(trustedTypes) })
    await button().first().waitFor()
  }
  const violations = () => page.evaluate(() => (window as unknown as { violations: string[] }).violations)

  it('is not violated once, with our Trusted Types policy allowed', async () => {
    await under('trusted-types shopbell', 'data-launcher="floating"')
    await page.locator('shopbell-start-chat[variant] button').waitFor()
    expect(await violations()).toEqual([])
    expect(
      await button()
        .first()
        .evaluate((element) => getComputedStyle(element).display),
    ).toBe('flex')
    expect([...thrown, ...ours()]).toEqual([])
  })

  /** Lit, which asks for the policy, comes with the panel when somebody nears the button. */
  const near = async () => {
    await button().hover()
    await expect.poll(() => shop.asked.some((path) => path.startsWith('/w/base'))).toBe(true)
    await page.waitForTimeout(500)
  }

  it('that leaves our name out costs nothing until the panel is wanted, and then one report', async () => {
    await under('trusted-types other')
    expect(await button().textContent()).toContain('Ask about this product')
    expect(await violations()).toEqual([])
    await near()
    expect(await violations()).toEqual(['trusted-types shopbell'])
    expect(thrown).toEqual([])
  })

  it('that leaves our name out tells an older browser’s developer what to add, and throws nothing', async () => {
    await page.addInitScript(() => Reflect.deleteProperty(Element.prototype, 'setHTML'))
    await page.addInitScript(() => Reflect.deleteProperty(ShadowRoot.prototype, 'setHTML'))
    const html = (await withTag(LD, 'nonce="R4nd0m"')).replace('<head>', `<head>${watched}`)
    await visit(html, { 'content-security-policy': policy('trusted-types other') })
    await button().click()
    await expect.poll(ours).toContainEqual(expect.stringContaining('add "trusted-types shopbell"'))
    expect(thrown).toEqual([])
  })

  it('is met by two copies of ours', async () => {
    await under('trusted-types shopbell')
    await near()
    const second = shop.asked.find((path) => path.startsWith('/w/base'))
    await page.evaluate(`import('${shop.base}${second}?again')`)
    expect(await violations()).toEqual([])
    expect(thrown).toEqual([])
  })
})

describe('The shop’s own script', () => {
  it('may call before we are there, in any order, and after', async () => {
    const early = `<script>window.shopbell = window.shopbell || function () { (shopbell.q = shopbell.q || []).push(arguments) }
      window.heard = []
      shopbell('on', 'hello', function (event) { heard.push(event.detail) })
      shopbell('on', 'hello', function () { throw new Error('the shop’s own') })
      shopbell('ready', function () { heard.push('ready') })</script>`
    await visit((await withTag(LD)).replace('<head>', `<head>${early}`))
    await button().waitFor()
    await page.evaluate(() => {
      const late = (event: Event) =>
        (window as never as { heard: unknown[] }).heard.push(['late', (event as CustomEvent).detail])
      const shopbell = window.shopbell as never as Record<string, (...values: unknown[]) => void>
      shopbell.on?.('hello', late)
      window.shopbell?.host?.emit('hello', 1)
      shopbell.off?.('hello', late)
      window.shopbell?.host?.emit('hello', 2)
    })
    expect(await page.evaluate(() => (window as never as { heard: unknown[] }).heard)).toEqual([
      'ready',
      1,
      ['late', 1],
      2,
    ])
    expect(thrown.map(({ message }) => message)).toEqual(['the shop’s own', 'the shop’s own'])
  })

  it('identifies its visitor by an address, a token or a function, and only when it is asked', async () => {
    const who = () => page.evaluate(() => window.shopbell?.host?.identity())
    await visit(await withTag(LD, 'data-identity="/whoami"'))
    await button().waitFor()
    expect(shop.asked.filter((path) => path.startsWith('shop'))).toEqual([])
    expect(await who()).toBe('an.assertion.here')
    await page.evaluate(() => window.shopbell?.('identify', () => Promise.resolve('by.a.function')))
    expect(await who()).toBe('by.a.function')
    await page.evaluate(() => window.shopbell?.('identify', 'by.a.token'))
    expect(await who()).toBe('by.a.token')
    await visit(await withTag(LD, 'data-assertion="from.the.tag"'))
    expect(await who()).toBe('from.the.tag')
    await visit(await withTag(LD))
    expect(await who()).toBeNull()
  })

  it('is told what it calls in vain', async () => {
    await visit(await withTag(LD))
    await button().waitFor()
    await page.evaluate(() => window.shopbell?.('dance'))
    await expect.poll(ours).toEqual([expect.stringContaining('there is no “dance”')])
    expect(thrown).toEqual([])
  })

  it('takes us out again', async () => {
    await visit(await withTag(LD, 'data-launcher="floating"'))
    await expect.poll(() => page.locator('shopbell-start-chat').count()).toBe(2)
    await page.evaluate(() => window.shopbell?.('destroy'))
    await expect.poll(() => page.locator('shopbell-start-chat').count()).toBe(0)
    expect(await page.evaluate(() => 'shopbell' in window)).toBe(false)
  })
})

describe('A press', () => {
  it('that cannot be served says so, and the next one tries again', async () => {
    await page.route('**/w/open-panel.*', (route) => route.abort())
    await visit(await withTag(LD))
    await button().click()
    await page.getByRole('alert').getByText('The chat did not open. Nothing is lost.').waitFor()
    expect(await button().textContent()).toContain('Try again')
    await page.unroute('**/w/open-panel.*')
    await button().click()
    await page.getByRole('dialog').waitFor()
    expect(thrown).toEqual([])
  })

  it('opens the panel and gives the focus back when it closes', async () => {
    await visit(await withTag(LD))
    await button().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await expect.poll(() => button().getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('Escape')
    await expect.poll(() => button().getAttribute('aria-expanded')).toBe('false')
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('shopbell-start-chat')
  })
})

describe('A chat that exists', () => {
  const chat = (id: string, unread: number) => ({
    thing: { type: 'product', id },
    seller: { id: 'northfold' },
    side: 'customer',
    unread,
  })

  it('is gone on with, and its unread messages are counted', async () => {
    await visit(await withTag(LD, 'data-launcher="floating"'))
    await page.locator('shopbell-start-chat[variant] button').waitFor()
    await page.evaluate((detail) => window.shopbell?.host?.emit('chats', detail), {
      chats: [chat('another', 1), chat('MUG-350-SAGE', 3)],
      unread: 2,
    })
    await expect.poll(() => button().first().textContent()).toMatch(/Continue your chat\s*3/)
    await expect.poll(() => button().last().textContent()).toMatch(/Messages\s*2/)
  })

  it('of somebody who was here before is looked for once the page is quiet', async () => {
    const address = shop.put('/page', await withTag(LD))
    await page.goto(address)
    await page.evaluate((site) => localStorage.setItem(`shopbell:${site}`, '{}'), PUBLIC_SITE.site)
    await page.goto(address)
    await expect.poll(() => shop.asked.some((path) => path.startsWith('/w/client.')), { timeout: 5000 }).toBe(true)
  })
})
