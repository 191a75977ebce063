import { html } from 'hono/html'
import type { Html } from '../page.ts'

/** Northfold's own header and footer round a page. */
export const frame = (inside: Html, { footer = true } = {}) => html`<header class="shop">
<a class="wordmark" href="/demo/">Northfold</a>
<nav aria-label="Shop"><a href="/demo/#oak-works">Oak Works</a><a href="/demo/#studio-linen">Studio Linen</a></nav>
<nav class="end" aria-label="You"><a href="/demo/chats">My chats</a><a href="/demo/inbox">Inbox</a></nav>
</header>
${inside}
${footer ? html`<footer class="foot"><p><b>Northfold</b> is a shop that is not there: it sells nothing, and everything you write stays on this computer.</p></footer>` : ''}`
