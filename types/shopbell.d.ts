/**
 * Types of what the script tag brings to a page. Copy this folder into your project, or point `compilerOptions.types`
 * at it; React and Vue projects also take `react.d.ts` or `vue.d.ts`.
 */

/** What a chat is about: kind and your shop's own id; the rest is shown until your catalog knows the thing. */
export interface ShopbellAbout {
  type: 'product' | 'order' | 'post'
  id: string
  title?: string
  /** http(s) addresses, absolute or relative to the page. */
  picture?: string
  url?: string
  /** As a shopper reads it, currency included. */
  price?: string
}

/** A chat in an event: which, about what, with whom, and which side this visitor is on. */
export interface ShopbellChat {
  chat: string
  about: Pick<ShopbellAbout, 'type' | 'id'>
  side: 'customer' | 'seller'
  seller: string
}
export interface ShopbellMessage extends ShopbellChat {
  /** `seq` counts 1, 2, 3 … in each chat. */
  message: { seq: number; body: string }
}
export interface ShopbellUser {
  id: string
  name: string | null
  role: 'guest' | 'customer' | 'seller' | 'analyst' | 'admin' | 'owner'
}

/** `detail` of each event, by the name that `shopbell.on` takes. */
export interface ShopbellEvents {
  ready: { site: string }
  /** `about` is null for the list of chats. */
  open: { about: ShopbellAbout | null }
  close: null
  'chat:created': ShopbellChat
  'message:sent': ShopbellMessage
  'message:received': ShopbellMessage
  /** Chats with unread messages. */
  unread: { count: number }
  /** Null after signing out, and for a visitor who has not written yet. */
  identity: { user: ShopbellUser | null }
  error: { code: string; message?: string }
}

/** The same events as the page's DOM tells them; they bubble from the document to the window. */
export type ShopbellEventMap = {
  [Name in keyof ShopbellEvents as `shopbell:${Name}`]: CustomEvent<ShopbellEvents[Name]>
}

/** Made by your server (docs/identity.md); null is a guest. A function is asked whenever a session is opened. */
export type ShopbellIdentity = string | null | (() => string | null | Promise<string | null>)

type Listener<Name extends keyof ShopbellEvents> = (event: CustomEvent<ShopbellEvents[Name]>) => void

export interface ShopbellVerbs {
  /** Shows the list of chats. */
  open(): void
  close(): void
  toggle(): void
  /** Shows the chat about a thing, or its beginning; without one it is about the page's own. */
  startChat(about?: ShopbellAbout & { seller?: string }): void
  identify(who: ShopbellIdentity): void
  signOut(): void
  /** Language of every element, of later ones too; null gives it back to the page. */
  setLocale(locale: string | null): void
  setTheme(theme: 'light' | 'dark' | 'auto' | null): void
  on<Name extends keyof ShopbellEvents>(name: Name, listener: Listener<Name>): void
  off<Name extends keyof ShopbellEvents>(name: Name, listener: Listener<Name>): void
  /** Calls back once the site's settings are there; at once if they are. */
  ready(then?: () => void): Promise<unknown>
  /** Takes everything of ours out of the page; a new tag may start again. */
  destroy(): void
}

/** `shopbell.open()`, and `shopbell('open')`, which the queue stub also takes before the script is there. */
export interface Shopbell extends ShopbellVerbs {
  <Verb extends keyof ShopbellVerbs>(verb: Verb, ...values: Parameters<ShopbellVerbs[Verb]>): unknown
}

/** `<shopbell-start-chat>`: the button. What tells of the thing may also be written as `data-…`. */
export interface ShopbellStartChatAttributes {
  context?: 'product' | 'order' | 'post'
  /** Your shop's id of the thing; without it the page's own. */
  'context-id'?: string
  title?: string
  picture?: string
  url?: string
  price?: string
  label?: string
  /** Id of the seller's desk, where a thing has several. */
  seller?: string
  /** `floating` stands in the corner and opens the list of chats. */
  variant?: 'inline' | 'floating'
  lang?: string
  theme?: 'light' | 'dark' | 'auto'
}
/** `<shopbell-my-chats>`: a person's chats. */
export interface ShopbellMyChatsAttributes {
  /** Shows one kind only. */
  context?: 'product' | 'order' | 'post' | 'unread' | 'all'
  lang?: string
  theme?: 'light' | 'dark' | 'auto'
}

export interface ShopbellStartChatElement extends HTMLElement {
  label?: string
  variant?: string
  context: 'product' | 'order' | 'post'
}
export interface ShopbellMyChatsElement extends HTMLElement {
  context?: string
}

declare global {
  // The script tag makes it; before that it is yours, if you use the queue stub.
  var shopbell: Shopbell
  interface HTMLElementTagNameMap {
    'shopbell-start-chat': ShopbellStartChatElement
    'shopbell-my-chats': ShopbellMyChatsElement
  }
  interface DocumentEventMap extends ShopbellEventMap {}
  interface WindowEventMap extends ShopbellEventMap {}
}
