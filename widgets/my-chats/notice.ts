import { html, nothing } from 'lit'
import type { Connection } from '../client/store.ts'
import type { Desk } from './desk.ts'
import { icon, type Sign } from './icon.ts'

/** A pane that has nothing to show says so, and what to do. */
export const notice = (sign: Sign, title: string, hint = '', label = '', run?: () => void) =>
  html`<div class="notice" role="status">
    ${icon(sign)}<b>${title}</b>
    <p>${hint}</p>
    ${label ? html`<button class="btn" @click=${run}>${label}</button>` : nothing}
  </div>`

const INSTEAD: { [is in Connection['is']]?: 'signIn' | 'signedOut' | 'offline' } = {
  refused: 'signIn',
  signed_out: 'signedOut',
  failed: 'offline',
}

/** What takes the place of chats: nobody is there, or nothing could be loaded. */
export function instead(desk: Desk) {
  const { words, store, site, views } = desk
  const is = store?.state.connection.is ?? 'connecting'
  const key = INSTEAD[is === 'visitor' && site?.guests === 'none' ? 'refused' : is]
  if (!key) return null
  // Without a connection nothing could be brought: those words are here.
  if (key !== 'offline' && !views) {
    void desk.bring()
    return nothing
  }
  const label = key === 'signIn' ? '' : words.say('tryAgain')
  return notice('alert', words.say(key), words.say(`${key}Hint`), label, () => void store?.connect())
}
