import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DemoContext } from '../env.ts'
import { show } from '../page.ts'
import { frame } from './frame.ts'

export function missingPage(c: Context<DemoContext>) {
  const body = frame(html`<main class="home"><section class="lead">
<h1>Nothing here</h1><p>This shelf is empty. <a href="/demo/">Back to the shop</a></p>
</section></main>`)
  c.status(404)
  return show(c, { title: 'Nothing here', kind: 'Missing page', style: 'northfold', body })
}
