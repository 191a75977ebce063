import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DemoContext } from '../env.ts'
import { GOODS, type Good, pathOf, pictureOf, priceOf, THEMES } from '../goods.ts'
import { show } from '../page.ts'
import { DESKS } from '../people.ts'
import { frame } from './frame.ts'

/** The shop's front: both makers and what they sell. */
export function homePage(c: Context<DemoContext>) {
  const body = frame(html`<main class="home">
<section class="lead">
<h1>Made slowly, by people you can ask</h1>
<p>Two workshops, eight things. Open one and press <b>Ask about this product</b>; then become its seller with the switch at the top and answer.</p>
</section>
${DESKS.map(
  (desk) => html`<section class="maker" id="${desk.id}">
<h2><img src="/demo/pictures/${desk.id}.svg" alt="" width="32" height="32">${desk.name}</h2>
<ul class="goods">${GOODS.filter((good) => good.seller === desk.id).map(card)}</ul>
</section>`,
)}
</main>`)
  return show(c, { title: 'Shop', kind: 'Front page', style: 'northfold', body })
}

const card = (good: Good) => html`<li><a class="good" href="${pathOf(good)}">
<img src="${pictureOf(good)}" alt="" width="440" height="440">
<span class="row"><b>${good.title}</b><span class="num">${priceOf(good)}</span></span>
<span class="kind">${THEMES[good.theme]}</span>
</a></li>`
