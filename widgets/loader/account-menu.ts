import type { PublicSite } from '../../protocol/public-site.ts'
import { complain } from './complain.ts'
import type { Page } from './page.ts'

type Type = 'order' | 'product'
interface Entry {
  type: Type
  label: string
  /** Opens My Chats in the account, else leads to the site's page. */
  hash: string | null
  href: string
}

const MENU = '.woocommerce-MyAccount-navigation'
const CONTENT = '.woocommerce-MyAccount-content:not([data-shopbell-content])'
const REAL = '[data-shopbell],[class*="--shopbell-"]:not([data-shopbell-entry])'
const HASH = { order: '#shopbell-orders', product: '#shopbell-products' }

/** One entry for each context that has one: an endpoint of the account, or a way to the context's own page. */
function entriesOf({ contexts }: PublicSite): Entry[] {
  return (['order', 'product'] as const).flatMap((type) => {
    const { enabled, routing, page, endpointLabel: label } = contexts[type]
    if (!enabled) return []
    const here = location.pathname + location.search + HASH[type]
    if (routing === 'account') return { type, label, hash: HASH[type], href: here }
    return page ? { type, label, hash: null, href: page } : []
  })
}

/** Keeps our entries in the customer's account menu, and shows in its content what the address asks for. */
export function keepAccountMenu(page: Page, site: PublicSite) {
  const { signal } = page.end
  const shown = makeView(page)
  const look = () => {
    const menu = document.querySelector(MENU)
    // The shop's plugin has a real endpoint, with entries of its own.
    if (!menu || menu.querySelector(REAL)) return shown.leave()
    const entries = entriesOf(site)
    addEntries(menu, entries)
    const entry = entries.find(({ hash }) => hash && hash === location.hash)
    if (entry) shown.enter(menu, entry)
    else if (!location.hash.startsWith('#shopbell-chat=')) shown.leave()
    else void followChat(page, entries).then((found) => found && shown.enter(menu, found), complain)
  }
  page.looks.add(look)
  window.addEventListener('hashchange', look, { signal })
  signal.addEventListener('abort', () => {
    shown.leave()
    for (const entry of document.querySelectorAll('[data-shopbell-entry]')) entry.remove()
  })
  look()
}

/** A link to a chat opens it under the entry of its kind. */
async function followChat({ host }: Page, entries: Entry[]): Promise<Entry | undefined> {
  const inside = entries.filter(({ hash }) => hash)
  const id = location.hash.split('=')[1] ?? ''
  if (!inside[1]) return inside[0]
  const store = await host.store()
  await store.open(id).catch(() => null)
  const type = store.state.chats.get(id)?.thing.type
  return location.hash.endsWith(id) ? (inside.find((entry) => entry.type === type) ?? inside[0]) : undefined
}

const LINK = 'woocommerce-MyAccount-navigation-link'

/** Before “log out”, with the markup and the classes of its neighbours. */
function addEntries(menu: Element, entries: Entry[]) {
  const logOut = menu.querySelector(`.${LINK}--customer-logout`)
  const model = logOut ?? menu.querySelector('li:last-child')
  if (!model) return
  for (const { type, label, href } of entries) {
    const there = menu.querySelector<HTMLElement>(`[data-shopbell-entry=${type}]`)
    if (there) {
      there.querySelector('a')?.setAttribute('href', href)
      continue
    }
    const item = model.cloneNode(true) as HTMLElement
    item.className = item.className.replace(/--[\w-]+/g, `--shopbell-${type}s`)
    item.removeAttribute('id')
    item.dataset.shopbellEntry = type
    setActive(item, false)
    const link = item.querySelector('a')
    link?.replaceChildren(label)
    link?.setAttribute('href', href)
    if (logOut) logOut.before(item)
    else model.parentElement?.append(item)
  }
}

function setActive(item: Element, on: boolean) {
  const link = item.querySelector('a')
  item.classList.toggle('is-active', on)
  if (on) link?.setAttribute('aria-current', 'page')
  else link?.removeAttribute('aria-current')
}

/** My Chats in place of the account's content, which waits out of sight and comes back as it was. */
function makeView(page: Page) {
  let current: Type | undefined
  let undo: (() => void)[] = []
  let place: HTMLElement | undefined

  const leave = () => {
    for (const back of undo.toReversed()) back()
    undo = []
    current = place = undefined
  }
  const enter = (menu: Element, { type, label }: Entry) => {
    const content = document.querySelector<HTMLElement>(CONTENT)
    if (
      !content ||
      (current === type && place?.isConnected && menu.querySelector(`[data-shopbell-entry=${type}].is-active`))
    )
      return
    leave()
    current = type
    place = takeOver(content, type)
    undo = [() => place?.remove(), hide(content), highlight(menu, type), retitle(label)]
    const here = place
    page.load('my-chats').then(() => bringIntoView(here), complain)
  }
  return { enter, leave }
}

function takeOver(content: HTMLElement, type: Type): HTMLElement {
  const place = content.cloneNode(false) as HTMLElement
  const chats = document.createElement('shopbell-my-chats')
  place.removeAttribute('id')
  place.style.removeProperty('display')
  place.dataset.shopbellContent = ''
  chats.setAttribute('context', type)
  place.append(chats)
  content.after(place)
  return place
}

function hide(content: HTMLElement) {
  const { display } = content.style
  content.style.display = 'none'
  return () => {
    content.style.display = display
  }
}

function highlight(menu: Element, type: Type) {
  const before = menu.querySelector('.is-active')
  const ours = menu.querySelector(`[data-shopbell-entry=${type}]`)
  if (before) setActive(before, false)
  if (ours) setActive(ours, true)
  return () => {
    if (ours) setActive(ours, false)
    if (before) setActive(before, true)
  }
}

/** The page's heading names what is shown, as WooCommerce’s own endpoints do. */
function retitle(label: string) {
  const heading = document.querySelector('h1.entry-title,h1.wp-block-post-title')
  const was = heading?.textContent ?? ''
  heading?.replaceChildren(label)
  return () => heading?.replaceChildren(was)
}

/** On a phone the menu fills the screen: without this nothing would seem to happen. */
function bringIntoView(place: HTMLElement) {
  const { top } = place.getBoundingClientRect()
  const calm = matchMedia('(prefers-reduced-motion)').matches
  if (top < 0 || top > innerHeight * 0.6) place.scrollIntoView({ behavior: calm ? 'auto' : 'smooth' })
}
