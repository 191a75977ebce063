import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../../test/support/browser.ts'
import { asScript } from '../../test/support/in-page.ts'
import { sample } from '../../test/support/shop-pages.ts'

declare const reader: typeof import('./read-claim.ts')

let browser: Browser
let page: Page
let script: string

beforeAll(async () => {
  script = await asScript('widgets/loader/read-claim.ts', 'reader')
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.route('**', (route) => route.fulfill({ body: '', contentType: 'text/html' }))
})
afterAll(() => browser.close())

/** Reads a page as if it stood at an address of the shop. */
async function read(html: string, address = 'https://shop.example/some/page') {
  await page.goto(address)
  await page.setContent(html)
  await page.addScriptTag({ content: script })
  return page.evaluate(() => {
    const element = document.querySelector('shopbell-start-chat')
    return (element ? reader.readElement(element) : reader.readPage(document)) ?? null
  })
}
const ld = (...blocks: unknown[]) =>
  blocks.map((block) => `<script type="application/ld+json">${JSON.stringify(block)}</script>`).join('')

describe('A WooCommerce page', () => {
  it('is about its own product, never a related one', async () => {
    expect(await read(await sample('woocommerce-storefront-product.constructed.html'))).toEqual({
      type: 'product',
      id: '310',
      title: 'Walnut Bowl',
      picture: 'https://shop.example/wp-content/uploads/bowl-1.jpg',
      url: 'https://shop.example/product/walnut-bowl/',
      price: '$50.00',
    })
  })

  it('shows the price of a sale and not the one crossed out', async () => {
    const html = (await sample('woocommerce-storefront-product.constructed.html')).replace(
      /<p class="price">.*<\/p>/,
      '<p class="price"><del>$60.00</del> <ins>$50.00</ins></p>',
    )
    expect(await read(html)).toMatchObject({ price: '$50.00' })
  })

  it('takes the id from its form where the theme leaves the body class out', async () => {
    const html = (await sample('woocommerce-storefront-product.constructed.html')).replace(' postid-310', '')
    expect(await read(html)).toMatchObject({ id: '310' })
  })
})

describe('A Shopify page', () => {
  it('is about the product and not its first variant', async () => {
    expect(await read(await sample('shopify-dawn-product.constructed.html'))).toEqual({
      type: 'product',
      id: '7999306039433',
      title: 'Walnut Bowl',
      picture: 'https://cool-store.example/cdn/shop/files/bowl.jpg?v=1&width=1920',
      url: 'https://cool-store.example/products/walnut-bowl',
      price: '$50.00',
    })
  })

  it('takes the id from the theme’s own data where the theme is not Dawn', async () => {
    const html = (await sample('shopify-dawn-product.constructed.html')).replaceAll('product-info', 'div')
    expect(await read(html)).toMatchObject({ id: '7999306039433' })
  })

  it('takes the id from Shopify’s own data where the theme says nothing', async () => {
    const meta = await sample('shopify-analytics-meta.json')
    const head = '<meta property="og:type" content="product"><meta property="og:title" content="Climatiseur">'
    const html = `<html><head>${head}<script>var meta = ${meta}</script></head><body><h1>Climatiseur</h1></body></html>`
    expect(await read(html)).toMatchObject({ type: 'product', id: '7157443919915' })
  })

  it('is about nothing where a home page only features a product', async () => {
    const html = (await sample('shopify-dawn-product.constructed.html'))
      .replace('content="product"', 'content="website"')
      .replace(/<script type="application\/ld[\s\S]*?<\/script>/, '')
    expect(await read(html)).toBeNull()
  })
})

describe('JSON-LD', () => {
  const product = { '@type': 'Product', name: 'Bowl' }

  it('is enough by itself', async () => {
    expect(await read(await sample('json-ld-product.constructed.html'))).toEqual({
      type: 'product',
      id: 'MUG-350-SAGE',
      title: 'Alder stoneware mug, 350 ml',
      picture: 'https://northfold.example/mug.svg',
      url: 'https://northfold.example/mugs/alder',
      price: '£24.00',
    })
  })

  it('is found in a graph', async () => {
    const graph = JSON.parse(await sample('woocommerce-jsonld-product-graph.constructed.json'))
    expect(await read(ld(graph))).toMatchObject({ id: 'BOWL-1', title: 'Walnut Bowl', price: '$50.00' })
  })

  it('may hold the id as a number', async () => {
    const block = JSON.parse(await sample('woocommerce-jsonld-sku-is-product-id.constructed.json'))
    expect(await read(ld(block))).toMatchObject({ id: '310', title: 'No SKU' })
  })

  it('gives the address’s path where it names no id', async () => {
    const block = JSON.parse(await sample('shopify-jsonld-product.json'))
    expect(await read(ld(block))).toMatchObject({ id: '/products/crocodile-tears', price: 'CA$56.00' })
  })

  it('prefers its id to its stock number', async () => {
    expect(await read(ld({ ...product, productID: 'p7', sku: 's7' }))).toMatchObject({ id: 'p7' })
    expect(await read(ld({ ...product, '@type': ['Thing', 'ProductGroup'], productGroupID: 'g7' }))).toMatchObject({
      id: 'g7',
    })
  })

  it('survives a block that is broken', async () => {
    const broken = '<script type="application/ld+json">{"@type": "Product", </script>'
    expect(await read(broken + ld(null, 'text', 7, { ...product, sku: 's' }))).toMatchObject({ id: 's' })
  })

  it('makes a list of products no product, unless one has the page’s address', async () => {
    const list = [
      { ...product, sku: 'a', url: '/a' },
      { ...product, sku: 'b', url: 'https://shop.example/some/page?ref=1' },
    ]
    expect(await read(ld(list))).toMatchObject({ id: 'b' })
    expect(await read(ld(list), 'https://shop.example/other')).toBeNull()
  })

  it('leaves out what could not be shown, and takes the next that can', async () => {
    const claim = await read(
      ld({ ...product, sku: 's', name: `x${'y'.repeat(300)}\n`, image: 'javascript:alert(1)', url: 'ftp://a/b' }),
    )
    const url = 'https://shop.example/some/page'
    expect(claim).toEqual({ type: 'product', id: 's', title: `x${'y'.repeat(199)}`, url })
  })
})

describe('An element placed by hand', () => {
  it('says what it is about', async () => {
    expect(await read(await sample('data-attributes.constructed.html'))).toEqual({
      type: 'product',
      id: 'mug-350',
      title: 'Alder stoneware mug, 350 ml',
      picture: 'https://shop.example/mug.svg',
      url: 'https://shop.example/mugs/alder',
      price: '£24.00',
    })
  })

  it('wins over the page, which fills what it leaves out', async () => {
    const page = await sample('json-ld-product.constructed.html')
    const own = '<shopbell-start-chat title="My words"></shopbell-start-chat>'
    expect(await read(page.replace('</h1>', `</h1>${own}`))).toMatchObject({
      id: 'MUG-350-SAGE',
      title: 'My words',
      price: '£24.00',
    })
    const other = '<shopbell-start-chat context="order" context-id="1001"></shopbell-start-chat>'
    expect(await read(page.replace('</h1>', `</h1>${other}`))).toEqual({ type: 'order', id: '1001' })
  })

  it('is about nothing on a page about nothing', async () => {
    expect(await read('<shopbell-start-chat></shopbell-start-chat>')).toBeNull()
  })
})
