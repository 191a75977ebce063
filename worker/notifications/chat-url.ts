import type { Side } from '../../protocol/chats.ts'
import type { Site } from '../sites/load.ts'
import type { ChatOfMail } from './notice-store.ts'

/**
 * Where a reader answers: a seller in the hosted inbox, a customer on the shop's page for chats of this kind, else on
 * the thing's own page as the shop's catalog names it, else in the shop.
 */
export function chatUrl(
  site: Site,
  home: string,
  { id, context, url }: Pick<ChatOfMail, 'id' | 'context' | 'url'>,
  side: Side | null,
): string {
  const inbox = `${home}/inbox?site=${site.id}#chat=${id}`
  if (side !== 'customer') return inbox
  const { general, contexts } = site.settings
  const own = contexts[context]
  const page = ('accountUrl' in own && own.routing === 'account' ? own.accountUrl : own.pageUrl) ?? general.chatsPageUrl
  const [shop] = site.shopOrigins
  const place = page ?? url ?? (shop && `${shop}/`)
  return place ? `${place.split('#')[0]}#shopbell-chat=${id}` : inbox
}
