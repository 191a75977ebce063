import { html, LitElement, nothing } from 'lit'
import type { StaffMe, StepUpWay } from '../../protocol/admin/me.ts'
import type { Challenge } from '../../protocol/admin/sign-in.ts'
import { MOST_CODE_TRIES } from '../../protocol/bounds.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { ApiError, asApiError } from '../client/request.ts'
import type { StaffSession } from '../client/session.ts'
import type { PanelHost } from '../host.ts'
import { icon } from '../icon.ts'
import { pageLanguage } from '../locales/say.ts'
import { refusal, say as shell } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import { canUsePasskeys, givePasskey } from './passkey.ts'
import { signInStyles } from './sign-in.css.ts'
import { say } from './words.ts'

/**
 * Proves anew who is there: in a back office by a fresh assertion, without asking; else by passkey or code. Rejects
 * where the person gives up.
 */
export async function stepUp(root: LitElement, session: StaffSession, host: PanelHost): Promise<void> {
  const assertion = await host.vouch?.().catch(() => null)
  if (assertion) {
    await session.call('POST', '/admin/step-up', { assertion })
    return
  }
  const me = await session.call<StaffMe>('GET', '/admin/me')
  const dialog = document.createElement('shopbell-step-up')
  dialog.session = session
  dialog.me = me
  Object.assign(dialog, { lang: pageLanguage(), dir: 'ltr' })
  root.renderRoot.append(dialog)
  try {
    await dialog.done
  } finally {
    dialog.remove()
  }
}

export class StepUpDialog extends LitElement {
  static override properties = { challenge: { state: true }, busy: { state: true }, problem: { state: true } }
  static override styles = [controls, parts, signInStyles]

  declare challenge?: string
  declare busy?: boolean
  declare problem?: string
  session!: StaffSession
  me!: StaffMe
  readonly done: Promise<void>
  /** How often the newest code was wrong. */
  #wrong = 0
  #settle!: { resolve(): void; reject(error: Error): void }

  constructor() {
    super()
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }

  protected override firstUpdated() {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  protected override updated(changed: Map<string, unknown>) {
    if (changed.has('challenge')) this.renderRoot.querySelector<HTMLElement>('input')?.focus()
  }

  async #try(work: () => Promise<void>) {
    this.busy = true
    this.problem = ''
    try {
      await work()
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code !== 'code_invalid') this.problem = refusal(failed)
      else this.problem = say(++this.#wrong < MOST_CODE_TRIES ? 'wrongCode' : 'codeSpent')
    } finally {
      this.busy = false
    }
  }

  #send = () =>
    this.#try(async () => {
      this.challenge = (await this.session.call<Challenge>('POST', '/admin/step-up/code')).challenge
      this.#wrong = 0
    })

  #confirm = (event: SubmitEvent) => {
    event.preventDefault()
    const code = String(new FormData(event.target as HTMLFormElement).get('digits') ?? '')
    void this.#try(() => this.#prove({ challenge: this.challenge, code }))
  }

  #passkey = () =>
    this.#try(async () => {
      const given = await givePasskey(() => this.session.call('POST', '/admin/step-up/passkey'))
      if (given) await this.#prove(given)
    })

  async #prove(proof: object) {
    await this.session.call('POST', '/admin/step-up', proof)
    this.#settle.resolve()
  }

  #giveUp = () => this.#settle.reject(new ApiError('step_up_required'))

  #ways(ways: readonly StepUpWay[]) {
    const passkey = ways.includes('passkey') && canUsePasskeys()
    if (this.challenge)
      return html`<form class="stack" @submit=${this.#confirm}>
        <div class="field">
          <label for="digits">${say('code')}</label>
          <p class="help" id="hint">${say('stepCode', { email: this.me.email ?? '' })}</p>
          <input class="input digits" id="digits" name="digits" inputmode="numeric" autocomplete="one-time-code" aria-describedby="hint" required />
        </div>
        <button class="btn btn-primary" aria-busy=${!!this.busy}>${say('confirm')}</button>
      </form>`
    return html`
      ${passkey ? html`<button class="btn btn-primary" @click=${this.#passkey}>${icon('key')}${say('usePasskey')}</button>` : nothing}
      ${ways.includes('code') ? html`<button class="btn ${passkey ? '' : 'btn-primary'}" @click=${this.#send}>${icon('mail')}${say('stepSend')}</button>` : nothing}
      ${passkey || ways.includes('code') ? nothing : html`<p class="banner">${icon('alert')}${say('stepNone')}</p>`}
    `
  }

  protected override render() {
    return html`<dialog aria-labelledby="title" @cancel=${this.#giveUp}>
      <div class="stack">
        <h1 id="title">${say('stepTitle')}</h1>
        <p class="lead">${say('stepHint')}</p>
        ${this.problem ? html`<p class="error" role="alert">${icon('alert', 'i-s')}<span>${this.problem}</span></p>` : nothing}
        ${this.#ways(this.me.stepUp)}
        <button class="btn btn-quiet" @click=${this.#giveUp}>${shell('cancel')}</button>
      </div>
    </dialog>`
  }
}

customElements.define('shopbell-step-up', StepUpDialog)

declare global {
  interface HTMLElementTagNameMap {
    'shopbell-step-up': StepUpDialog
  }
}
