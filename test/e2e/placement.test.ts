import type { Browser, ConsoleMessage, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { openShop, PUBLIC_SITE, sample, tagFor } from '../support/shop-pages.ts'

let browser: Browser
let page: Page
let shop: Awaited<ReturnType<typeof openShop>>
let said: ConsoleMessage[]
let thrown: Error[]

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  shop = await openShop()
  page = await browser.newPage()
  said = []
  thrown = []
  page.on('console', (message) => said.push(message))
  page.on('pageerror', (error) => thrown.push(error))
  await page.route('**', (route) => {
    const { origin } = new URL(route.request().url())
    return origin === shop.base || origin === shop.origin ? route.continue() : route.abort()
  })
})
afterEach(async () => {
  await page.close()
  await shop.close()
  expect(thrown).toEqual([])
})

type Change = { product?: object; order?: object; post?: object }
/** The site's settings with some of its contexts changed. */
function settle({ product, order, post }: Change) {
  const { contexts } = PUBLIC_SITE
  shop.settle({
    contexts: {
      product: { ...contexts.product, ...product },
      order: { ...contexts.order, ...order },
      post: { ...contexts.post, ...post },
    },
  })
}

interface Visit {
  path?: string
  query?: string
  more?: string
  change?: (html: string) => string
}
async function visit(name: string, { path = '/page', query = '', more = '', change = (html) => html }: Visit = {}) {
  const html = change(await sample(name))
  const tag = tagFor(shop.base, more)
  const whole = html.includes('</body>') ? html.replace('</body>', `${tag}</body>`) : `${html}${tag}`
  await page.goto(shop.put(path, whole) + query)
}

const ours = () => said.map((message) => message.text()).filter((text) => text.includes('Shopbell'))
const buttons = () => page.locator('shopbell-start-chat')
const none = async () => {
  await page.waitForTimeout(700)
  expect(await buttons().count()).toBe(0)
}
/** Kind and id of the one button, and where it stands: its parent, the element before it and the one after it. */
async function placed() {
  await buttons().first().waitFor()
  await page.waitForTimeout(300)
  expect(await buttons().count()).toBe(1)
  return buttons().evaluate((element) => {
    const name = (other: Element | null) => (other ? `${other.localName}.${other.classList}`.replace(/\.$/, '') : '')
    return {
      type: element.getAttribute('context'),
      id: element.getAttribute('context-id'),
      in: name(element.parentElement),
      after: name(element.previousElementSibling),
      before: name(element.nextElementSibling),
    }
  })
}

const WOO = 'woocommerce-storefront-product.constructed.html'
const BLOCK = 'woocommerce-block-theme-product.constructed.html'
const VARIABLE = 'woocommerce-storefront-variable-product.constructed.html'
const DAWN = 'shopify-dawn-product.constructed.html'
const LD = 'json-ld-product.constructed.html'
const BY_HAND = 'data-attributes.constructed.html'
const ORDER = 'woocommerce-my-account-view-order.constructed.html'
const THANKS = 'woocommerce-order-received.constructed.html'
const BLOCK_THANKS = 'woocommerce-block-order-received.constructed.html'
const LEGACY = 'shopify-dawn-legacy-order.constructed.html'
const POST = 'wordpress-post.constructed.html'
const ARTICLE = 'shopify-dawn-article.constructed.html'

