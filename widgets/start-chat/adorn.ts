import type { Chat } from '../../protocol/chats.ts'
import { css } from '../lit/css.ts'
import { readId } from '../loader/read-claim.ts'
import { accent } from '../styles/accent.ts'
import type { StartChat } from './start-chat.ts'

// What a plain button in the page does without: the accent, the count of unread messages, the place in the corner.

const styles = css`
  b {
    box-sizing: border-box;
    min-width: 20px;
    padding: 0 6px;
    border-radius: 20px;
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
    font: 600 13px/20px system-ui, sans-serif;
    font-variant-numeric: tabular-nums;
    letter-spacing: 0;
    text-align: center;
  }
  :host([variant='floating']) {
    display: block;
    position: fixed;
    inset-block-end: 16px;
    inset-inline-end: 16px;
    z-index: var(--shopbell-layer, 2147483000);
    font-size: 14px;
  }
  :host([variant='floating']) button {
    width: auto;
    border-color: #0000;
    border-radius: 44px;
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
    box-shadow: var(--shopbell-shadow);
  }
  :host([variant='floating']) button:hover {
    background: color-mix(in oklab, var(--shopbell-accent) 90%, var(--shopbell-on-accent));
  }
  :host([variant='floating']) button:focus-visible {
    outline-color: var(--shopbell-accent-text);
  }
  :host([variant='floating']) b {
    background: var(--shopbell-on-accent);
    color: var(--shopbell-accent);
  }
  :host([variant='floating']) p {
    position: absolute;
    inset-block-end: 100%;
    inset-inline-end: 0;
    margin: 0 0 8px;
    padding: 8px 12px;
    border-radius: 6px;
    background: light-dark(#fff, #14191b);
    color: light-dark(#b3261e, #f2938c);
    box-shadow: var(--shopbell-shadow);
    white-space: nowrap;
  }
  @media print {
    :host([variant='floating']) {
      display: none;
    }
  }
`

export interface Chats {
  chats: Chat[]
  unread: number
}

/** Dresses a button, and shows what the store knows of its chat. */
export function adorn(button: StartChat, known?: Chats) {
  const sheets = [accent, styles].map(({ styleSheet }) => styleSheet).filter((sheet) => sheet !== undefined)
  const { adoptedStyleSheets = [] } = button.shadowRoot ?? {}
  adoptedStyleSheets.push(...sheets.filter((sheet) => !adoptedStyleSheets.includes(sheet)))
  const floating = button.variant === 'floating'
  if (!known) return
  const chat = chatOf(button, known.chats)
  button.show({ exists: !!chat && !floating, unread: floating ? known.unread : (chat?.unread ?? 0) })
}

function chatOf(button: StartChat, chats: Chat[]): Chat | undefined {
  const read = (name: string) => button.getAttribute(name) ?? button.getAttribute(`data-${name}`)
  const desk = read('seller')
  const id = read('context-id') ?? readId(document, button.context)
  return chats.find(
    ({ thing, seller, side }) =>
      thing.type === button.context && thing.id === id && side === 'customer' && (desk ?? seller.id) === seller.id,
  )
}
