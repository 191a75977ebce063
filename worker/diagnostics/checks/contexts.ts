import type { ContextType } from '../../../protocol/chats.ts'
import { DAY_MS } from '../../durations.ts'
import { attention, broken, type CheckUp, type Finding, ok, type Subject } from '../check.ts'
import { pageOf } from '../pages-of.ts'
import { readHellos } from '../store.ts'

const UNSEEN_MS = 30 * DAY_MS

export const productContext: CheckUp = {
  id: 'context_product',
  title: 'Chats about products',
  look: (subject) => ofContext(subject, 'product'),
}

export const orderContext: CheckUp = {
  id: 'context_order',
  title: 'Chats about orders',
  look(subject) {
    const { enabled, button, createAutomatically } = subject.site.settings.contexts.order
    if (enabled && !button && !createAutomatically)
      return broken(
        'They are on, but nobody can begin one: the button is off, and none are made for new orders.',
        'Switch the button on, or have a chat made for every new order.',
        'contexts.order.button',
      )
    return ofContext(subject, 'order')
  },
}

export const postContext: CheckUp = {
  id: 'context_post',
  title: 'Chats about articles',
  look: (subject) => ofContext(subject, 'post'),
}

/** Whether My Chats is on the page on which people read these chats again; a shop without one has the hosted inbox. */
async function ofContext({ db, site, now }: Subject, type: ContextType): Promise<Finding> {
  if (!site.settings.contexts[type].enabled) return ok('Off.')
  const page = pageOf(site.settings, type)
  if (!page.url) {
    const isInAccount = type !== 'post' && site.settings.contexts[type].routing === 'account'
    if (!isInAccount) return ok('Links lead to the hosted inbox.')
    return attention(
      'They are to be read in the customer’s account, and its address is not set: links lead to the hosted inbox.',
      'Set the account’s address, or choose a static page.',
      page.field,
    )
  }
  if (!site.shopOrigins.has(new URL(page.url).origin))
    return broken(
      `${page.url} is not at an address that this site lists, so My Chats cannot work there.`,
      'Correct the page, or list its address under Install.',
      page.field,
    )
  const seen = (await readHellos(db, site.id)).find((hello) => hello.page === page.url)
  if (!seen)
    return attention(
      `My Chats has not been seen on ${page.url} yet.`,
      'Put <shopbell-my-chats> (or the plugin’s block) on that page and open it once.',
      page.field,
    )
  if (now - seen.seenAt > UNSEEN_MS)
    return attention(
      `My Chats was not seen on ${page.url} for more than 30 days.`,
      'Open the page. If My Chats is not there, put it back.',
      page.field,
    )
  return ok(`They are read on ${page.url}.`)
}
