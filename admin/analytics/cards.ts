import { html, nothing } from 'lit'
import type { Totals } from '../../protocol/analytics.ts'
import { icon } from '../icon.ts'
import { number } from '../locales/say.ts'
import { duration, percent, tenths } from './amount.ts'
import { say } from './words.ts'

interface Card {
  label: string
  now: number | null
  before: number | null
  shown(value: number): string
}

/** The change against the period before; null where there is nothing to compare. */
export function changeOf({ now, before, shown }: Omit<Card, 'label'>) {
  if (now === null) return null
  if (!before) return now ? 'fresh' : 'same'
  const share = now / before - 1
  if (Math.abs(share) < 0.005) return 'same'
  return { sign: share > 0 ? 'up' : 'down', share: percent(Math.abs(share)), before: shown(before) } as const
}

/** Arrows only tell the direction, for more is not always better. */
function change(card: Card) {
  const told = changeOf(card)
  if (told === null) return nothing
  if (typeof told === 'string') return html`<span class="delta">${say(told)}</span>`
  const { sign, share, before } = told
  return html`<span class="delta">
    ${icon(sign, 'i-s')}<span class="sr">${say(sign)}</span><strong>${share}</strong>
    ${say('from_', { value: before })}
  </span>`
}

const card = (one: Card) => html`<li>
  <span class="small muted">${one.label}</span>
  <b>${one.now === null ? html`<span class="nothing">${say('none')}</span>` : one.shown(one.now)}</b>
  ${change(one)}
</li>`

const strip = (label: string, cards: Card[]) =>
  html`<ul class="card cards n${cards.length}" aria-label=${label}>${cards.map(card)}</ul>`

/** What happened, beside what happened before. */
export function cards(now: Totals, before: Totals) {
  const count = (label: string, key: 'chats' | 'messages' | 'active' | 'attachments' | 'unanswered'): Card => ({
    label,
    now: now[key],
    before: before[key],
    shown: (value) => number(value),
  })
  const response = (label: string, key: 'medianMs' | 'p90Ms'): Card => ({
    label,
    now: now.firstResponse[key],
    before: before.firstResponse[key],
    shown: duration,
  })
  return html`
    ${strip(say('totals'), [
      count(say('chats'), 'chats'),
      count(say('messages'), 'messages'),
      count(say('active'), 'active'),
      count(say('attachments'), 'attachments'),
      { label: say('average'), now: now.averageMessages, before: before.averageMessages, shown: tenths },
    ])}
    ${strip(say('answering'), [
      response(say('median'), 'medianMs'),
      response(say('p90'), 'p90Ms'),
      count(say('unanswered'), 'unanswered'),
    ])}
  `
}
