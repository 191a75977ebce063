import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Analytics, AnalyticsTable } from '../../protocol/analytics.ts'
import type { SettingsDocument } from '../../protocol/settings/index.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { type ApiError, asApiError } from '../client/request.ts'
import '../diagnostics/diagnostics.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { save } from '../page.ts'
import { refusal, say as shell } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import { analyticsStyles, heatStyles } from './analytics.css.ts'
import { cards } from './cards.ts'
import './chart.ts'
import type { Measure } from './chart.ts'
import { type Choice, faultOf, PRESETS, readChoice, type Span, spanOf, todayIn, writeChoice } from './range.ts'
import { contextTable, csvButton, dayTable, hourTable, sellerTable } from './tables.ts'
import { say } from './words.ts'

const MEASURES: readonly Measure[] = ['messages', 'chats', 'active', 'attachments']

/** How the chats go in a range of days, and whether everything works. */
export class AnalyticsTab extends LitElement {
  static override properties = {
    frame: {},
    zone: { state: true },
    report: { state: true },
    failed: { state: true },
    busy: { state: true },
    measure: { state: true },
    allDays: { state: true },
    typed: { state: true },
  }
  static override styles = [controls, parts, analyticsStyles, heatStyles]

  declare frame: Frame
  declare zone?: string
  declare report?: Analytics
  declare failed?: ApiError | undefined
  declare busy?: boolean
  declare measure: Measure
  declare allDays?: boolean
  /** Dates that make no range yet. */
  declare typed?: Span | undefined
  #asked: string | null = null
  #turn = 0

  constructor() {
    super()
    this.measure = 'messages'
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('frame')) void this.#follow()
  }

  get #choice(): Choice {
    return readChoice(this.frame.route.query)
  }

  get #span(): Span {
    const choice = this.#choice
    return 'preset' in choice ? spanOf(choice.preset, todayIn(this.zone ?? 'UTC')) : choice
  }

  /** Asks for what the address names, once. */
  async #follow() {
    const { route } = this.frame
    if (route.tab !== 'analytics' || this.#asked === route.query.toString()) return
    this.#asked = route.query.toString()
    this.typed = undefined
    await this.#load()
  }

  /** An answer that another range has overtaken is left aside: its figures would stand under that range's name. */
  #load = async () => {
    const turn = ++this.#turn
    this.busy = true
    this.failed = undefined
    const news = await this.#ask().catch((error) => ({ failed: asApiError(error) }))
    if (turn === this.#turn) Object.assign(this, news, { busy: false })
  }

  async #ask() {
    this.zone ??= (await this.frame.call<SettingsDocument>('GET', '/settings')).settings.region.timeZone
    const query = new URLSearchParams({ ...this.#span })
    return { report: await this.frame.call<Analytics>('GET', `/analytics?${query}`) }
  }

  async #refresh() {
    await this.#load()
    if (!this.failed) this.frame.tell(say('refreshed'))
  }

  #choose = (choice: Choice) => this.frame.go(`analytics?${writeChoice(choice)}`)

  #type = (end: 'from' | 'to') => (event: Event) => {
    const span = { ...this.#span, ...this.typed, [end]: (event.target as HTMLInputElement).value }
    if (faultOf(span)) this.typed = span
    else this.#choose(span)
  }

  #download = async (table: AnalyticsTable) => {
    try {
      const query = new URLSearchParams({ ...this.#span, table })
      const file = await this.frame.session.fetch(`/analytics/csv?${query}`)
      save(await file.blob(), `shopbell-${table}-${this.#span.from}-${this.#span.to}.csv`)
    } catch (error) {
      this.frame.refused(asApiError(error))
    }
  }

  #range() {
    const choice = this.#choice
    const span = { ...this.#span, ...this.typed }
    const fault = this.typed && faultOf(this.typed)
    const date = (end: 'from' | 'to') => html`<input
      class="input"
      type="date"
      aria-label=${say(end)}
      .value=${span[end]}
      aria-invalid=${fault ? 'true' : nothing}
      aria-describedby=${fault ? 'fault' : nothing}
      @change=${this.#type(end)}
    />`
    return html`
      <div class="row">
        <h1 class="push">${say('title')}</h1>
        <div class="range">
          <div class="seg" role="group" aria-label=${say('preset')}>
            ${PRESETS.map(
              (preset) => html`<button
                aria-pressed=${'preset' in choice && choice.preset === preset && !this.typed}
                @click=${() => this.#choose({ preset })}
              >
                ${say(preset)}
              </button>`,
            )}
          </div>
          <div class="dates" role="group" aria-label=${say('range')}>
            ${date('from')}<span class="muted">${say('to').toLocaleLowerCase()}</span>${date('to')}
            <button class="btn btn-icon" aria-label=${say('refresh')} title=${say('refresh')} aria-busy=${!!this.busy} @click=${this.#refresh}>
              ${icon('refresh', this.busy ? 'turn' : '')}
            </button>
          </div>
        </div>
      </div>
      ${fault ? html`<p class="error" id="fault" role="alert">${icon('alert', 'i-s')}<span>${say(fault)}</span></p>` : nothing}
    `
  }

  #chart(report: Analytics) {
    const { measure } = this
    const title = say('byDay', { what: say(measure) })
    return html`<section class="card">
      <header>
        <h2>${title}</h2>
        <span class="key">${say('thisPeriod')}</span><span class="key was">${say('before', { n: report.range.days })}</span>
        <select
          class="input measure"
          aria-label=${say('measure')}
          @change=${(event: Event) => {
            this.measure = (event.target as HTMLSelectElement).value as Measure
          }}
        >
          ${MEASURES.map((one) => html`<option value=${one} .selected=${one === measure}>${say(one)}</option>`)}
        </select>
        ${csvButton('days', title, this.#download)}
      </header>
      <shopbell-chart .days=${report.days} .previous=${report.previousDays} .measure=${measure}></shopbell-chart>
    </section>`
  }

  #report(report: Analytics) {
    const { totals, previous } = report
    const isEmpty = totals.messages + totals.chats === 0
    const open = () => {
      this.allDays = true
    }
    return html`
      ${cards(totals, previous)}
      ${
        isEmpty
          ? html`<div class="card empty">${icon('chat')}<b>${say('emptyTitle')}</b><p>${say('emptyHint')}</p></div>`
          : this.#chart(report)
      }
      <div class="two">
        <div class="stack">
          ${contextTable(report, this.#download)}${sellerTable(report, this.#download)}${hourTable(report, this.#download)}
        </div>
        ${dayTable(report, this.#download, !!this.allDays, open)}
      </div>
    `
  }

  protected override render() {
    const { report, failed, frame, busy } = this
    return html`<div class="main" aria-busy=${!!busy}>
      ${this.#range()}
      ${
        failed
          ? html`<div class="card empty" role="alert">
              ${icon('alert')}<b>${shell('failed')}</b><p>${refusal(failed)}</p>
              <button class="btn" @click=${this.#load}>${shell('tryAgain')}</button>
            </div>`
          : report
            ? html`<div class="stack ${busy ? 'busy' : ''}">${this.#report(report)}</div>`
            : html`<p class="card empty" role="status">${icon('ring', 'turn')}${shell('loading')}</p>`
      }
      <shopbell-diagnostics .frame=${frame} .span=${new URLSearchParams({ ...this.#span }).toString()}></shopbell-diagnostics>
    </div>`
  }
}

customElements.define('shopbell-analytics', AnalyticsTab)
