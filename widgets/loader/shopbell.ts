import type { PublicSite } from '../../protocol/public-site.ts'
import { makeApi } from './api.ts'
import { complain } from './complain.ts'
import { findTag } from './find-tag.ts'
import { keepButton } from './keep-button.ts'
import { makePage } from './page.ts'
import { findSpot } from './place.ts'
import { productId } from './read-page.ts'

// A customer's account and orders, where there is more to do than on a product's page.
const MORE = '.woocommerce-account,.woocommerce-order-received,.woocommerce-order'

function start(tag: HTMLScriptElement) {
  const page = makePage(tag)
  const { host, load, dataset } = page
  const { signal } = page.end
  const keep = keepButton('product', signal, dataset.label)
  const brought: Record<string, unknown> = {}
  const bring = (name: 'start-chat' | 'my-chats') => (brought[name] ??= load(name).catch(complain))
  const extend = () => (brought.more ??= load('on-demand').then(({ extend }) => extend(page), complain))
  let site: PublicSite | undefined
  let waiting = false

  const check = () => {
    waiting = false
    if (!document.body || signal.aborted) return
    const has = (selector: string) => document.querySelector(selector)
    const product = site?.contexts.product
    const id = productId(document)
    if (keep(id, product?.enabled && ((of) => findSpot(document, product, of))) || has('shopbell-start-chat'))
      bring('start-chat')
    if (has('shopbell-my-chats')) bring('my-chats')
    if (dataset.postSelector || has(MORE)) extend()
    for (const look of page.looks) look()
  }
  // Asked for before the page is looked at: what both take, a shopper waits for once.
  const ready = host.config().then(
    (answer) => {
      site = answer
      check()
      host.emit('ready', { site: host.site })
    },
    (error) => {
      complain(error)
      host.emit('error', { code: 'unavailable', message: `${error}` })
    },
  )
  // Themes re-render at will; four looks a second are enough.
  const later = () => {
    if (!waiting) setTimeout(check, 250)
    waiting = true
  }
  const observer = new MutationObserver(later)
  observer.observe(document, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
  // The address may change after the page did. Where the browser does not tell, what the page does is enough.
  window.navigation?.addEventListener('currententrychange', later, { signal })
  document.addEventListener('DOMContentLoaded', check, { signal })
  check()

  if (location.hash.startsWith('#shopbell-link=')) void load('on-demand').then(({ goOn }) => goOn(page), complain)
  const api = makeApi(page, ready)
  const queue = window.shopbell?.q ?? []
  window.shopbell = api
  if (dataset.launcher) api('launch')
  for (const [verb, ...values] of queue) api(verb, ...values)
  // Storage is asked late too: the first access keeps a page waiting.
  setTimeout(() => !signal.aborted && knownVisitor(host.site) && host.store(), 2000)
}

/** Somebody with a session here before: only then is a store opened unasked, for the unread count. */
function knownVisitor(site: string): boolean {
  try {
    return !!localStorage[`shopbell:${site}`]
  } catch {
    return false
  }
}

const tag = findTag(document)
if (!window.shopbell?.host) {
  if (tag) start(tag)
  else complain('add data-site="site_…" to the script tag. The id is in the settings, under Install.')
} else if (document.querySelectorAll('script[data-site][src*="shopbell.js"]')[1])
  // One alone is the same tag again, run anew by a page that changes without loading.
  complain('this script tag is here twice; the second does nothing.', 'warn')
