import { html, LitElement, nothing } from 'lit'
import type { HostedSite } from '../../protocol/admin/sign-in.ts'
import type { Session } from '../../protocol/sessions.ts'
import { type ApiError, asApiError, request } from '../client/api.ts'
import type { Host } from '../loader/host.ts'
import { icon } from '../my-chats/icon.ts'
import { controls } from '../styles/controls.ts'
import { type AskedCode, answerCode, askForCode, digitsOf, problemOf, whyRefused } from './code.ts'
import { signInStyles } from './sign-in.css.ts'
import { en } from './words/en.ts'
import { filled, signInWords } from './words/words.ts'

/** A seller has shown who they are. */
export class SignedIn extends Event {
  constructor(readonly session: Session) {
    super('signed-in')
  }
}

/** The way into the hosted inbox, in its colours: by a code from a mail. Tells `signed-in`. */
export class InboxSignIn extends LitElement {
  static override properties = {
    host: {},
    lang: {},
    told: {},
    ended: {},
    texts: { state: true },
    site: { state: true },
    asked: { state: true },
    busy: { state: true },
    problem: { state: true },
    note: { state: true },
  }
  static override styles = [controls, signInStyles]

  /** Null where the page does not know which shop it is for. */
  declare host: Host | null
  /** Why another way in did not work. */
  declare told: string | undefined
  /** Somebody was here until now. */
  declare ended: boolean | undefined
  declare texts: typeof en
  declare site: HostedSite | null
  /** The code that is waited for. */
  declare asked: AskedCode | null
  declare busy: boolean
  /** What is wrong with the field, or with this page. */
  declare problem: string
  declare note: string
  #email = ''
  /** The shop is not known here. */
  #unknown = false

  constructor() {
    super()
    this.texts = en
    this.site = this.asked = null
    this.busy = false
    this.problem = this.note = ''
  }

  override connectedCallback() {
    super.connectedCallback()
    void this.#look()
  }

  protected override updated(changed: Map<string, unknown>) {
    if (changed.has('asked') && changed.get('asked') !== undefined) this.#focus()
  }

