import { css, html, LitElement, nothing } from 'lit'
import type { HostedSite } from '../../protocol/admin/sign-in.ts'
import type { PublicSite } from '../../protocol/public-site.ts'
import type { Session } from '../../protocol/sessions.ts'
import { asApiError, request } from '../client/api.ts'
import { fetched } from '../client/fetched.ts'
import { slot } from '../client/storage.ts'
import { type ChatStore, openStore } from '../client/store.ts'
import type { Host } from '../loader/host.ts'
import { en } from '../locales/en.ts'
import { enStart } from '../locales/en-start.ts'
import type { SignedIn } from '../sign-in/sign-in.ts'
import { accent } from '../styles/accent.ts'
import { controls } from '../styles/controls.ts'
import { tokens } from '../styles/tokens.ts'
import { Desk } from './desk.ts'
import './my-chats.ts'
import { notice } from './notice.ts'
import { threadStyles } from './thread.css.ts'

Object.assign(en, enStart)

const page = css`
  :host {
    display: grid;
    height: 100dvh;
    background: var(--shopbell-page);
    font-family: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  }
  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  shopbell-my-chats {
    width: 100%;
    max-width: 1400px;
    height: 100dvh;
    margin-inline: auto;
  }
  @media (min-width: 1000px) {
    shopbell-my-chats {
      height: calc(100dvh - 32px);
      margin-block: 16px;
    }
    :host {
      padding-inline: 16px;
    }
  }
`

const bringSignIn = fetched(() => import('../sign-in/sign-in.ts'))
const lastSite = slot<string>('localStorage', 'shopbell:inbox')

/** The shop of a deployment that has one, for an address that names none. */
const onlySite = () =>
  request<HostedSite>('GET', `${location.origin}/v1/hosted`).then(
    ({ site }) => site,
    () => null,
  )

/** This browser goes on with a session that was just opened. */
function keep(site: string, { refreshToken }: Session) {
  slot('localStorage', `shopbell:${site}`).set({ refreshToken })
  lastSite.set(site)
}

/** What a page of a shop gets from the script tag, the hosted inbox makes itself: here nobody is vouched for by a shop. */
function makeHost(site: string): Host {
  const base = location.origin
  let config: Promise<PublicSite> | undefined
  let store: Promise<ChatStore> | undefined
  const host: Host = {
    base,
    site,
    config: () => (config ??= request<PublicSite>('GET', `${base}/v1/sites/${site}/public`)),
    identity: async () => null,
    store: () => (store ??= openStore(host)),
    emit: (name, detail) => document.dispatchEvent(new CustomEvent(`shopbell:${name}`, { detail })),
  }
  return host
}

// Who comes from a page of ours has pressed something there.
const cameFromUs = document.referrer.startsWith(`${location.origin}/`)

/** The token of an invitation's link, which leaves the address before anything else happens. */
function takeInvitation(): string {
  const link = /^#invite=([\w-]+)/.exec(location.hash)?.[1] ?? ''
  if (link) history.replaceState(null, '', location.pathname + location.search)
  return link
}

/** The inbox of sellers: signed in by the one-time link of an invitation, `#invite=<token>`, or by a code from a mail. */
export class Inbox extends LitElement {
  static override styles = [accent, tokens, controls, threadStyles, page]

  readonly #desk = new Desk(this)
  #host: Host | null = null
  /** Why the link did not work. */
  #used = ''
  /** Goes on to the inbox, while an invitation waits for its press. */
  #enter: (() => void) | null = null
  /** The way in: nothing until it is wanted, and where it did not come the words of the page itself have to do. */
  #door: 'coming' | 'there' | 'missing' | undefined
  /** There is no telling which shop this is for. */
  #nowhere = false

  override connectedCallback() {
    super.connectedCallback()
    void this.#begin()
  }

  protected override updated() {
    const { store, words } = this.#desk
    const unread = store?.state.unread
    document.title = unread ? `(${unread}) ${words.say('title')}` : words.say('title')
    document.documentElement.lang = words.lang
    document.documentElement.dir = words.dir ?? ''
  }

