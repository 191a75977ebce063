import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DemoContext } from '../env.ts'
import { findGood, type Good, pathOf, pictureOf, priceOf, THEMES } from '../goods.ts'
import { type Html, jsonLd, show } from '../page.ts'
import { deskName } from '../people.ts'
import { frame } from './frame.ts'
import { missingPage } from './missing.ts'

/** A page of no known platform: schema.org's JSON-LD is all that tells what it sells. */
export function plainPage(c: Context<DemoContext>) {
  const good = findGood('plain', c.req.param('slug') ?? '')
  if (!good) return missingPage(c)
  const { origin } = new URL(c.req.url)
  const head = html`<link rel="canonical" href="${origin}${pathOf(good)}">${jsonLd(describe(good, origin))}`
  return show(c, { title: good.title, kind: THEMES.plain, style: 'northfold', head, body: frame(details(good, '')) })
}

/** A page that describes nothing: the shop's template writes the element itself, with what it is about. */
export function elementPage(c: Context<DemoContext>) {
  const good = findGood('element', c.req.param('slug') ?? '')
  if (!good) return missingPage(c)
  const { origin } = new URL(c.req.url)
  const button = html`<shopbell-start-chat data-context="product" data-context-id="${good.id}" data-title="${good.title}" data-price="${priceOf(good)}" data-picture="${origin}${pictureOf(good)}" data-url="${origin}${pathOf(good)}"></shopbell-start-chat>`
  return show(c, { title: good.title, kind: THEMES.element, style: 'northfold', body: frame(details(good, button)) })
}

const details = (good: Good, button: Html | '') => html`<main class="product">
<p class="crumb"><a href="/demo/">Shop</a> / ${good.kind}</p>
<img class="picture" src="${pictureOf(good)}" alt="${good.title}" width="440" height="440">
<div class="buy">
<div><p class="by">${deskName(good.seller)}</p><h1>${good.title}</h1></div>
<p class="price num">${priceOf(good)}</p>
<p class="muted">${good.summary}</p>
<div class="actions">
<form action="/demo/cart/add" method="post"><input type="hidden" name="back" value="${pathOf(good)}"><button class="add-to-cart">Add to basket</button></form>
${button}
</div>
<p class="muted">${good.story}</p>
<dl class="facts">${good.facts.map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>`)}</dl>
</div>
</main>`

const describe = (good: Good, origin: string) => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: good.title,
  sku: good.id,
  url: origin + pathOf(good),
  image: [origin + pictureOf(good)],
  description: good.summary,
  brand: { '@type': 'Brand', name: deskName(good.seller) },
  offers: { '@type': 'Offer', price: good.price, priceCurrency: 'GBP', availability: 'https://schema.org/InStock' },
})
