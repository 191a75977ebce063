import { html, nothing, type TemplateResult } from 'lit'
import { live } from 'lit/directives/live.js'
import { icon } from '../icon.ts'
import { pageLanguage } from '../locales/say.ts'
import type { Field } from './field.ts'
import { boundsOf, mayBeEmpty } from './schema.ts'
import { say } from './words.ts'

type Control = (field: Field) => TemplateResult

const text = (field: Field) => String(field.value ?? '')
const typed = (field: Field) => (event: Event) => {
  const { value } = event.target as HTMLInputElement
  field.change(value === '' && mayBeEmpty(field.schema) ? null : value)
}
const invalid = ({ problem }: Field) => (problem ? 'true' : nothing)
const described = ({ problem }: Field) => (problem ? 'problem help' : 'help')

interface LineOptions {
  type?: string
  list?: string
  mode?: string
}
const line = (field: Field, { type = 'text', list, mode }: LineOptions = {}) => html`<input
  class="input"
  id="input"
  type=${type}
  dir=${type === 'url' || list ? 'ltr' : 'auto'}
  list=${list ?? nothing}
  inputmode=${mode ?? nothing}
  autocomplete="off"
  spellcheck=${type === 'text' && !list && !mode}
  placeholder=${type === 'url' ? 'https://' : nothing}
  .value=${live(text(field))}
  ?disabled=${field.locked}
  aria-invalid=${invalid(field)}
  aria-describedby=${described(field)}
  @input=${typed(field)}
/>`

const area: Control = (field) => html`<div class="field">
  <textarea
    class="input"
    id="input"
    dir="auto"
    rows="4"
    maxlength=${(boundsOf(field.schema).maxLength ?? 10_000) * 2}
    .value=${live(text(field))}
    ?disabled=${field.locked}
    aria-invalid=${invalid(field)}
    aria-describedby=${described(field)}
    @input=${typed(field)}
  ></textarea>
  ${chips(field)}
</div>`

/** One press puts a token where the caret is. */
const chips = (field: Field) =>
  field.schema.tokens && !field.locked
    ? html`<div class="chips" role="group" aria-label=${say('tokens')}>
        ${field.schema.tokens.map(
          (token) => html`<button
            class="chip"
            aria-label=${say('insert', { token })}
            @pointerdown=${(event: Event) => event.preventDefault()}
            @click=${() => field.insert(token)}
          >
            ${token}
          </button>`,
        )}
      </div>`
    : nothing

const options = (field: Field, all: [value: string, words: string][]) => html`<select
  class="input"
  id="input"
  ?disabled=${field.locked}
  aria-invalid=${invalid(field)}
  aria-describedby=${described(field)}
  @change=${typed(field)}
>
  ${all.map(([value, words]) => html`<option value=${value} .selected=${value === field.value}>${words}</option>`)}
</select>`

/** Languages that shops are in most; any other tag can be typed. */
const LOCALES =
  'en en-GB en-US ar bg cs da de de-AT de-CH el es es-MX et fi fr fr-CA he hi hr hu id it ja ko lt lv nb nl nl-BE pl pt pt-BR ro ru sk sl sr sv th tr uk vi zh-Hans zh-Hant'
const nameOf = (tag: string) => new Intl.DisplayNames(pageLanguage(), { type: 'language' }).of(tag) ?? tag

/** What browsers still list under an older name. */
const RENAMED = ['Asia/Ho_Chi_Minh', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Yangon', 'Europe/Kyiv']

function zones(current: string): [string, string][] {
  const all = new Set(['UTC', ...[...Intl.supportedValuesOf('timeZone'), ...RENAMED].toSorted(), current])
  return [...all].map((zone) => [zone, zone.replaceAll('_', ' ')])
}

const CONTROLS: Record<string, Control> = {
  toggle: (field) => html`<button
    class="switch"
    role="switch"
    aria-checked=${field.value === true}
    aria-disabled=${field.locked ? 'true' : nothing}
    aria-labelledby="name"
    aria-describedby=${described(field)}
    @click=${() => field.change(!field.value)}
  ></button>`,
  number: (field) => html`<div class="unit">${line(field, { mode: 'numeric' })}<span>${field.schema.unit}</span></div>`,
  select: (field) => options(field, Object.entries(field.schema.options ?? {})),
  time_zone: (field) => options(field, zones(text(field))),
  url: (field) => line(field, { type: 'url', mode: 'url' }),
  color: (field) => html`<div class="color">
    ${line(field)}<input
      type="color"
      aria-label=${say('pick')}
      .value=${live(/^#[0-9a-f]{6}$/i.test(text(field)) ? text(field) : '#000000')}
      ?disabled=${field.locked}
      @input=${typed(field)}
    />
  </div>`,
  locale: (field) => html`<div class="field">
    ${line(field, { list: 'locales' })}<datalist id="locales">
      ${LOCALES.split(' ').map((tag) => html`<option value=${tag}>${nameOf(tag)}</option>`)}
    </datalist>
  </div>`,
  textarea: area,
  markdown: area,
  text: (field) => (field.schema.tokens ? html`<div class="field">${line(field)} ${chips(field)}</div>` : line(field)),
}

/** What a value is typed into or chosen with. */
export const control: Control = (field) => (CONTROLS[field.schema.control] ?? line)(field)

/** Sign and words of a field that is not right. */
export const fault = (words: string) => html`<p class="error">${icon('alert', 'i-s')}<span>${words}</span></p>`
