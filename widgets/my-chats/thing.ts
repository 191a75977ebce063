import { html, nothing } from 'lit'
import type { Chat } from '../../protocol/chats.ts'
import type { Words } from '../locales/words.ts'
import { icon } from './icon.ts'

export interface Shown {
  type: 'product' | 'order' | 'post'
  id: string
  title?: string | null
  picture?: string | null
}

const gone = ({ target }: Event) => target instanceof Element && target.remove()

export const picture = (address: string | null | undefined) =>
  address ? html`<img src=${address} alt="" loading="lazy" referrerpolicy="no-referrer" @error=${gone} />` : nothing

/** The picture of a thing; the sign of its kind where there is none, or where it does not load. */
export const thumb = (thing: Shown) => html`<span class="thumb">${icon(thing.type)}${picture(thing.picture)}</span>`

export const titleOf = ({ type, id, title }: Shown, words: Words): string => title || words.say(type, { id })

/** Whom one talks to: the desk for a customer, the customer for a seller. */
export const counterpart = ({ side, seller, customer }: Chat, words: Words): string =>
  side === 'customer' ? seller.name : customer.name || words.say('guest')

/** Two letters for somebody without a picture. */
export const initials = (name: string): string =>
  Array.from(name.matchAll(/(?<!\S)\S/gu), String)
    .slice(0, 2)
    .join('')
    .toLocaleUpperCase()

/** A thing as the head of a chat: picture, title, and a line of whom and how much. */
export const card = (thing: Shown, words: Words, first: string | null = '', second: string | null = '') =>
  html`${thumb(thing)}
    <div class="card">
      <b class="cut"><bdi>${titleOf(thing, words)}</bdi></b>
      <span class="small muted cut">${first && second ? words.say('pair', { first, second }) : first || second}</span>
    </div>`