  async #begin() {
    const site = new URLSearchParams(location.search).get('site') ?? lastSite.get() ?? (await onlySite())
    const host = site ? makeHost(site) : null
    const shop = await host?.config().catch(() => null)
    // The shop's language is the page's, whose own is only that of its first words.
    this.lang = shop?.locale ?? navigator.language
    this.#nowhere = !host
    if (!host) return this.requestUpdate()
    // Only a press uses an invitation up: mail scanners open pages, and some run what is in them.
    for (let link = takeInvitation(); link; link = await this.#redeem(host, link)) {
      if (!cameFromUs || this.#used) await this.#press(host)
    }
    this.#host = host
    await this.#desk.open(host)
    await this.#reach(host)
  }

  /** A mailed link of a guest's asks first; messages are told of while the page is in the background. */
  async #reach(host: Host) {
    const { store } = this.#desk
    if (location.hash.startsWith('#shopbell-link=')) {
      const { askToContinue, takeLink } = await import('../more/continue.ts')
      const link = takeLink()
      const done = (chat?: string) => {
        lastSite.set(host.site)
        if (chat) location.hash = `chat=${chat}`
      }
      if (link) await askToContinue(host, link, done)
    }
    if (store) (await import('../more/alerts.ts')).keepAlerts(store, { anchor: 'chat', ownTitle: true })
  }

  async #press(host: Host) {
    await this.#desk.dress(host)
    await new Promise<void>((pressed) => {
      this.#enter = pressed
      this.requestUpdate()
    })
    this.#enter = null
  }

  /** Answers the link where it may be tried again. */
  async #redeem({ base, site }: Host, link: string): Promise<string> {
    try {
      keep(site, await request<Session>('POST', `${base}/v1/sessions`, undefined, { site, link }))
      return ''
    } catch (error) {
      const { code, passing } = asApiError(error)
      const { words } = this.#desk
      this.#used = code === 'link_invalid' ? words.say('inboxLinkUsed') : words.error(code)
      return passing ? link : ''
    }
  }

  #signedIn = ({ session }: SignedIn) => {
    const site = this.#host?.site
    if (!site) return
    this.#used = ''
    keep(site, session)
    void this.#desk.store?.connect()
  }

  #bringDoor() {
    this.#door = 'coming'
    const is = (door: 'there' | 'missing') => () => {
      this.#door = door
      this.requestUpdate()
    }
    void bringSignIn().then(is('there'), is('missing'))
  }

  #signIn(ended: boolean) {
    const { words } = this.#desk
    if (!this.#door) this.#bringDoor()
    if (this.#door === 'missing')
      return notice('chat', words.say('inboxSignIn'), this.#used || words.say('inboxSignInHint'))
    if (this.#door === 'coming') return nothing
    return html`<shopbell-inbox-sign-in
      lang=${this.lang}
      dir=${words.dir ?? nothing}
      .host=${this.#host}
      .told=${this.#used}
      .ended=${ended}
      @signed-in=${this.#signedIn}
    ></shopbell-inbox-sign-in>`
  }

  #content() {
    const { words, store } = this.#desk
    const enter = this.#enter
    if (enter) {
      const hint = this.#used || words.say('inboxEnterHint')
      return notice('chat', words.say('inboxSignIn'), hint, words.say('inboxEnter'), enter)
    }
    const is = store?.state.connection.is
    if (is === 'visitor' || is === 'signed_out') return this.#signIn(is === 'signed_out')
    if (this.#host && is) return html`<shopbell-my-chats .anchor=${'chat'} .host=${this.#host}></shopbell-my-chats>`
    return this.#nowhere ? this.#signIn(false) : nothing
  }

  protected override render() {
    return html`<main>${this.#content()}</main>`
  }
}

customElements.define('shopbell-inbox', Inbox)

const style = new CSSStyleSheet()
style.replaceSync('body { margin: 0 }')
document.adoptedStyleSheets = [style]
const begin = () => document.body.append(document.createElement('shopbell-inbox'))
if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin)
else begin()
