import { html, LitElement, nothing } from 'lit'
import type { Install } from '../protocol/admin/install.ts'
import type { PutWizard, Wizard } from '../protocol/admin/wizard.ts'
import { accent } from '../widgets/styles/accent.ts'
import { controls } from '../widgets/styles/controls.ts'
import { tokens } from '../widgets/styles/tokens.ts'
import { type ApiError, asApiError } from './client/request.ts'
import { type Left, StaffSession } from './client/session.ts'
import type { Frame } from './frame.ts'
import { hostedHost, type PanelHost, rememberSite } from './host.ts'
import { icon } from './icon.ts'
import { direction, language, pageLanguage, speak } from './locales/say.ts'
import './menu.ts'
import { panelStyles } from './panel.css.ts'
import { hrefOf, type Route, readRoute, type Tab } from './route.ts'
import { parts } from './styles/parts.ts'
import { panelTokens } from './styles/tokens.ts'
import { refusal, say } from './words.ts'

/** Each tab is a chunk of its own. */
const VIEWS: Record<Tab, () => Promise<unknown>> = {
  settings: () => import('./settings/settings.ts'),
  analytics: () => import('./analytics/analytics.ts'),
  wizard: () => import('./wizard/wizard.ts'),
}
const STAFF: readonly string[] = ['owner', 'admin', 'analyst']

/** The panel of those who run a site: hosted at /admin, or in any page of a back office beside the script tag. */
export class Panel extends LitElement {
  static override properties = {
    hosted: { type: Boolean, reflect: true },
    route: { state: true },
    rev: { state: true },
    toast: { state: true },
    wizard: { state: true },
    name: { state: true },
    failed: { state: true },
  }
  static override styles = [accent, tokens, panelTokens, controls, parts, panelStyles]

  declare hosted: boolean
  declare route: Route
  declare rev: number
  declare toast: string
  /** How far setting up is. */
  declare wizard: Wizard | null
  /** What the shop is called. */
  declare name: string
  /** Why neither could be learnt. */
  declare failed?: ApiError | undefined
  #host!: PanelHost
  #session!: StaffSession
  #toastTimer = 0
  #toastLang = ''

  override connectedCallback() {
    super.connectedCallback()
    this.toast = ''
    this.name = ''
    this.wizard = null
    this.rev = 0
    this.#host = (this.hosted ? null : window.shopbellAdmin) ?? hostedHost()
    this.#session = new StaffSession(this.#host)
    this.#session.addEventListener('change', this.#changed)
    this.#session.addEventListener('left', (event) => this.#left(event as Left))
    this.#session.stepUp = async () => (await import('./sign-in/step-up.ts')).stepUp(this, this.#session, this.#host)
    addEventListener('hashchange', this.#moved)
    if (this.hosted) dressPage()
    void this.#begin()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    removeEventListener('hashchange', this.#moved)
    this.#session.leave()
  }

  async #begin() {
    this.route = readRoute(location.hash)
    await speak((!this.hosted && this.closest('[lang]')?.getAttribute('lang')) || navigator.language)
    // What it says decides which way it runs, whatever the page around it does.
    this.dir = direction()
    this.lang = language()
    if (this.hosted) document.documentElement.lang = language()
    await this.#session.resume()
  }

  #changed = () => {
    this.rev++
    if (this.#session.status !== 'in') return
    rememberSite(this.#host.site)
    if (!this.wizard) void this.#learn()
  }

  /** Nothing that one person saw or typed stays for the next: every screen is made anew. */
  #left({ next }: Left) {
    this.wizard = null
    this.name = ''
    if (next) this.#tell(say('otherPerson'))
  }