describe('The button of a product', () => {
  it.each([
    [WOO, 'before_summary', '310', { before: 'span.onsale' }],
    [WOO, 'summary', '310', { after: 'form.cart', in: expect.stringContaining('div.summary') }],
    [WOO, 'after_summary', '310', { after: expect.stringContaining('woocommerce-tabs') }],
    [BLOCK, 'before_summary', '310', { after: '', in: expect.stringContaining('woocommerce product') }],
    [BLOCK, 'summary', '310', { after: 'form.cart', in: expect.stringContaining('wc-block-add-to-cart-form') }],
    [BLOCK, 'after_summary', '310', { after: expect.stringContaining('wp-block-woocommerce-product-details') }],
    [VARIABLE, 'before_summary', '420', { before: expect.stringContaining('woocommerce-product-gallery') }],
    [VARIABLE, 'summary', '420', { after: 'form.variations_form cart' }],
    [VARIABLE, 'after_summary', '420', { after: 'div.summary entry-summary' }],
    [DAWN, 'before_summary', '7999306039433', { after: '', in: expect.stringContaining('product__info-container') }],
    [DAWN, 'summary', '7999306039433', { after: 'div.product-form__buttons' }],
    [DAWN, 'after_summary', '7999306039433', { before: '', in: expect.stringContaining('product__info-container') }],
    [LD, 'before_summary', 'MUG-350-SAGE', { before: 'h1' }],
    [LD, 'summary', 'MUG-350-SAGE', { after: 'form' }],
  ])('on %s at %s', async (name, position, id, where) => {
    settle({ product: { position } })
    await visit(name)
    expect(await placed()).toMatchObject({ type: 'product', id, ...where })
    expect(ours()).toEqual([])
  })

  it('goes where the merchant’s own selector says', async () => {
    settle({ product: { selector: '.product_meta' } })
    await visit(WOO)
    expect(await placed()).toMatchObject({ id: '310', after: 'div.product_meta' })
  })

  it('stays away where that selector finds nothing, and comes with what it finds', async () => {
    settle({ product: { selector: '#later' } })
    await visit(WOO)
    await none()
    await page.evaluate(() => document.querySelector('h1')?.insertAdjacentHTML('afterend', '<p id="later">Here</p>'))
    expect(await placed()).toMatchObject({ after: 'p' })
  })

  it('stands at its position where that selector is none, and the developer is told', async () => {
    settle({ product: { selector: 'p >> 3' } })
    await visit(WOO)
    expect(await placed()).toMatchObject({ after: 'form.cart' })
    expect(ours()).toEqual([expect.stringContaining('p >> 3')])
  })

  it.each([
    [WOO, 'h1'],
    [BLOCK, 'add-to-cart-form'],
  ])('is never a related product’s on %s, even where its own cannot be bought', async (name, neighbour) => {
    const change = (html: string) =>
      html
        .replace(/<form class="cart"[\s\S]*?<\/form>/, '')
        .replace(/<p class="price">.*<\/p>/, '')
        .replace(/<div class="wp-block-woocommerce-product-price">.*?<\/div><\/div>/, '')
        .replace(' woocommerce-product-gallery--with-images', '')
    await visit(name, { change })
    expect(await placed()).toMatchObject({ id: '310', after: expect.stringContaining(neighbour) })
  })

  it.each([{ enabled: false }, { position: 'manual' }])('is not there with %o', async (product) => {
    settle({ product })
    await visit(WOO)
    await none()
  })

  it('is not placed beside one by hand; one of another kind does not count', async () => {
    await visit(BY_HAND)
    await page.waitForTimeout(600)
    expect(await buttons().count()).toBe(1)
    expect(await page.locator('shopbell-start-chat[placed]').count()).toBe(0)
    const change = (html: string) =>
      html.replace('</h1>', '</h1><shopbell-start-chat context="post" context-id="1"></shopbell-start-chat>')
    await visit(WOO, { change })
    await expect.poll(() => page.locator('shopbell-start-chat[placed]').getAttribute('context')).toBe('product')
  })

  it('goes when one by hand comes late', async () => {
    await visit(WOO)
    await placed()
    await page.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<shopbell-start-chat></shopbell-start-chat>'),
    )
    await expect.poll(() => page.locator('shopbell-start-chat[placed]').count()).toBe(0)
  })
})

