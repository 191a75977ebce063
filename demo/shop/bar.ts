import { html } from 'hono/html'
import { deskName, PEOPLE, type Person } from './people.ts'

/** The demo's own strip above each shop page: which kind of page this is, and who you are. */
export function topBar(kind: string, me: Person | null, path: string) {
  return html`<aside class="demo-bar" aria-label="Demo">
<p class="demo-kind"><a href="/demo/">Demo shop</a><span>${kind}</span></p>
<button type="button" class="demo-who" popovertarget="demo-people" aria-label="You are ${me?.name ?? 'a guest'}. Switch">
<span class="demo-hint">You are</span> <b>${me?.name ?? 'a guest'}</b><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m4 6.5 4 4 4-4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"/></svg>
</button>
<form id="demo-people" class="demo-people" method="post" action="/demo/who" popover>
<input type="hidden" name="back" value="${path}">
<h2>Shoppers</h2>
${choice('guest', 'Guest', 'Not signed in', !me)}
${PEOPLE.filter((person) => !person.sellers).map((person) => choice(person.id, person.name, 'Signed in at the shop', person === me))}
<h2>Sellers</h2>
${PEOPLE.filter((person) => person.sellers).map((person) => choice(person.id, person.name, `Answers for ${deskName(person.sellers?.[0] ?? '')}`, person === me))}
</form>
</aside>`
}

const choice = (id: string, name: string, about: string, mine: boolean) =>
  html`<button name="who" value="${id}" aria-pressed="${String(mine)}"><b>${name}</b><span>${about}</span></button>`
