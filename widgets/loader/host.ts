import type { PublicSite } from '../../protocol/public-site.ts'
import type { ChatStore } from '../client/store.ts'

/** What the script tag tells every element of ours on the page; it lives at `window.shopbell.host`. */
export interface Host {
  /** Origin of the Shopbell deployment, without a slash at the end. */
  readonly base: string
  readonly site: string
  /** The site's public settings, asked for once. */
  config(): Promise<PublicSite>
  /** A fresh assertion from the shop's server, or null for a guest. Asked for only when a session is needed. */
  identity(): Promise<string | null>
  /** The one store of this page, made (with its chunk loaded) on first use. */
  store(): Promise<ChatStore>
  /** Tells the page: listeners of `shopbell.on(name)` and a bubbling DOM event `shopbell:name`. */
  emit(name: string, detail?: unknown): void
}
