import './panel.ts'
import type { About } from '../loader/about.ts'
import { complain } from '../loader/complain.ts'
import type { Host } from '../loader/host.ts'
import { readElement, readGiven, readPage } from '../loader/read-claim.ts'
import { keepPanel } from './keep-panel.ts'
import type { StartChat } from './start-chat.ts'

/** What the button and the loader need of `<shopbell-panel>`. While it shows it has the attribute `open`. */
export interface PanelElement extends HTMLElement {
  host: Host
  /** Null opens the list of chats. */
  about: About | null
  seller: string | undefined
  /** Gets the focus back when the panel closes. */
  opener: HTMLElement | undefined
  open(): void | Promise<void>
  close(): void
}

const TAG = 'shopbell-panel'

interface Opening {
  seller?: string | undefined
  opener?: StartChat
  /** Reads the thing again: the page may change it while the panel shows. */
  read?: () => About | undefined
}

async function open(host: Host, about: About | null, { seller, opener, read }: Opening = {}) {
  const panel = document.querySelector<PanelElement>(TAG) ?? (document.createElement(TAG) as PanelElement)
  // Whatever it showed before is over.
  if (panel.hasAttribute('open')) panel.close()
  Object.assign(panel, { host, about, opener, seller })
  if (!panel.isConnected) document.body.append(panel)
  keepPanel(panel, host, read)
  host.emit('open', { about })
  await panel.open()
  return panel
}

/** Opens the page's one panel: about a thing, about the page's own, or with the list of chats for null. */
export function openPanel(host: Host, given?: (About & { seller?: string }) | null) {
  if (given === null) return open(host, null)
  const read = () => readPage(document)
  if (!given) return open(host, read() ?? null, { read })
  const about = readGiven(given)
  if (about) return open(host, about, { seller: given.seller })
  return complain('startChat needs { type: "product", "order" or "post", id }.')
}

/** Opens what a button stands for; it gets the focus back. */
export async function openFrom(button: StartChat) {
  const host = window.shopbell?.host
  if (!host) throw new Error('Shopbell: the script tag is missing on this page.')
  const read = () => (button.isConnected ? readElement(button) : undefined)
  const floating = button.variant === 'floating'
  const seller = button.getAttribute('seller') ?? undefined
  const panel = await open(host, (!floating && read()) || null, { opener: button, seller, ...(!floating && { read }) })
  const closed = () => {
    button.show({ expanded: false })
    if (panel.opener === button) button.focus()
  }
  panel.addEventListener('shopbell-panel-close', closed, { once: true })
  button.show({ expanded: true })
}
