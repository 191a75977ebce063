import type { Context } from 'hono'
import { html } from 'hono/html'
import type { DemoContext } from '../env.ts'
import { show } from '../page.ts'
import { frame } from './frame.ts'

/** The shop's own page for reading chats: one element of ours, the shop's frame round it. */
export function chatsPage(c: Context<DemoContext>) {
  const body = frame(
    html`<main class="chats"><h1 class="sr">My chats</h1><shopbell-my-chats></shopbell-my-chats></main>`,
    {
      footer: false,
    },
  )
  return show(c, { title: 'My chats', kind: 'Page with My Chats', style: 'northfold', bodyClass: 'filled', body })
}
