import type { ContextType } from '../../protocol/chats.ts'
import type { Settings } from '../../protocol/settings/index.ts'

/** Where the chats of a context are read: its own page, else the chats page; and the setting that says so. */
export function pageOf({ contexts, general }: Settings, type: ContextType): { url: string | null; field: string } {
  const own = ownPage(contexts, type)
  if (own.url || !general.chatsPageUrl) return own
  return { url: general.chatsPageUrl, field: 'general.chatsPageUrl' }
}

function ownPage(contexts: Settings['contexts'], type: ContextType) {
  if (type === 'post') return { url: contexts.post.pageUrl, field: 'contexts.post.pageUrl' }
  const { routing, pageUrl, accountUrl } = contexts[type]
  return routing === 'account'
    ? { url: accountUrl, field: `contexts.${type}.accountUrl` }
    : { url: pageUrl, field: `contexts.${type}.pageUrl` }
}

/** The pages of the settings that an address is one of; an account's are all below it. */
export function pagesAt(settings: Settings, address: string): string[] {
  const { contexts, general } = settings
  const exact = [general.chatsPageUrl, contexts.post.pageUrl, contexts.product.pageUrl, contexts.order.pageUrl]
  const below = [contexts.product.accountUrl, contexts.order.accountUrl]
  const named = new Set([
    ...exact.filter((page) => isPage(page, address)),
    ...below.filter((page) => isBelow(page, address)),
  ])
  return [...named].filter((page) => page !== null)
}

// Shops name a page with and without the slash at its end, and add parameters of campaigns to it.
function isPage(page: string | null, address: string): boolean {
  if (page === null) return false
  const [wanted, there] = [new URL(page), new URL(address)]
  const params = [...wanted.searchParams].every(([name, value]) => there.searchParams.get(name) === value)
  return params && wanted.origin === there.origin && bare(wanted) === bare(there)
}

function isBelow(page: string | null, address: string): boolean {
  if (page === null) return false
  const [wanted, there] = [new URL(page), new URL(address)]
  return wanted.origin === there.origin && `${bare(there)}/`.startsWith(`${bare(wanted)}/`)
}

const bare = ({ pathname }: URL) => pathname.replace(/\/+$/, '')