  /** What the bar says of the shop, and whether it is set up yet: until then the wizard comes first. */
  async #learn() {
    const { call, me } = this.#session
    if (!me || !STAFF.includes(me.role)) return
    this.failed = undefined
    try {
      const [wizard, install] = await Promise.all([
        call<Wizard>('GET', '/admin/wizard'),
        call<Install>('GET', '/admin/install'),
      ])
      this.name = install.name
      this.wizard = wizard
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code === 'not_found') this.wizard = { state: 'completed', step: 'install', settingsOpen: true }
      else this.failed = failed
    }
  }

  /** Settings open once the wizard is completed or its first step was skipped. */
  get #mustSetUp() {
    const { wizard } = this
    const { role } = this.#session.me ?? {}
    return role !== 'analyst' && wizard?.settingsOpen === false
  }

  #moved = () => {
    const next = readRoute(location.hash)
    if (location.hash === '' || location.hash.startsWith(hrefOf(this.hosted, next.tab))) this.route = next
  }

  #frame(): Frame {
    const { route } = this
    const session = this.#session
    const href = (path: string) => hrefOf(this.hosted, path)
    return {
      host: this.#host,
      session,
      route,
      call: session.call,
      wizard: this.wizard,
      setWizard: async (put: PutWizard) => {
        this.wizard = await session.call<Wizard>('PUT', '/admin/wizard', put)
      },
      mayChange: session.me?.role === 'owner' || session.me?.role === 'admin',
      href,
      go: (path) => {
        location.hash = href(path)
      },
      tell: (text) => this.#tell(text, pageLanguage()),
      refused: (error: ApiError) => this.#tell(refusal(error)),
    }
  }

  #tell(text: string, lang = language()) {
    clearTimeout(this.#toastTimer)
    this.#toastLang = lang
    this.toast = text
    this.#toastTimer = window.setTimeout(() => {
      this.toast = ''
    }, 6000)
  }

  get #tab(): Tab {
    const { tab, rest } = this.route
    return tab === 'settings' && rest !== 'account' && this.#mustSetUp ? 'wizard' : tab
  }

  #bar(frame: Frame) {
    const tab = this.#tab
    const link = (name: Tab, words: string) =>
      html`<a href=${frame.href(name)} aria-current=${tab === name ? 'page' : nothing}>${words}</a>`
    return html`<header class="bar">
      <div class="brand">${icon('chat')}${say('product')} <span class="cut">${this.name}</span></div>
      <nav class="tabs" aria-label=${say('main')}>
        ${link('settings', say('settings'))}${link('analytics', say('analytics'))}
      </nav>
      <div class="tools">
        ${frame.mayChange ? html`<a class="btn" href=${frame.href('wizard')}>${icon('wand')}<span class="cut">${say(this.wizard?.state === 'completed' ? 'rerunWizard' : 'runWizard')}</span></a>` : nothing}
        <shopbell-admin-menu .frame=${frame} .rev=${this.rev}></shopbell-admin-menu>
      </div>
    </header>`
  }

  #view(frame: Frame) {
    const tab = this.#tab
    const rest = tab === this.route.tab ? this.route.rest : ''
    if (this.failed) return this.#notice(say('failed'), refusal(this.failed), () => this.#learn())
    if (!this.wizard) return html`<p class="empty" role="status">${icon('ring', 'turn')}${say('loading')}</p>`
    void VIEWS[tab]().catch(() => this.#tell(say('offline')))
    const lang = pageLanguage()
    const views = {
      settings: () =>
        html`<shopbell-settings lang=${lang} dir="ltr" .frame=${frame} .path=${rest || 'general'}></shopbell-settings>`,
      analytics: () => html`<shopbell-analytics lang=${lang} dir="ltr" .frame=${frame}></shopbell-analytics>`,
      wizard: () => html`<shopbell-wizard lang=${lang} dir="ltr" .frame=${frame} .path=${rest}></shopbell-wizard>`,
    }
    return views[tab]()
  }

  #instead() {
    const { status, refusal: error } = this.#session
    if (status === 'connecting')
      return html`<p class="empty" role="status">${icon('ring', 'turn')}${say('loading')}</p>`
    if (status === 'out' && !this.#host.vouch) {
      void import('./sign-in/sign-in.ts')
      return html`<shopbell-sign-in lang=${pageLanguage()} dir="ltr" .host=${this.#host} .session=${this.#session}></shopbell-sign-in>`
    }
    if (status === 'out') return this.#notice(say('noVouchTitle'), say('noVouchHint'))
    if (status === 'offline')
      return this.#notice(
        say(error?.code === 'offline' ? 'offlineTitle' : 'failed'),
        error && error.code !== 'offline' ? refusal(error) : say('offlineHint'),
      )
    const why = { origin_refused: say('refusedOrigin'), site_unknown: say('refusedSite') } as Record<string, string>
    return this.#notice(say('refusedTitle'), why[error?.code ?? ''] ?? say('refusedAssertion'))
  }

  #notice = (title: string, hint: string, again = () => this.#session.resume()) => html`<div class="empty" role="alert">
    ${icon('alert')}<h1>${title}</h1><p>${hint}</p>
    <button class="btn" @click=${again}>${say('tryAgain')}</button>
  </div>`

  protected override render() {
    const { status, me } = this.#session
    // A page that the panel is a guest of has its own main part.
    const role = this.hosted ? 'main' : nothing
    if (status !== 'in' || !me) return html`<div class="center" role=${role}>${this.#instead()}</div>`
    if (!STAFF.includes(me.role))
      return html`<div class="center" role=${role}><div class="empty">
        ${icon('lock')}<h1>${say('noRoleTitle')}</h1><p>${say('noRoleHint')}</p>
        <a class="btn" href="${this.#host.base}/inbox">${say('openInbox')}</a>
      </div></div>`
    const frame = this.#frame()
    return html`
      <div class="frame">${this.#bar(frame)}<div class="view" role=${role}>${this.#view(frame)}</div></div>
      ${this.#session.ended ? this.#signInAgain() : nothing}
      <div role="status">${this.toast ? html`<p class="toast" lang=${this.#toastLang} dir="auto">${this.toast}</p>` : nothing}</div>
    `
  }

  #signInAgain() {
    void import('./sign-in/again.ts')
    return html`<shopbell-sign-in-again lang=${pageLanguage()} dir="ltr" .host=${this.#host} .session=${this.#session}></shopbell-sign-in-again>`
  }
}

/** On our own page the panel is all there is. */
function dressPage() {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('body { margin: 0 }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}

if (!customElements.get('shopbell-admin')) customElements.define('shopbell-admin', Panel)
