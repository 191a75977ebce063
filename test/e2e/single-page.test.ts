import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openShop, PUBLIC_SITE, sample, tagFor } from '../support/shop-pages.ts'

let browser: Browser
let page: Page
let shop: Awaited<ReturnType<typeof openShop>>
let thrown: Error[]
let ours: string[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  shop = await openShop()
  page = await browser.newPage()
  thrown = []
  ours = []
  page.on('pageerror', (error) => thrown.push(error))
  page.on('console', (message) => message.text().includes('Shopbell') && ours.push(message.text()))
})
afterEach(async () => {
  await page.close()
  await shop.close()
  expect(thrown).toEqual([])
  expect(ours).toEqual([])
})

const LD = 'json-ld-product.constructed.html'
const WOO = 'woocommerce-storefront-product.constructed.html'
const withTag = (html: string) => html.replace('</body>', `${tagFor(shop.base)}</body>`)
const visit = async (name: string) => page.goto(shop.put('/page', withTag(await sample(name))))
const ids = () =>
  page.locator('shopbell-start-chat').evaluateAll((all) => all.map((one) => one.getAttribute('context-id')))

/** A shop that draws its pages in the browser: one product, another, and a page about nothing. */
const APP = `<!doctype html><html lang="en"><head><title>App</title></head><body><main id="app"></main><script>
  const draw = (path) => {
    document.title = path
    const id = path.split('/')[2]
    document.querySelector('script[type="application/ld+json"]')?.remove()
    app.innerHTML = id ? '<h1>Mug ' + id + '</h1><p class="price">£' + id + '</p><form action="/cart"><button>Buy</button></form>' : '<h1>About us</h1>'
    if (!id) return
    const data = document.createElement('script')
    data.type = 'application/ld+json'
    data.textContent = JSON.stringify({ '@type': 'Product', sku: 'mug-' + id, name: 'Mug ' + id })
    document.head.append(data)
  }
  window.go = (path) => { history.pushState(null, '', path); draw(path) }
  addEventListener('popstate', () => draw(location.pathname))
  draw('/products/1')
</script></body></html>`