  #focus() {
    this.renderRoot.querySelector<HTMLInputElement>('input')?.select()
    this.renderRoot.querySelector<HTMLInputElement>('input')?.focus()
  }

  /** Gets the words, the shop's name, and whether codes can be mailed. */
  async #look() {
    this.texts = await signInWords(this.lang)
    const query = this.host ? `?site=${encodeURIComponent(this.host.site)}` : ''
    await this.#try(async () => {
      this.site = await request<HostedSite>('GET', `${this.host?.base ?? ''}/v1/hosted${query}`)
    }, this.#lookFailed)
  }

  #lookFailed = (error: ApiError): string => {
    this.#unknown = error.code === 'site_unknown' || error.code === 'invalid'
    return this.#unknown ? this.texts.noShop : problemOf(error, this.texts, this.lang)
  }

  /** Does one thing at a time, and says what came of it. */
  async #try(work: () => Promise<void>, why = (error: ApiError) => problemOf(error, this.texts, this.lang)) {
    if (this.busy) return
    this.busy = true
    this.problem = this.note = ''
    try {
      await work()
    } catch (error) {
      this.#refuse(why(asApiError(error)))
    }
    this.busy = false
  }

  #refuse(problem: string) {
    this.problem = problem
    this.#focus()
  }

  #send = (email: string, again = false) =>
    this.#try(async () => {
      if (!this.host) return
      this.#email = email
      this.asked = await askForCode(this.host, email)
      if (again) this.note = this.texts.sentAgain
    })

  #askFor = (event: Event) => {
    event.preventDefault()
    const input = this.renderRoot.querySelector('input')
    const email = input?.value.trim() ?? ''
    if (!email || !input?.checkValidity()) return this.#refuse(this.texts.emailWrong)
    void this.#send(email)
  }

  #answer = (event: Event) => {
    event.preventDefault()
    const { host, asked } = this
    const code = digitsOf(this.renderRoot.querySelector('input')?.value ?? '')
    // A try that cannot be right is not one of the few.
    if (code.length !== 6) return this.#refuse(this.texts.codeShort)
    if (!host || !asked) return
    const why = (error: ApiError) =>
      error.code === 'code_invalid'
        ? this.texts[whyRefused(asked, Date.now())]
        : problemOf(error, this.texts, this.lang)
    void this.#try(async () => {
      this.dispatchEvent(new SignedIn(await answerCode(host, asked, code)))
    }, why)
  }

  #otherEmail = () => {
    this.asked = null
    this.problem = this.note = ''
  }

  #problem() {
    return this.problem
      ? html`<p class="error" id="problem" role="alert">${icon('alert', 'i-s')}<span>${this.problem}</span></p>`
      : nothing
  }

  #submit = (words: string) => html`<button class="btn btn-primary" aria-busy=${this.busy}>
    ${this.busy ? icon('ring', 'turn') : nothing}${words}
  </button>`

  #emailForm() {
    const { texts, problem } = this
    return html`<form novalidate @submit=${this.#askFor}>
      <div class="field">
        <label for="email">${texts.email}</label>
        <input
          class="input"
          id="email"
          name="email"
          type="email"
          inputmode="email"
          autocomplete="email"
          dir="ltr"
          required
          aria-invalid=${!!problem}
          aria-describedby=${problem ? 'problem' : nothing}
          .value=${this.#email}
        />
        ${this.#problem()}
      </div>
      ${this.#submit(texts.sendCode)}
    </form>`
  }

  #codeForm({ email }: AskedCode) {
    const { texts, problem, note } = this
    return html`<form novalidate @submit=${this.#answer}>
        <div class="field">
          <label for="code">${texts.code}</label>
          <p class="small muted" id="hint">${filled(texts.codeHint, email)}</p>
          <input
            class="input digits"
            id="code"
            name="code"
            inputmode="numeric"
            autocomplete="one-time-code"
            dir="ltr"
            required
            aria-invalid=${!!problem}
            aria-describedby=${problem ? 'problem hint' : 'hint'}
          />
          ${this.#problem()}
        </div>
        ${this.#submit(texts.signIn)}
      </form>
      <div class="row">
        <button class="link" @click=${() => this.#send(email, true)}>${texts.resend}</button>
        <button class="link" @click=${this.#otherEmail}>${texts.otherEmail}</button>
      </div>
      <p class="small muted" role="status">${note}</p>`
  }

  /** Where there is no form: why, and what to do. */
  #instead() {
    const { texts, site, problem } = this
    if (problem) {
      const again = () => (this.host ? this.#look() : location.reload())
      return html`${this.#problem()}${
        this.#unknown ? nothing : html`<button class="btn" @click=${again}>${texts.tryAgain}</button>`
      }`
    }
    if (!site) return nothing
    return html`<p>${site.site ? texts.noMail : texts.whichShop}</p>`
  }

  protected override render() {
    const { texts, site, asked, told, ended } = this
    const name = site?.name
    const form = site?.site && site.mail
    return html`
      <div class="head">
        ${icon('chat')}
        <h1>${name ? filled(texts.titleOf, name) : texts.title}</h1>
        ${form && !asked ? html`<p class="muted">${ended ? texts.ended : texts.hint}</p>` : nothing}
      </div>
      ${told && !asked ? html`<p class="error" role="alert">${icon('alert', 'i-s')}<span>${told}</span></p>` : nothing}
      ${form ? (asked ? this.#codeForm(asked) : this.#emailForm()) : this.#instead()}
    `
  }
}

if (!customElements.get('shopbell-inbox-sign-in')) customElements.define('shopbell-inbox-sign-in', InboxSignIn)

declare global {
  interface HTMLElementTagNameMap {
    'shopbell-inbox-sign-in': InboxSignIn
  }
}
