import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Check, Diagnostics as Findings, SupportSnapshot } from '../../protocol/diagnostics.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { type ApiError, asApiError } from '../client/request.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { refusal, say as shell } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import { diagnosticsStyles } from './diagnostics.css.ts'
import { say } from './words.ts'

const RANK = { broken: 0, attention: 1, ok: 2 }
const LOOK = {
  ok: { sign: 'okay', tone: 'ok', words: 'okState' },
  attention: { sign: 'alert', tone: 'warn', words: 'attentionState' },
  broken: { sign: 'alert', tone: 'bad', words: 'brokenState' },
} as const
const TAG = { healthy: 'ok', needs_attention: 'warn', broken: 'bad' } as const

/** Whether everything works: what is wrong first, each with what to do about it. */
export class Diagnostics extends LitElement {
  static override properties = {
    frame: {},
    span: {},
    found: { state: true },
    failed: { state: true },
    busy: { state: true },
    text: { state: true },
  }
  static override styles = [controls, parts, diagnosticsStyles]

  declare frame: Frame
  /** The range of the report, as a query: the snapshot tells its totals. */
  declare span: string
  declare found?: Findings
  declare failed?: ApiError | undefined
  declare busy?: boolean
  /** The snapshot, where it must be copied by hand. */
  declare text?: string

  protected override firstUpdated() {
    void this.#check()
  }

  protected override updated(changed: PropertyValues<this>) {
    if (!changed.has('text') || !this.text) return
    this.renderRoot.querySelector('dialog')?.showModal()
    this.renderRoot.querySelector('textarea')?.select()
  }

  async #check() {
    this.busy = true
    this.failed = undefined
    try {
      this.found = await this.frame.call<Findings>('GET', '/diagnostics')
    } catch (error) {
      this.failed = asApiError(error)
    } finally {
      this.busy = false
    }
  }

  async #copy() {
    try {
      const snapshot = await this.frame.call<SupportSnapshot>('GET', `/diagnostics/snapshot?${this.span}`)
      const text = JSON.stringify(snapshot, null, 2)
      const isCopied = await navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      )
      if (isCopied) this.frame.tell(say('copied'))
      else this.text = text
    } catch (error) {
      this.frame.refused(asApiError(error))
    }
  }

  #check1 = ({ title, state, says, remedy, field }: Check) => {
    const { sign, tone, words } = LOOK[state]
    return html`<li>
      <span class=${tone}>${icon(sign)}</span>
      <b>${title}<span class="sr">: ${say(words)}</span></b>
      <p>${says}${remedy ? html` <span class="remedy">${remedy}</span>` : nothing}</p>
      ${field ? html`<a class="btn" href=${this.frame.href(`settings/${pageOf(field)}`)}>${say('openSetting')}<span class="sr">: ${title}</span></a>` : nothing}
    </li>`
  }

  #findings() {
    const { found, failed } = this
    // Whatever it was that failed, whoever reads this came to hear what to do about it.
    const isOurs = failed?.passing && failed.code !== 'offline'
    if (failed)
      return html`<div class="card empty" role="alert">
        ${icon('alert')}<b>${isOurs ? say('noAnswer') : shell('failed')}</b><p>${isOurs ? say('noAnswerHint') : refusal(failed)}</p>
        <button class="btn" @click=${this.#check}>${shell('tryAgain')}</button>
      </div>`
    if (!found) return html`<p class="card empty" role="status">${icon('ring', 'turn')}${say('checking')}</p>`
    const worstFirst = found.checks.toSorted((one, other) => RANK[one.state] - RANK[other.state])
    return html`<ul class="card checks ${this.busy ? 'busy' : ''}">${worstFirst.map(this.#check1)}</ul>`
  }

  #byHand() {
    const close = () => {
      this.text = ''
    }
    return html`<dialog aria-labelledby="copy" @close=${close}>
      <div class="stack">
        <h1 id="copy">${say('copyTitle')}</h1>
        <p class="lead">${say('copyHint')}</p>
        <textarea class="input code" rows="14" readonly aria-labelledby="copy" .value=${this.text ?? ''}></textarea>
        <button class="btn btn-primary" @click=${close}>${shell('close')}</button>
      </div>
    </dialog>`
  }

  protected override render() {
    const { failed, busy } = this
    // What was found before is no longer known where the next look has failed.
    const found = failed ? undefined : this.found
    return html`
      <div class="row">
        <h1>${say('title')}</h1>
        <div class="row push" role="status">
          ${found ? html`<span class="tag tag-${TAG[found.state]}">${icon(found.state === 'healthy' ? 'okay' : 'alert', 'i-s')}${say(found.state)}</span>` : nothing}
          ${found ? html`<span class="small muted">${say('checkedAt', { time: when(found.checkedAt, { timeStyle: 'medium' }) })}</span>` : nothing}
        </div>
        <button class="btn" aria-busy=${!!busy} @click=${this.#check}>${icon('refresh', busy ? 'turn' : '')}${say('refresh')}</button>
        <button class="btn" @click=${this.#copy}>${icon('copy')}${say('snapshot')}</button>
      </div>
      ${this.#findings()} ${this.text ? this.#byHand() : nothing}
    `
  }
}

/** The page of the settings that a setting stands on. */
const pageOf = (field: string) =>
  field
    .split('.')
    .slice(0, field.startsWith('contexts.') ? 2 : 1)
    .join('.')

customElements.define('shopbell-diagnostics', Diagnostics)