describe('The button of an order', () => {
  const TABLE = expect.stringContaining('table.woocommerce-table')
  it.each([
    [ORDER, '/my-account/view-order/1482/', '', '1482'],
    [ORDER, '/2026/mon-compte/voir-commande/1482/', '', '1482'],
    [ORDER, '/my-account/', '?page_id=10&view-order=1482', '1482'],
    [THANKS, '/checkout/order-received/1500/', '?key=wc_order_secret', '1500'],
    [THANKS, '/', '?page_id=9&order-received=1500&key=wc_order_secret', '1500'],
  ])('on %s at %s%s has the id of the address, after the table', async (name, path, query, id) => {
    settle({ order: { position: 'after_order_table' } })
    await visit(name, { path, query })
    expect(await placed()).toMatchObject({ type: 'order', id, after: TABLE })
    await page.getByRole('button', { name: 'Ask about this order' }).waitFor()
    expect(ours()).toEqual([])
  })

  it('stands in a block theme after the totals', async () => {
    settle({ order: { position: 'after_order_table' } })
    await visit(BLOCK_THANKS, { path: '/checkout/order-received/1500/' })
    expect(await placed()).toMatchObject({ id: '1500', after: 'table.wc-block-order-confirmation-totals__table' })
  })

  it('stands last in the order’s view with “In the order view”, and not on other pages', async () => {
    await visit(ORDER, { path: '/my-account/view-order/1482/' })
    expect(await placed()).toMatchObject({
      type: 'order',
      id: '1482',
      in: 'div.woocommerce-MyAccount-content',
      after: 'section.woocommerce-customer-details',
      before: '',
    })
    await visit(THANKS, { path: '/checkout/order-received/1500/' })
    await none()
  })

  it.each([
    ['where the order has no id in its address', LEGACY, '/account/orders/0f3a1c2b4d5e6f708192a3b4c5d6e7f8', {}],
    ['on the list of orders', ORDER, '/my-account/orders/', {}],
    ['with the context off', ORDER, '/my-account/view-order/1482/', { enabled: false }],
    ['with the button off', ORDER, '/my-account/view-order/1482/', { button: false }],
  ])('is not there %s', async (_, name, path, order) => {
    settle({ order })
    await visit(name, {
      path,
      change: (html) =>
        path.includes('view-order') ? html : html.replace('woocommerce-view-order', 'woocommerce-orders'),
    })
    await none()
  })

  it('is not placed beside one by hand', async () => {
    const change = (html: string) =>
      html.replace(
        '</table>',
        '</table><shopbell-start-chat data-context="order" data-context-id="1482"></shopbell-start-chat>',
      )
    await visit(ORDER, { path: '/my-account/view-order/1482/', change })
    await page.waitForTimeout(700)
    expect(await page.locator('shopbell-start-chat[placed]').count()).toBe(0)
    await page.getByRole('button', { name: 'Ask about this order' }).waitFor()
  })
})

describe('The button of an article', () => {
  it.each([
    [POST, '.entry-content', '77', 'div.entry-content'],
    [ARTICLE, '.article-template__content', '560123456789', expect.stringContaining('article-template__content')],
  ])('on %s stands after what the tag’s selector finds', async (name, selector, id, after) => {
    settle({ post: { enabled: true } })
    await visit(name, { more: `data-post-selector="${selector}"` })
    expect(await placed()).toMatchObject({ type: 'post', id, after })
    await page.getByRole('button', { name: 'Ask about this article' }).waitFor()
  })

  it('is not there while the context is off, nor without a selector', async () => {
    await visit(POST, { more: 'data-post-selector=".entry-content"' })
    await none()
    settle({ post: { enabled: true } })
    await visit(POST)
    await none()
  })

  it('by hand knows the article, and hides while the context is off', async () => {
    const change = (html: string) =>
      html.replace('</article>', '<shopbell-start-chat context="post"></shopbell-start-chat></article>')
    settle({ post: { enabled: true } })
    await visit(POST, { change })
    await page.getByRole('button', { name: 'Ask about this article' }).waitFor()
    settle({ post: { enabled: false } })
    await visit(POST, { change })
    await expect.poll(() => buttons().isHidden()).toBe(true)
  })
})

