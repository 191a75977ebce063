import type { ChatStore } from '../../widgets/client/store.ts'
import type { Host } from '../../widgets/loader/host.ts'
import { SHOP } from './worker.ts'

/** What becomes of a frame on its way to a page: how many ms late, or never. */
export type Fault = (frame: { type: string }) => number | 'lost'

interface Page {
  base: string
  site: string
  assertion(): string
  fault?: Fault
}

let fault: Fault | undefined

/** As a shop's page opens it: with its Origin, and over a network that may be bad. */
class PageSocket extends WebSocket {
  constructor(url: string, protocols: string[]) {
    super(url, { protocols, headers: { Origin: SHOP } } as never)
    const mine = fault
    if (!mine) return
    const late = new EventTarget()
    super.addEventListener('message', (event) => {
      const { data } = event as MessageEvent
      const delay = data === 'pong' ? 0 : mine(JSON.parse(data))
      if (delay !== 'lost') setTimeout(() => late.dispatchEvent(new MessageEvent('message', { data })), delay)
    })
    Object.defineProperty(this, 'onmessage', {
      set: (listener: (event: Event) => void) => late.addEventListener('message', listener),
    })
  }
}

/** Enough of a browser for the widgets' own store: what it listens to, sends with and stores in. */
function installBrowser() {
  if ('document' in globalThis) return
  const plainFetch = globalThis.fetch
  const browser = new EventTarget()
  Object.assign(globalThis, {
    window: Object.assign(browser, {
      setTimeout,
      setInterval,
      clearTimeout,
      clearInterval,
    }),
    document: Object.assign(new EventTarget(), { hidden: false }),
    WebSocket: PageSocket,
    // The widgets' requests are the ones that leave credentials out; the test's own stay as they are.
    fetch: (url: string, init: RequestInit = {}) =>
      plainFetch(
        url,
        init.credentials === 'omit' ? { ...init, headers: { ...(init.headers as object), Origin: SHOP } } : init,
      ),
  })
}

/** The store that a page of the shop would have, signed in with the page's assertion, in this very process. */
export async function openPage(page: Page): Promise<ChatStore> {
  installBrowser()
  fault = page.fault
  const { openStore } = await import('../../widgets/client/store.ts')
  const host: Host = {
    base: page.base,
    site: page.site,
    config: () => Promise.reject(new Error('not asked for')),
    identity: async () => page.assertion(),
    store: () => Promise.reject(new Error('not asked for')),
    emit: () => undefined,
  }
  const store = await openStore(host)
  await store.ready
  return store
}

/** What a browser does when its tab comes to the front: every store syncs. */
export const focusPages = () => window.dispatchEvent(new Event('focus'))

/** The messages that a page shows of a chat, as one comparable text. */
export const shown = (store: ChatStore, chat: string) =>
  (store.state.logs.get(chat)?.messages ?? []).map(({ seq, clientId, body }) => `${seq} ${clientId} ${body}`).join('\n')
