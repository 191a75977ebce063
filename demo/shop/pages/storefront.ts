import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DemoContext } from '../env.ts'
import { findGood, GOODS, type Good, pathOf, pictureOf, THEMES } from '../goods.ts'
import { jsonLd, show } from '../page.ts'
import { deskName } from '../people.ts'
import { missingPage } from './missing.ts'

/** A product page as WooCommerce with its Storefront theme prints it. */
export function storefrontPage(c: Context<DemoContext>) {
  const good = findGood('storefront', c.req.param('slug') ?? '')
  if (!good) return missingPage(c)
  const { origin } = new URL(c.req.url)
  return show(c, {
    title: good.title,
    kind: THEMES.storefront,
    style: 'storefront',
    lang: 'en-GB',
    bodyClass: `product-template-default single single-product postid-${good.id} wp-embed-responsive theme-storefront woocommerce woocommerce-page woocommerce-no-js storefront-align-wide right-sidebar woocommerce-active`,
    head: html`<link rel="canonical" href="${origin}${pathOf(good)}"><link rel="shortlink" href="${origin}/?p=${good.id}"><meta name="generator" content="WooCommerce 10.9.1">`,
    body: html`<div id="page" class="hfeed site">
${masthead}
<div id="content" class="site-content" tabindex="-1"><div class="col-full">
<div class="storefront-breadcrumb"><nav class="woocommerce-breadcrumb" aria-label="breadcrumbs"><a href="/demo/">Home</a> / ${good.kind} / ${good.title}</nav></div>
<div id="primary" class="content-area"><main id="main" class="site-main" role="main">
<div class="woocommerce-notices-wrapper">${c.req.query('added') ? html`<div class="woocommerce-message" role="alert">“${good.title}” has been added to your basket.</div>` : ''}</div>
${product(good)}
</main></div>
</div></div>
<footer id="colophon" class="site-footer" role="contentinfo"><div class="col-full"><div class="site-info">© Northfold, built with Storefront &amp; WooCommerce</div></div></footer>
</div>
${jsonLd(describe(good, origin))}`,
  })
}

const masthead = html`<header id="masthead" class="site-header" role="banner"><div class="col-full">
<div class="site-branding"><div class="beta site-title"><a href="/demo/" rel="home">Northfold</a></div><p class="site-description">Made slowly</p></div>
<nav id="site-navigation" class="main-navigation" aria-label="Primary Navigation"><ul class="menu"><li><a href="/demo/">Shop</a></li><li><a href="/demo/chats">My chats</a></li><li><a href="/demo/inbox">Inbox</a></li></ul></nav>
</div></header>`

const product = (
  good: Good,
) => html`<div id="product-${good.id}" class="product type-product post-${good.id} status-publish first instock has-post-thumbnail taxable shipping-taxable purchasable product-type-simple">
<div class="woocommerce-product-gallery woocommerce-product-gallery--with-images woocommerce-product-gallery--columns-4 images" data-columns="4">
<div class="woocommerce-product-gallery__wrapper"><div data-thumb="${pictureOf(good)}" class="woocommerce-product-gallery__image"><a href="${pictureOf(good)}"><img src="${pictureOf(good)}" class="wp-post-image" alt="" data-large_image="${pictureOf(good)}" width="416" height="416"></a></div></div>
</div>
<div class="summary entry-summary">
<h1 class="product_title entry-title">${good.title}</h1>
<p class="price">${amount(good)}</p>
<div class="woocommerce-product-details__short-description"><p>${good.summary}</p></div>
<p class="stock in-stock">12 in stock</p>
<form class="cart" action="/demo/cart/add" method="post" enctype="multipart/form-data">
<input type="hidden" name="back" value="${pathOf(good)}">
<div class="quantity"><label class="screen-reader-text" for="quantity_1">${good.title} quantity</label><input type="number" id="quantity_1" class="input-text qty text" name="quantity" value="1" min="1"></div>
<button type="submit" name="add-to-cart" value="${good.id}" class="single_add_to_cart_button button alt">Add to basket</button>
</form>
<div class="product_meta"><span class="sku_wrapper">SKU: <span class="sku">NF-${good.id}</span></span> <span class="posted_in">Category: <a href="/demo/" rel="tag">${good.kind}</a></span></div>
</div>
<div class="woocommerce-tabs wc-tabs-wrapper">
<ul class="tabs wc-tabs" role="tablist"><li role="presentation" class="description_tab active" id="tab-title-description"><a href="#tab-description" role="tab" aria-selected="true" aria-controls="tab-description">Description</a></li></ul>
<div class="woocommerce-Tabs-panel woocommerce-Tabs-panel--description panel entry-content wc-tab" id="tab-description" role="tabpanel" aria-labelledby="tab-title-description"><h2>Description</h2><p>${good.story}</p><table class="woocommerce-product-attributes shop_attributes"><tbody>${good.facts.map(([label, text]) => html`<tr><th scope="row">${label}</th><td>${text}</td></tr>`)}</tbody></table></div>
</div>
<section class="related products"><h2>Related products</h2><ul class="products columns-3">${GOODS.filter((other) => other.theme === 'storefront' && other !== good).map(related)}</ul></section>
</div>`

const related = (good: Good) =>
  html`<li class="product type-product post-${good.id} status-publish instock"><a href="${pathOf(good)}" class="woocommerce-LoopProduct-link woocommerce-loop-product__link"><img src="${pictureOf(good)}" alt="" width="324" height="324"><h2 class="woocommerce-loop-product__title">${good.title}</h2><span class="price">${amount(good)}</span></a><a href="${pathOf(good)}" data-quantity="1" class="button product_type_simple add_to_cart_button ajax_add_to_cart" data-product_id="${good.id}" data-product_sku="NF-${good.id}" rel="nofollow">Read more</a></li>`

const amount = ({ price }: Good) =>
  html`<span class="woocommerce-Price-amount amount"><bdi><span class="woocommerce-Price-currencySymbol">£</span>${price}</bdi></span>`

function describe(good: Good, origin: string) {
  const url = origin + pathOf(good)
  const crumb = (position: number, name: string, id: string) => ({
    '@type': 'ListItem',
    position,
    item: { name, '@id': id },
  })
  const offer = {
    '@type': 'Offer',
    priceSpecification: [{ '@type': 'UnitPriceSpecification', price: good.price, priceCurrency: 'GBP' }],
    availability: 'https://schema.org/InStock',
    url,
    seller: { '@type': 'Organization', name: 'Northfold', url: origin },
  }
  return {
    '@context': 'https://schema.org/',
    '@graph': [
      { '@type': 'BreadcrumbList', itemListElement: [crumb(1, 'Home', origin), crumb(2, good.title, url)] },
      {
        '@type': 'Product',
        '@id': `${url}#product`,
        name: good.title,
        url,
        description: good.summary,
        image: origin + pictureOf(good),
        sku: `NF-${good.id}`,
        brand: { '@type': 'Brand', name: deskName(good.seller) },
        offers: [offer],
      },
    ],
  }
}