describe('What the panel is told', () => {
  /** The thing that the panel shows. */
  const about = () =>
    page.evaluate(() => (document.querySelector('shopbell-panel') as unknown as { about: object } | null)?.about)
  const press = async () => {
    await buttons().locator('button').click()
    await page.locator('shopbell-panel[open]').waitFor()
  }

  it('of an order is its own heading where number and id differ, its total, and never its key', async () => {
    settle({ order: { position: 'after_order_table' } })
    await visit(ORDER, { path: '/my-account/view-order/1482/' })
    await press()
    const url = `${shop.origin}/my-account/view-order/1482/`
    expect(await about()).toEqual({ type: 'order', id: '1482', title: 'Order #1500', url, price: '$50.00' })
    await visit(THANKS, { path: '/checkout/order-received/1500/', query: '?key=wc_order_secret' })
    await press()
    expect(await about()).toEqual({ type: 'order', id: '1500', title: '#NF-2026-1500', price: '$55.00' })
  })

  it('of an article is its heading', async () => {
    settle({ post: { enabled: true } })
    await visit(POST, { more: 'data-post-selector=".entry-content"' })
    await press()
    expect(await about()).toMatchObject({
      type: 'post',
      id: '77',
      title: 'How we turn a bowl',
      picture: expect.stringContaining('lathe'),
    })
  })

  it('follows the variation that is chosen in WooCommerce', async () => {
    await visit(VARIABLE)
    await press()
    expect(await about()).toMatchObject({ price: '$30.00 – $45.00', title: 'Linen Apron' })
    // What WooCommerce's add-to-cart-variation.js does, without events that a listener could hear.
    const choose = (id: string, price: string, picture: string) =>
      page.evaluate(
        ([id = '', price = '', picture = '']) => {
          const box = document.querySelector('.single_variation') as HTMLElement
          box.innerHTML = `<div class="woocommerce-variation-price"><span class="price"><span class="amount">${price}</span></span></div>`
          box.style.display = 'block'
          ;(document.querySelector('input.variation_id') as HTMLInputElement).value = id
          document.querySelector('.wp-post-image')?.setAttribute('data-large_image', picture)
        },
        [id, price, picture],
      )
    await choose('421', '$45.00', 'https://shop.example/long.jpg')
    await expect.poll(about).toMatchObject({ price: '$45.00', picture: 'https://shop.example/long.jpg' })
    await page.locator('shopbell-panel').getByText('$45.00').waitFor()
    await page.evaluate(() => {
      ;(document.querySelector('input.variation_id') as HTMLInputElement).value = ''
    })
    await expect.poll(about).toMatchObject({ price: '$30.00 – $45.00' })
  })

  it('follows the variant that Dawn renders, whose button comes back', async () => {
    const change = (html: string) =>
      html.replace(
        '"sku":"BOWL-S"}],"name"',
        '"sku":"BOWL-S"},{"@id":"/products/walnut-bowl?variant=43374420033674#variant","@type":"Product","name":"Walnut Bowl - Large","offers":{"@id":"/products/walnut-bowl?variant=43374420033674#offer","price":"80.00","priceCurrency":"USD"},"sku":"BOWL-L"}],"name"',
      )
    await visit(DAWN, { change })
    await press()
    expect(await about()).toMatchObject({ price: '$50.00' })
    await page.evaluate(() => {
      const part = document.querySelector('product-info') as HTMLElement
      const fresh = part.cloneNode(true) as HTMLElement
      fresh.querySelector('[name=id]')?.setAttribute('value', '43374420033674')
      part.replaceChildren(...fresh.childNodes)
      history.replaceState(null, '', '?variant=43374420033674')
    })
    await expect.poll(about).toMatchObject({ price: '$80.00', id: '7999306039433' })
    expect(await placed()).toMatchObject({ after: 'div.product-form__buttons' })
  })

  it('by a script is bounded like what a page says', async () => {
    await visit(LD)
    await page.evaluate(() => {
      const call = (window as never as { shopbell(...values: unknown[]): void }).shopbell
      call('startChat', { type: 'product', id: 7, title: 'A\u202e lamp', picture: 'javascript:alert(1)', url: '/lamp' })
    })
    await page.locator('shopbell-panel[open]').waitFor()
    expect(await about()).toEqual({ type: 'product', id: '7', title: 'A lamp', url: `${shop.origin}/lamp` })
    await page.evaluate(() =>
      (window as never as { shopbell(...values: unknown[]): void }).shopbell('startChat', { id: 1 }),
    )
    await expect.poll(ours).toEqual([expect.stringContaining('startChat needs')])
  })
})
