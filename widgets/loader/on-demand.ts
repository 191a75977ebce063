import type { ChatStore } from '../client/store.ts'
import type { PanelElement } from '../start-chat/open-panel.ts'
import type { About } from './about.ts'
import { complain } from './complain.ts'
import type { Page } from './page.ts'
import { revive } from './revive.ts'

// What the loader need not carry: the verbs that a shop's script calls after somebody did something, and the way to
// what only some pages need.

const OURS = 'shopbell-start-chat,shopbell-my-chats,shopbell-panel'

const panel = () => document.querySelector<PanelElement>('shopbell-panel')

async function show(page: Page, about?: (About & { seller?: string }) | null) {
  const { openPanel } = await (await page.load('start-chat')).loadPanel()
  await openPanel(page.host, about)
}

const marks = new WeakMap<Page, Map<string, string | null>>()

/** Sets an attribute on every element of ours, also on those that come later, before they are painted. */
function mark(page: Page, name: string, value: string | null = null) {
  const known = marks.get(page)
  const all = known ?? new Map<string, string | null>()
  const apply = () => {
    const inside = panel()?.shadowRoot?.querySelectorAll('shopbell-my-chats') ?? []
    for (const element of [...document.querySelectorAll(OURS), ...inside])
      for (const [name, value] of all) setTo(element, name, value)
  }
  all.set(name, value)
  apply()
  if (known) return
  marks.set(page, all)
  const observer = new MutationObserver(apply)
  observer.observe(document, { childList: true, subtree: true })
  page.end.signal.addEventListener('abort', () => observer.disconnect())
}

function setTo(element: Element, name: string, value: string | null) {
  if (element.getAttribute(name) === value) return
  if (value === null) element.removeAttribute(name)
  else element.setAttribute(name, value)
}

/** A button in the corner that opens the list of chats. */
function launch(page: Page) {
  const button = document.createElement('shopbell-start-chat')
  button.setAttribute('variant', 'floating')
  // A page that changes without loading may replace its body.
  const keep = () => button.isConnected || document.body.append(button)
  keep()
  page.looks.add(keep)
  page.end.signal.addEventListener('abort', () => button.remove())
  return page.load('start-chat')
}

const VERBS: Record<string, (page: Page, value: never) => unknown> = {
  launch,
  open: (page) => show(page, null),
  close: () => panel()?.close(),
  toggle: (page) => (panel()?.hasAttribute('open') ? panel()?.close() : show(page, null)),
  /** About the thing given, else about the page's. */
  startChat: (page, about?: About & { seller?: string }) => show(page, about),
  async signOut(page) {
    page.who = null
    await page.store?.signOut()
  },
  setLocale: (page, locale?: string) => mark(page, 'lang', locale),
  setTheme: (page, theme?: string) => mark(page, 'theme', theme),
  destroy(page) {
    panel()?.close()
    panel()?.remove()
    page.end.abort()
    page.store?.close()
    if (window.shopbell?.host === page.host) delete window.shopbell
    revive(document.querySelectorAll<HTMLElement>(OURS))
  },
}

export async function run(page: Page, verb: string, value: unknown) {
  const act = VERBS[verb]
  if (act) return page.end.signal.aborted ? undefined : act(page, value as never)
  complain(`there is no “${verb}”. It knows ${Object.keys(VERBS).join(', ')}, identify, on, off and ready.`)
}

/** The shop's own endpoint knows its visitor by the shop's cookie; 204, 401 or no assertion is a guest. */
export async function askShop(url: string): Promise<string | null> {
  const answer = await fetch(url, { cache: 'no-store', headers: { accept: 'application/json' } }).catch((error) => {
    // A lost connection is no shop that vouches for nobody.
    throw new DOMException(`${error}`, 'NetworkError')
  })
  if (answer.status === 204 || answer.status === 401) return null
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return (await answer.json()).assertion ?? null
}

/** On pages that are about more than a product: buttons on orders and posts, entries in the account's menu. */
export async function extend(page: Page) {
  const site = await page.host.config().catch(() => null)
  if (!site || page.end.signal.aborted) return
  const { order, post, product } = site.contexts
  const wanted = [
    order.enabled && order.button && import('./keep-order-button.ts').then((m) => m.keepOrderButton(page, order)),
    post.enabled && page.dataset.postSelector && import('./keep-post-button.ts').then((m) => m.keepPostButton(page)),
    (order.enabled || product.enabled) && import('./account-menu.ts').then((m) => m.keepAccountMenu(page, site)),
  ]
  await Promise.all(wanted).catch(complain)
}

/** Tells the page what happens in the store. */
export async function follow(page: Page, store: ChatStore) {
  const { tell } = await import('./tell.ts')
  const { signal } = page.end
  if (signal.aborted) return
  tell(page, store)
  // Who never leaves the page needs none of it.
  const alerts = async () => {
    if (!document.hidden) return
    document.removeEventListener('visibilitychange', alerts)
    ;(await import('../more/alerts.ts')).keepAlerts(store, { anchor: 'shopbell-chat', signal })
  }
  document.addEventListener('visibilitychange', alerts, { signal })
  await alerts()
}

/** A mailed link brings a guest's chats to this browser. */
export async function goOn(page: Page) {
  const { askToContinue, takeLink } = await import('../more/continue.ts')
  const link = takeLink()
  if (!link) return
  await askToContinue(page.host, link, (chat) => {
    if (!document.querySelector('shopbell-my-chats')) return void show(page, null)
    if (chat) location.hash = `shopbell-chat=${chat}`
  })
}
