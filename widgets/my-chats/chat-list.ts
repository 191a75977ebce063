import { html, nothing, render } from 'lit'
import type { Chat, ChatFilter } from '../../protocol/chats.ts'
import type { Files } from '../attachments/files.ts'
import type { Words } from '../locales/words.ts'
import type { Desk } from './desk.ts'
import { icon } from './icon.ts'
import { notice } from './notice.ts'
import { counterpart, thumb, titleOf } from './thing.ts'
import { bar, iconButton } from './thread.ts'

const FILTERS = [
  ['all', 'filterAll'],
  ['unread', 'filterUnread'],
  ['order', 'filterOrder'],
  ['product', 'filterProduct'],
  ['post', 'filterPost'],
] as const
const TYPING_MS = 250
const NEAR_END_PX = 600

export interface ListWays {
  selected: string
  select(id: string): void
  files?: Files | null | undefined
  close?: (() => void) | undefined
  /** Opens what one sets for oneself. */
  more(): void
  /** One kind only, and no filters. */
  only?: ChatFilter | undefined
}

function row(chat: Chat, words: Words, { selected, select, files }: ListWays) {
  const { id, thing, last, unread, side, lastAt } = chat
  const text = last?.body || files?.called(last?.attachments) || ''
  return html`<button
    class="row ${unread ? 'unread' : ''}"
    aria-current=${id === selected || nothing}
    @click=${() => select(id)}
  >
    ${thumb(thing)}
    <span class="line"><b class="cut"><bdi>${titleOf(thing, words)}</bdi></b><time class="num">${words.short(lastAt)}</time></span>
    <span class="cut"><bdi>${counterpart(chat, words)}</bdi></span>
    <span class="line last"
      ><span class="cut"><bdi>${last?.side === side ? words.say('you', { text }) : text}</bdi></span>${
        unread
          ? html`<span class="badge" role="img" aria-label=${words.say('unread', { n: unread })}>${unread}</span>`
          : nothing
      }</span
    >
  </button>`
}

/** Rows keep their element while the order changes, so that the focus stays with its chat. */
export class Rows {
  readonly element = document.createElement('ul')
  readonly #items = new Map<string, HTMLElement>()

  show(chats: readonly Chat[], words: Words, ways: ListWays): Element {
    const { element } = this
    chats.forEach((chat, index) => {
      const item = this.#items.get(chat.id) ?? document.createElement('li')
      this.#items.set(chat.id, item)
      render(row(chat, words, ways), item)
      const there = element.children[index] ?? null
      if (there !== item) element.insertBefore(item, there)
    })
    for (const gone of [...element.children].slice(chats.length)) gone.remove()
    return element
  }
}

function empty({ words, store }: Desk) {
  const list = store?.state.list
  if (!list || list.status === 'loading') return [1, 2, 3, 4, 5].map(() => html`<i class="bone"></i>`)
  if (list.status === 'failed') {
    return notice('alert', words.say('offline'), words.say('offlineHint'), words.say('tryAgain'), () => store?.more())
  }
  if (list.q || list.filter !== 'all') return notice('search', words.say('noMatch'), words.say('noMatchHint'))
  return notice(
    'chat',
    words.say('noChats'),
    words.say(store?.state.me?.role === 'seller' ? 'noChatsSeller' : 'noChatsHint'),
  )
}

let typing = 0

/** The chats, with search and filters. */
export function chatList(desk: Desk, rows: Rows, ways: ListWays) {
  const { words, store } = desk
  const { filter = 'all', next, status } = store?.state.list ?? {}
  const shown = store?.listed(ways.selected) ?? []
  const searched = ({ target }: Event) => {
    clearTimeout(typing)
    if (target instanceof HTMLInputElement)
      typing = window.setTimeout(() => store?.look({ q: target.value.trim() }), TYPING_MS)
  }
  const scrolled = ({ target }: Event) => {
    if (!(target instanceof Element)) return
    if (target.scrollHeight - target.clientHeight - target.scrollTop < NEAR_END_PX && next) void store?.more()
  }
  return html`<section class="list">
    <div class="top">
      <div class="line"><h1>${words.say('title')}</h1>${store?.state.me ? iconButton('more', words.say('settings'), ways.more) : nothing}${ways.close ? iconButton('close', words.say('close'), ways.close) : nothing}</div>
      <div class="find">
        ${icon('search')}<input
          class="input"
          type="search"
          maxlength="100"
          placeholder=${words.say('search')}
          aria-label=${words.say('search')}
          @input=${searched}
        />
      </div>
      ${
        ways.only
          ? nothing
          : html`<div class="filters">
              ${FILTERS.map(
                ([name, key]) =>
                  html`<button aria-pressed=${name === filter} @click=${() => store?.look({ filter: name })}>${words.say(key)}</button>`,
              )}
            </div>`
      }
    </div>
    ${ways.selected ? nothing : bar(desk)}
    <div class="rows" aria-busy=${status === 'loading'} @scroll=${scrolled}>
      ${shown.length ? rows.show(shown, words, ways) : empty(desk)}
    </div>
  </section>`
}