describe('A page that changes without loading', () => {
  it.each([true, false])('moves the button along, forth and back (address told: %s)', async (told) => {
    if (!told) await page.addInitScript(() => Reflect.deleteProperty(window, 'navigation'))
    await page.goto(shop.put('/products/1', withTag(APP)))
    await expect.poll(ids).toEqual(['mug-1'])
    await page.evaluate("go('/products/2')")
    await expect.poll(ids).toEqual(['mug-2'])
    await page.evaluate("go('/about')")
    await expect.poll(ids).toEqual([])
    await page.goBack()
    await expect.poll(ids).toEqual(['mug-2'])
    await page.evaluate("history.replaceState(null, '', '/products/3'); draw('/products/3')")
    await expect.poll(ids).toEqual(['mug-3'])
    await page.locator('shopbell-start-chat button').click()
    await page.locator('shopbell-panel').getByText('Mug 3').first().waitFor()
  })

  it('keeps the open panel and its chat while the shopper goes on', async () => {
    await page.goto(shop.put('/products/1', withTag(APP)))
    await page.locator('shopbell-start-chat button').click()
    await page.locator('shopbell-panel').getByText('Mug 1').first().waitFor()
    await page.evaluate("go('/products/2')")
    await expect.poll(ids).toEqual(['mug-2'])
    expect(await page.locator('shopbell-panel[open]').getByText('Mug 1').first().isVisible()).toBe(true)
  })

  it('is followed as Turbo changes it: a new body, with the tag in it again', async () => {
    await visit(LD)
    await expect.poll(ids).toEqual(['MUG-350-SAGE'])
    await page.locator('shopbell-start-chat button').click()
    await page.locator('shopbell-panel[open]').waitFor()
    const next = withTag(await sample(WOO))
    await page.evaluate((html) => {
      const fresh = new DOMParser().parseFromString(html, 'text/html')
      history.pushState({ turbo: {} }, '', '/product/walnut-bowl/')
      document.head.replaceWith(document.adoptNode(fresh.head))
      document.body.replaceWith(document.adoptNode(fresh.body))
      for (const old of document.body.querySelectorAll('script[src]')) {
        const script = document.createElement('script')
        for (const { name, value } of old.attributes) script.setAttribute(name, value)
        old.replaceWith(script)
      }
    }, next)
    await expect.poll(ids).toEqual(['310'])
    await page.waitForTimeout(500)
    expect(await ids()).toEqual(['310'])
    expect(await page.locator('shopbell-panel[open]').count()).toBe(1)
    await page.locator('shopbell-start-chat button').waitFor()
  })

  it('does not show twice what comes back with a page that was kept', async () => {
    await visit(LD)
    await expect.poll(ids).toEqual(['MUG-350-SAGE'])
    await page.evaluate(() => {
      const kept = document.body.cloneNode(true)
      document.body.replaceWith(document.createElement('body'))
      return new Promise<void>((done) => setTimeout(() => done(document.body.replaceWith(kept)), 400))
    })
    await expect.poll(ids).toEqual(['MUG-350-SAGE'])
    await page.waitForTimeout(500)
    expect(await page.locator('shopbell-start-chat').count()).toBe(1)
  })

  it('is followed through a view transition', async () => {
    await visit(LD)
    await expect.poll(ids).toEqual(['MUG-350-SAGE'])
    await page.evaluate(
      async (html) => {
        const swap = () => {
          const fresh = new DOMParser().parseFromString(html, 'text/html')
          history.pushState(null, '', '/product/walnut-bowl/')
          document.head.replaceChildren(...fresh.head.childNodes)
          document.body.replaceWith(fresh.body)
        }
        await (
          document as never as { startViewTransition(swap: () => void): { finished: Promise<void> } }
        ).startViewTransition(swap).finished
      },
      await sample(WOO),
    )
    await expect.poll(ids).toEqual(['310'])
  })

  it('keeps the launcher over a new body', async () => {
    await page.goto(shop.put('/page', `<h1>Shop</h1>${tagFor(shop.base, 'data-launcher="floating"')}`))
    const launcher = page.locator('shopbell-start-chat[variant=floating] button')
    await launcher.waitFor()
    await page.evaluate(() => document.body.replaceWith(document.createElement('body')))
    await launcher.waitFor()
  })

  it('is only touched when there is something to change', async () => {
    await visit(WOO)
    await expect.poll(ids).toEqual(['310'])
    await page.waitForTimeout(500)
    const mutations = await page.evaluate(async () => {
      let ours = 0
      let theirs = 0
      new MutationObserver((records) => {
        for (const { target } of records)
          if (target === document.querySelector('.sku')) theirs++
          else ours++
      }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true })
      for (let i = 0; i < 30; i++) {
        document.querySelector('.sku')?.replaceChildren(`BOWL-${i}`)
        await new Promise((later) => setTimeout(later, 100))
      }
      return { ours, theirs }
    })
    expect(mutations).toEqual({ ours: 0, theirs: 30 })
  })

  it('may be drawn anew as often as a long visit needs', async () => {
    await page.goto(shop.put('/products/1', withTag(APP)))
    await expect.poll(ids).toEqual(['mug-1'])
    for (let id = 2; id < 60; id++) {
      await page.evaluate((path) => (window as never as { go(path: string): void }).go(path), `/products/${id}`)
      if (id % 4 === 0) await page.waitForTimeout(260)
    }
    await expect.poll(ids).toEqual(['mug-59'])
  })

  it('gets the button of an order when it comes to one', async () => {
    shop.settle({
      contexts: { ...PUBLIC_SITE.contexts, order: { ...PUBLIC_SITE.contexts.order, position: 'after_order_table' } },
    })
    await visit(WOO)
    await expect.poll(ids).toEqual(['310'])
    await page.evaluate(
      (html) => {
        history.pushState(null, '', '/my-account/view-order/1482/')
        document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body)
      },
      await sample('woocommerce-my-account-view-order.constructed.html'),
    )
    await expect.poll(ids).toEqual(['1482'])
    await page.goBack()
    await page.evaluate(() => document.body.replaceWith(document.createElement('body')))
    await expect.poll(ids).toEqual([])
  })
})
