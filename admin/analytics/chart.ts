import { html, LitElement, nothing } from 'lit'
import type { DayCounts } from '../../protocol/analytics.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { number, when } from '../locales/say.ts'
import { parts } from '../styles/parts.ts'
import { chartStyles } from './chart.css.ts'
import { say } from './words.ts'

export type Measure = 'messages' | 'chats' | 'active' | 'attachments'

const HEIGHT = 216
const TOP = 12
const FLOOR = 192
const START = 40
/** Room for a day under the last bar. */
const LABEL = 44
const TIP = { width: 208, height: 48 }

/** A round number at or above, whose quarters are round too. */
function ceiling(most: number): number {
  if (most <= 4) return 4
  const size = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 6, 8, 10].map((step) => step * size).find((top) => top >= most) ?? most
}

const dayName = (day: string, options: Intl.DateTimeFormatOptions) =>
  when(Date.parse(day), { timeZone: 'UTC', ...options })

/** Bars by day over the period before, drawn as a dashed line. By pointer or arrow keys each day tells its numbers. */
export class Chart extends LitElement {
  static override properties = { days: {}, previous: {}, measure: {}, width: { state: true }, at: { state: true } }
  static override styles = [controls, parts, chartStyles]

  declare days: readonly DayCounts[]
  declare previous: readonly DayCounts[]
  declare measure: Measure
  declare width: number
  /** The day that is looked at. */
  declare at: number | null
  readonly #watch = new ResizeObserver(([entry]) => {
    this.width = Math.max(280, Math.floor(entry?.contentRect.width ?? 0))
  })

  constructor() {
    super()
    this.width = 640
    this.at = null
  }

  override connectedCallback() {
    super.connectedCallback()
    this.#watch.observe(this)
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#watch.disconnect()
  }

  get #step() {
    return (this.width - START) / Math.max(1, this.days.length)
  }

  #x = (index: number) => START + this.#step * (index + 0.5)

  #point = ({ offsetX }: PointerEvent) => {
    const index = Math.floor((offsetX - START) / this.#step)
    this.at = index >= 0 && index < this.days.length ? index : null
  }

  #key = (event: KeyboardEvent) => {
    const last = this.days.length - 1
    const rtl = this.matches(':dir(rtl)') ? -1 : 1
    const moves: Record<string, number> = { ArrowRight: rtl, ArrowLeft: -rtl, Home: -last, End: last }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    this.at = Math.min(last, Math.max(0, (this.at ?? (move < 0 ? last + 1 : -1)) + move))
  }

  #leave = () => {
    this.at = null
  }

  #words(index: number): [day: string, counts: string] {
    const { days, previous, measure } = this
    const day = days[index]
    if (!day) return ['', '']
    const was = previous[index]?.[measure]
    const now = `${number(day[measure])} ${say(measure === 'attachments' ? 'files' : measure === 'active' ? 'colActive' : measure === 'chats' ? 'colChats' : 'colMessages').toLocaleLowerCase()}`
    return [
      dayName(day.day, { weekday: 'long', day: 'numeric', month: 'short' }),
      was === undefined ? now : `${now}, ${say('was', { n: was })}`,
    ]
  }

  #tip(y: (value: number) => number) {
    const { at, days, measure, width } = this
    const day = at === null ? undefined : days[at]
    if (at === null || !day) return nothing
    const x = this.#x(at)
    const left = Math.min(width - TIP.width - 1, Math.max(1, x + (x > width / 2 ? -TIP.width - 12 : 12)))
    const top = Math.min(FLOOR - TIP.height, Math.max(2, y(day[measure]) - 8))
    const [name, counts] = this.#words(at)
    return html`<svg class="i-tip" x=${left} y=${top} width=${TIP.width} height=${TIP.height} overflow="visible">
      <rect class="tip" width=${TIP.width} height=${TIP.height} rx="6" />
      <text class="t1" x="12" y="20">${name}</text>
      <text class="t2" x="12" y="38">${counts}</text>
    </svg>`
  }

  protected override render() {
    const { days, previous, measure, width, at } = this
    const top = ceiling(Math.max(...days.map((day) => day[measure]), ...previous.map((day) => day[measure])))
    const y = (value: number) => FLOOR - (value / top) * (FLOOR - TOP)
    const bar = Math.max(2, Math.min(40, this.#step * 0.62))
    const every = Math.ceil(days.length / Math.max(2, Math.floor((width - START) / 84)))
    const line = previous.map(
      (day, index) => `${index ? 'L' : 'M'}${this.#x(index).toFixed(1)} ${y(day[measure]).toFixed(1)}`,
    )
    const shape = (value: number, index: number) => {
      const [left, height] = [this.#x(index) - bar / 2, FLOOR - y(value)]
      const r = Math.min(3, height, bar / 2)
      return `M${left} ${FLOOR}v${-(height - r)}q0 ${-r} ${r} ${-r}h${bar - 2 * r}q${r} 0 ${r} ${r}v${height - r}z`
    }
    const name = say('byDay', { what: say(measure) })
    return html`<div
        class="plot"
        role="img"
        tabindex="0"
        aria-label="${name}. ${say('chartHelp')}"
        @pointermove=${this.#point}
        @pointerleave=${this.#leave}
        @blur=${this.#leave}
        @keydown=${this.#key}
      >
        <svg class="chart" width=${width} height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" aria-hidden="true">
          ${[0, 1, 2, 3, 4].map(
            (quarter) => html`<svg overflow="visible">
              <path class="grid" d="M${START} ${Math.round(y((top / 4) * quarter)) + 0.5}H${width}" />
              <text x=${START - 8} y=${y((top / 4) * quarter) + 4} text-anchor="end">${number((top / 4) * quarter)}</text>
            </svg>`,
          )}
          ${days.map((day, index) =>
            day[measure]
              ? html`<svg overflow="visible"><path class="bar ${index === at ? 'on' : ''}" d=${shape(day[measure], index)} /></svg>`
              : nothing,
          )}
          <path class="prev" d=${line.join('')} />
          ${days.map((day, index) =>
            index % every
              ? nothing
              : html`<svg overflow="visible"><text x=${Math.min(this.#x(index), width - LABEL / 2)} y="212" text-anchor="middle">${dayName(day.day, { day: 'numeric', month: 'short' })}</text></svg>`,
          )}
          ${this.#tip(y)}
        </svg>
      </div>
      <p class="sr" role="status">${at === null ? '' : this.#words(at).join(': ')}</p>`
  }
}

customElements.define('shopbell-chart', Chart)
