import { html, LitElement, nothing } from 'lit'
import type { Challenge, HostedSite } from '../../protocol/admin/sign-in.ts'
import { MOST_CODE_TRIES } from '../../protocol/bounds.ts'
import type { Session as Grant } from '../../protocol/sessions.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { ApiError, asApiError, request } from '../client/request.ts'
import type { StaffSession } from '../client/session.ts'
import type { PanelHost } from '../host.ts'
import { icon } from '../icon.ts'
import { refusal } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import { canUsePasskeys, givePasskey } from './passkey.ts'
import { signInStyles } from './sign-in.css.ts'
import { say } from './words.ts'

type Step = 'email' | 'code' | 'setup' | 'site'

/** The way in on the hosted page: a code by e-mail, a passkey, a one-time link, or the setup code of a new deployment. */
export class SignIn extends LitElement {
  static override properties = {
    host: {},
    session: {},
    again: { type: Boolean },
    step: { state: true },
    site: { state: true },
    busy: { state: true },
    problem: { state: true },
  }
  static override styles = [controls, parts, signInStyles]

  declare host: PanelHost
  declare session: StaffSession
  /** Over a page in use, by somebody who was here just now. */
  declare again?: boolean
  declare step: Step
  declare site?: HostedSite
  declare busy?: boolean
  declare problem?: string
  #email = ''
  #challenge = ''
  /** How often the newest code was wrong: the server says no more of a code than that. */
  #wrong = 0

  constructor() {
    super()
    this.step = 'email'
  }

  protected override firstUpdated() {
    this.#email = this.session.me?.email ?? ''
    void this.#begin()
  }

  protected override updated(changed: Map<string, unknown>) {
    if (changed.has('step') && changed.get('step')) this.renderRoot.querySelector<HTMLElement>('input')?.focus()
  }

