import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DemoContext } from '../env.ts'
import { findGood, type Good, pathOf, pictureOf, priceOf, THEMES } from '../goods.ts'
import { jsonLd, show } from '../page.ts'
import { deskName } from '../people.ts'
import { missingPage } from './missing.ts'

const SECTION = 'template--17918930845833__main'

/** A product page as Shopify's Dawn theme prints it. */
export function dawnPage(c: Context<DemoContext>) {
  const good = findGood('dawn', c.req.param('slug') ?? '')
  if (!good) return missingPage(c)
  const { origin } = new URL(c.req.url)
  return show(c, {
    title: good.title,
    kind: THEMES.dawn,
    style: 'dawn',
    lang: 'en',
    htmlClass: 'js',
    bodyClass: 'gradient',
    head: openGraph(good, origin),
    body: html`<a class="skip-to-content-link button visually-hidden" href="#MainContent">Skip to content</a>
${header}
<main id="MainContent" class="content-for-layout focus-none" role="main" tabindex="-1">
<section id="shopify-section-${SECTION}" class="shopify-section section">
<product-info id="MainProduct-${SECTION}" class="section-${SECTION}-padding gradient color-scheme-1" data-section="${SECTION}" data-product-id="${good.id}" data-update-url="true" data-url="${pathOf(good)}">
<div class="page-width">
${product(good, c.req.query('added') !== undefined)}
${jsonLd(describe(good, origin))}
</div>
</product-info>
</section>
</main>
<footer class="footer color-scheme-1"><div class="page-width"><small>© Northfold, Powered by Shopify’s Dawn</small></div></footer>`,
  })
}

const header = html`<div class="announcement-bar color-scheme-4"><p class="announcement-bar__message h5">Free delivery over £75</p></div>
<div class="header-wrapper color-scheme-1"><header class="header header--middle-left page-width">
<h2 class="header__heading"><a href="/demo/" class="header__heading-link link">Northfold</a></h2>
<nav class="header__inline-menu"><ul class="list-menu list-menu--inline"><li><a href="/demo/" class="header__menu-item link">Catalog</a></li><li><a href="/demo/chats" class="header__menu-item link">My chats</a></li><li><a href="/demo/inbox" class="header__menu-item link">Inbox</a></li></ul></nav>
</header></div>`

const product = (
  good: Good,
  added: boolean,
) => html`<div class="product product--large product--left product--stacked product--mobile-hide grid grid--1-col grid--2-col-tablet">
<div class="grid__item product__media-wrapper"><media-gallery id="MediaGallery-${SECTION}" role="region" class="product__column-sticky" aria-label="Gallery Viewer"><div class="product__media media"><img src="${pictureOf(good)}" alt="${good.title}" width="440" height="440"></div></media-gallery></div>
<div class="product__info-wrapper grid__item">
<section id="ProductInfo-${SECTION}" class="product__info-container product__column-sticky">
<p class="product__text inline-richtext caption-with-letter-spacing">${deskName(good.seller)}</p>
<div class="product__title"><h1>${good.title}</h1><a href="${pathOf(good)}" class="product__title"><h2 class="h1">${good.title}</h2></a></div>
<div id="price-${SECTION}" role="status"><div class="price price--large price--show-badge"><div class="price__regular"><span class="price-item price-item--regular">${priceOf(good)} GBP</span></div></div></div>
<div class="product__tax caption rte">Taxes included. Delivery calculated at checkout.</div>
<div>
<product-form class="product-form" data-hide-errors="false" data-section-id="${SECTION}">
<form method="post" action="/demo/cart/add" id="product-form-${SECTION}" accept-charset="UTF-8" class="form" enctype="multipart/form-data" novalidate="novalidate" data-type="add-to-cart-form">
<input type="hidden" name="form_type" value="product"><input type="hidden" name="utf8" value="✓"><input type="hidden" name="back" value="${pathOf(good)}">
<input type="hidden" name="id" value="${variantOf(good)}" class="product-variant-id">
<div class="product-form__buttons"><button id="ProductSubmitButton-${SECTION}" type="submit" name="add" class="product-form__submit button button--full-width button--secondary"><span>${added ? 'Added to basket' : 'Add to basket'}</span></button></div>
<input type="hidden" name="product-id" value="${good.id}"><input type="hidden" name="section-id" value="${SECTION}">
</form>
</product-form>
</div>
<div class="product__description rte"><p>${good.summary}</p><p>${good.story}</p><ul>${good.facts.map(([label, text]) => html`<li>${label}: ${text}</li>`)}</ul></div>
</section>
</div>
</div>`

function openGraph(good: Good, origin: string) {
  const property = (name: string, content: string) => html`<meta property="og:${name}" content="${content}">`
  return html`<link rel="canonical" href="${origin}${pathOf(good)}">
${property('site_name', 'Northfold')}${property('url', origin + pathOf(good))}${property('title', good.title)}${property('type', 'product')}
${property('image', origin + pictureOf(good))}${property('price:amount', good.price)}${property('price:currency', 'GBP')}`
}

function describe(good: Good, origin: string) {
  const path = pathOf(good)
  const variant = `${path}?variant=${variantOf(good)}`
  return {
    '@context': 'http://schema.org/',
    '@id': `${path}#product`,
    '@type': 'ProductGroup',
    brand: { '@type': 'Brand', name: deskName(good.seller) },
    category: good.kind,
    description: good.summary,
    hasVariant: [
      {
        '@id': `${variant}#variant`,
        '@type': 'Product',
        image: origin + pictureOf(good),
        name: good.title,
        offers: {
          '@id': `${variant}#offer`,
          '@type': 'Offer',
          availability: 'http://schema.org/InStock',
          price: good.price,
          priceCurrency: 'GBP',
          url: origin + variant,
        },
        sku: good.slug,
      },
    ],
    name: good.title,
    productGroupID: good.id,
    url: origin + path,
  }
}

const variantOf = (good: Good) => `4337442003${good.id.slice(-4)}`
