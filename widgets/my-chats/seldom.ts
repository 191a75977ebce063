import { html, nothing } from 'lit'
import type { Chat } from '../../protocol/chats.ts'
import { fetched } from '../client/fetched.ts'
import type { Pending } from '../client/outbox.ts'
import { en } from '../locales/en.ts'
import { enSeldom } from '../locales/en-seldom.ts'
import type { Words } from '../locales/words.ts'
import type * as LateDetails from '../start-chat/late-details.ts'
import { amber, problem } from './composer.ts'
import type { Desk } from './desk.ts'
import { icon } from './icon.ts'
import { linked } from './links.ts'
import { counterpart } from './thing.ts'
import { waitIn } from './wait.ts'

// What most visits never show: it comes, with its words and styles, when it is first wanted. See `Desk.bring`.

export { seldomStyles as styles } from './seldom.css.ts'

Object.assign(en, enSeldom)

const toggleState = ({ store }: Desk, { id, state }: Chat) => store?.setState(id, state === 'open' ? 'closed' : 'open')

const toggleBlock = ({ store }: Desk, { id, customer }: Chat) => store?.block(id, !customer.blocked)

/** What one can do with a chat, as far as the menu does not say it already. */
export function orders(desk: Desk, chat: Chat) {
  const { words } = desk
  const { state, side, customer } = chat
  const item = (label: string, order: () => Promise<void> | undefined) =>
    html`<button class="btn" popovertarget="menu" @click=${() => desk.run(order()).then(desk.refocus)}>
      ${label}
    </button>`
  const name = counterpart(chat, words)
  return html`${
    state === 'read_only'
      ? nothing
      : item(words.say(state === 'open' ? 'closeChat' : 'reopenChat'), () => toggleState(desk, chat))
  }${
    side === 'seller'
      ? item(words.say(customer.blocked ? 'unblock' : 'block', { name }), () => toggleBlock(desk, chat))
      : nothing
  }`
}

/** Why one cannot write, and what to do about it. */
export function barred(desk: Desk, chat: Chat) {
  const { words } = desk
  const { state, side, customer } = chat
  const told = (text: string, label?: string, order?: () => Promise<void> | undefined) =>
    html`<div class="foot">
      ${problem(desk.trouble)}${text}
      ${label ? html`<button class="btn" @click=${() => desk.run(order?.()).then(desk.refocus)}>${label}</button>` : nothing}
    </div>`
  if (customer.blocked && side === 'customer') return told(words.say('blocked'))
  if (customer.blocked) {
    const name = counterpart(chat, words)
    return told(words.say('blockedThem', { name }), words.say('unblock', { name }), () => toggleBlock(desk, chat))
  }
  if (state === 'read_only') return told(words.say('chat_read_only'))
  return told(words.say('chat_closed'), words.say('reopenChat'), () => toggleState(desk, chat))
}

const bringLateDetails = fetched(() => import('../start-chat/late-details.ts'))
let asking: typeof LateDetails | null | undefined

/** The form in which a guest tells what the shop has asked for since; it comes when the first has to. */
export function details(desk: Desk) {
  const { store, place } = desk
  const asked = store?.state.pending.find(({ chat, code }) => chat === place && code === 'guest_details_required')
  if (!asked) return undefined
  if (asking) return asking.lateDetails(desk, asked)
  if (asking === undefined) {
    asking = null
    void bringLateDetails().then(
      (form) => {
        asking = form
        desk.draw()
      },
      () => {
        // Drawn at once, it would be asked for without end: the next try of the message asks again.
        asking = undefined
      },
    )
  }
  return nothing
}

/** A message that did not go out: why, and what to do with it. */
export function failed(entry: Pending, words: Words, act: (what: 'retry' | 'discard', id: string) => void) {
  const verb = (what: 'retry' | 'discard') =>
    html`<button @click=${() => act(what, entry.clientId)}>${words.say(what === 'retry' ? 'tryAgain' : what)}</button>`
  const isUnknown = entry.code === 'not_found' && entry.start?.context.type === 'order'
  const why = words.say('notSent', { why: words.error(isUnknown ? 'orderUnknown' : (entry.code ?? '')) })
  return html`<div class="run mine failed">
    <div class="stack">
      ${entry.attachments ? html`<shopbell-files .files=${entry.attachments} .words=${words}></shopbell-files>` : nothing}
      ${entry.body && html`<div class="bubble"><p dir="auto">${linked(entry.body)}</p></div>`}
    </div>
    <p class="meta">${icon('alert', 'i-s')}<span role="alert">${why}</span>
      <span class="verbs">${verb('retry')} ${verb('discard')}</span></p>
  </div>`
}

/** The text is kept: counted down for the eye, told once to who listens. */
export const countdown = (words: Words, wait: number) =>
  amber('ring', words.say('limited', { time: waitIn(words, wait) }))

export const kept = (words: Words) => html`<span class="sr">${words.say('kept')}</span>`

export const tooLong = (words: Words, n: number) => amber('alert', words.say('tooLong', { n }))
