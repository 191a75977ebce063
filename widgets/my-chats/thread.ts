import { html, nothing } from 'lit'
import type { Chat, Message } from '../../protocol/chats.ts'
import type { Connection } from '../client/store.ts'
import { composer } from './composer.ts'
import type { Desk } from './desk.ts'
import { icon, type Sign } from './icon.ts'
import type { LogEvent } from './log.ts'
import './log.ts'
import type { Fresh } from './rows.ts'
import { card, counterpart } from './thing.ts'

const VIEW = { product: 'viewProduct', order: 'viewOrder', post: 'viewPost' } as const

export interface Ways {
  back?: () => void
  /** In a panel. */
  close?: (() => void) | undefined
}

export const iconButton = (name: Sign, label: string, run?: () => void, extra = '') =>
  html`<button class="btn btn-quiet btn-icon ${extra}" aria-label=${label} @click=${run}>${icon(name)}</button>`

/** Told while the line is lost, or where somebody else knows that it is. */
export const bar = ({ words, store }: Desk, lost = false) =>
  lost || isLost(store?.state.connection)
    ? html`<p class="bar" role="status">${words.say(navigator.onLine ? 'reconnecting' : 'away')}</p>`
    : nothing

const isLost = (connection?: Connection) => connection?.is === 'ready' && connection.line === 'lost'

/** Its items come when somebody nears it. */
function menu(desk: Desk, chat: Chat) {
  const { words, bring } = desk
  const { thing } = chat
  return html`<button
      class="btn btn-quiet btn-icon"
      popovertarget="menu"
      aria-label=${words.say('menu')}
      @pointerenter=${bring}
      @focus=${bring}
    >
      ${icon('more')}
    </button>
    <div id="menu" popover @beforetoggle=${bring}>
      ${thing.url ? html`<a class="btn narrow" href=${thing.url} target="_blank" rel="noopener">${words.say(VIEW[thing.type])}</a>` : nothing}
      ${desk.views?.orders(desk, chat)}
    </div>`
}

function head(desk: Desk, chat: Chat, { back, close }: Ways) {
  const { words } = desk
  const { thing, state } = chat
  const name = counterpart(chat, words)
  return html`<div class="head">
    ${back ? iconButton('back', words.say('back'), back, 'narrow') : nothing}
    ${card(thing, words, name, thing.price)}
    ${state === 'closed' ? html`<span class="tag">${words.say('closedTag')}</span>` : nothing}
    ${thing.url ? html`<a class="btn wide" href=${thing.url} target="_blank" rel="noopener">${words.say(VIEW[thing.type])}</a>` : nothing}
    ${menu(desk, chat)} ${close ? iconButton('close', words.say('close'), close) : nothing}
  </div>`
}

/** Where one writes, or why one cannot. */
function foot(desk: Desk, chat: Chat) {
  const { store } = desk
  const { id, state, customer } = chat
  if (customer.blocked || state !== 'open') {
    void desk.bring()
    return desk.views?.barred(desk, chat)
  }
  const limited = store?.state.pending.find((entry) => entry.chat === id && entry.code && entry.notBefore)
  return composer(desk, (body, files) => store?.send(id, body, files), limited?.notBefore)
}

/** Files of a log are drawn by a part that may still be on its way, or that did not come. */
function shows({ files, place }: Desk, messages: readonly Message[]): boolean {
  if (files) return files.ready(place, messages)
  return files === null || !messages.some(({ attachments }) => attachments)
}

/** One chat: the thing it is about, its log, and where one writes. */
export function thread(desk: Desk, chat: Chat, fresh: Fresh | null, ways: Ways) {
  const { words, store } = desk
  if (!store) return nothing
  const { logs, pending, me } = store.state
  const log = logs.get(chat.id)
  return html`<section class="thread">
    ${head(desk, chat, ways)}${bar(desk)}
    ${
      log && shows(desk, log.messages)
        ? html`<shopbell-log
            .words=${words}
            .bring=${desk.bring}
            .views=${desk.views}
            .look=${(is: boolean) => store.looking(chat.id, is)}
            .messages=${log.messages}
            .older=${log.older}
            .pending=${pending.filter((entry) => entry.chat === chat.id)}
            .side=${chat.side}
            .me=${me?.id}
            .peerReadSeq=${chat.peerReadSeq}
            .fresh=${fresh}
            .peer=${counterpart(chat, words)}
            .picture=${chat.side === 'customer' ? chat.seller.picture : null}
            @older=${() => desk.run(store.loadOlder(chat.id))}
            @seen=${({ seq }: LogEvent) => store.markRead(chat.id, seq)}
            @retry=${({ id }: LogEvent) => store.retry(id)}
            @discard=${({ id }: LogEvent) => store.discard(id)}
          ></shopbell-log>`
        : html`<div class="bones" aria-busy="true">
            <i class="bone"></i><i class="bone"></i>
          </div>`
    }
    ${foot(desk, chat)}
  </section>`
}