  async #begin() {
    await this.#try(async () => {
      const site = await this.#ask()
      if (site.site) this.host.site = site.site
      this.site = site
      this.step = site.site ? 'email' : 'site'
      if (site.site) await this.#redeem()
    })
  }

  /** What there is to sign in to. What is no id of a site is the id of none, and may be typed again. */
  async #ask(): Promise<HostedSite> {
    const query = this.host.site ? `?site=${encodeURIComponent(this.host.site)}` : ''
    try {
      return await request<HostedSite>('GET', `${this.host.base}/v1/hosted${query}`)
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code !== 'invalid' && failed.code !== 'site_unknown') throw failed
      this.step = 'site'
      throw new ApiError('site_unknown')
    }
  }

  /** A link works once: it leaves the address before anything else happens. */
  async #redeem() {
    const [, kind, link] = /^#(invite|setup)=([\w-]+)/.exec(location.hash) ?? []
    if (!link) return
    history.replaceState(null, '', location.pathname + location.search)
    if (kind === 'setup') {
      this.step = 'setup'
      await this.updateComplete
      const input = this.renderRoot.querySelector<HTMLInputElement>('[name=code]')
      if (input) input.value = link
    } else await this.session.open({ link })
  }

  /** Does one thing at a time, and says what came of it. */
  async #try(work: () => Promise<void>) {
    this.busy = true
    this.problem = ''
    try {
      await work()
    } catch (error) {
      const failed = asApiError(error)
      const isSpent = failed.code === 'code_invalid' && ++this.#wrong >= MOST_CODE_TRIES
      this.problem = isSpent ? say('codeSpent') : problemOf(failed)
    } finally {
      this.busy = false
    }
  }

  #post<T>(path: string, body: object): Promise<T> {
    return request<T>('POST', `${this.host.base}/v1/sign-in/${path}`, '', { site: this.host.site, ...body })
  }

  /** A form's fields by name; its button is the only way to send it. */
  #form = (send: (value: (name: string) => string) => Promise<void>) => (event: SubmitEvent) => {
    event.preventDefault()
    const data = new FormData(event.target as HTMLFormElement)
    if (!this.busy) void this.#try(() => send((name) => String(data.get(name) ?? '').trim()))
  }

  #sendCode = async (email: string) => {
    const { challenge } = await this.#post<Challenge>('codes', { door: 'admin', email })
    this.#email = email
    this.#challenge = challenge
    this.#wrong = 0
    this.step = 'code'
  }

  #useCode = async (code: string) =>
    this.session.accept(await this.#post<Grant>('code', { challenge: this.#challenge, code }))

  #usePasskey = () =>
    this.#try(async () => {
      const given = await givePasskey((path) => this.#post(path, {}))
      if (given) this.session.accept(await this.#post<Grant>('passkey', { door: 'admin', ...given }))
    })

  #setUp = async (value: (name: string) => string) => {
    const name = value('name')
    await this.session.open({ link: value('code'), owner: { email: value('email'), ...(name ? { name } : {}) } })
  }

  #input(
    name: string,
    label: string,
    more: { type?: string; auto?: string; value?: string; hint?: string; mode?: string },
  ) {
    return html`<div class="field">
      <label for=${name}>${label}</label>
      ${more.hint ? html`<p class="help" id="${name}-hint">${more.hint}</p>` : nothing}
      <input
        class="input ${name === 'digits' ? 'digits' : ''}"
        id=${name}
        name=${name}
        type=${more.type ?? 'text'}
        inputmode=${more.mode ?? nothing}
        autocomplete=${more.auto ?? 'off'}
        aria-describedby=${more.hint ? `${name}-hint` : nothing}
        .value=${more.value ?? ''}
        required
      />
    </div>`
  }

  #submit = (words: string) => html`<button class="btn btn-primary" aria-busy=${!!this.busy}>
    ${this.busy ? icon('ring', 'turn') : nothing}${words}
  </button>`
  #link = (words: string, step: Step) => html`<button
    class="link"
    type="button"
    @click=${() => {
      this.step = step
      this.problem = ''
    }}
  >
    ${words}
  </button>`

  #steps(): Record<Step, () => unknown> {
    const { mail = true } = this.site ?? {}
    return {
      email: () => html`
        ${
          mail
            ? html`<form class="stack" @submit=${this.#form((value) => this.#sendCode(value('email')))}>
                ${this.#input('email', say('email'), { type: 'email', auto: 'username webauthn', value: this.#email, mode: 'email' })}
                ${this.#submit(say('sendCode'))}
              </form>`
            : html`<p class="banner">${icon('mail')}${say('noMail')}</p>`
        }
        ${
          canUsePasskeys()
            ? html`<button class="btn" @click=${this.#usePasskey}>${icon('key')}${say('usePasskey')}</button>`
            : nothing
        }
        ${this.again ? nothing : this.#link(say('haveSetup'), 'setup')}
      `,
      code: () => html`<form class="stack" @submit=${this.#form((value) => this.#useCode(value('digits')))}>
          ${this.#input('digits', say('code'), { mode: 'numeric', auto: 'one-time-code', hint: say('codeHint', { email: this.#email }) })}
          ${this.#submit(say('signIn'))}
        </form>
        <div class="row"><button class="link" type="button" @click=${() => this.#try(() => this.#sendCode(this.#email))}>${say('resend')}</button>
        ${this.#link(say('otherEmail'), 'email')}</div>`,
      setup: () => html`<form class="stack" @submit=${this.#form(this.#setUp)}>
          ${this.#input('code', say('setupCode'), { hint: say('setupHint') })}
          ${this.#input('name', say('yourName'), { auto: 'name' })}
          ${this.#input('email', say('email'), { type: 'email', auto: 'email', mode: 'email', hint: say('ownerHint') })}
          ${this.#submit(say('begin'))}
        </form>
        ${this.#link(say('back'), 'email')}`,
      site: () => html`<form
        class="stack"
        @submit=${this.#form(async (value) => {
          this.host.site = value('site')
          await this.#begin()
        })}
      >
        ${this.#input('site', say('site'), { hint: say('siteHint') })} ${this.#submit(say('next'))}
      </form>`,
    }
  }

  protected override render() {
    const { site, step, problem, again } = this
    return html`
      ${
        again
          ? nothing
          : html`<div class="head">
              ${icon('chat')}
              <h1>${site?.name ? say('titleOf', { name: site.name }) : say('title')}</h1>
            </div>`
      }
      ${problem ? html`<p class="error" role="alert">${icon('alert', 'i-s')}<span>${problem}</span></p>` : nothing}
      ${site || problem ? this.#steps()[step]() : html`<p class="empty" role="status">${icon('ring', 'turn')}</p>`}
    `
  }
}

const OWN: Record<string, 'linkUsed' | 'wrongCode' | 'tooOften' | 'badPasskey' | 'badEmail' | 'noSite'> = {
  link_invalid: 'linkUsed',
  code_invalid: 'wrongCode',
  codes_limited: 'tooOften',
  passkey_invalid: 'badPasskey',
  invalid: 'badEmail',
  site_unknown: 'noSite',
}
function problemOf(error: ApiError): string {
  const key = OWN[error.code]
  return key ? say(key) : refusal(error)
}

customElements.define('shopbell-sign-in', SignIn)
