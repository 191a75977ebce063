import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import { icon } from '../icon.ts'
import { parts } from '../styles/parts.ts'
import { control } from './control.ts'
import { fieldStyles } from './field.css.ts'
import type { FieldSchema, Value } from './schema.ts'
import { shortly } from './shortly.ts'
import { say } from './words.ts'

/** A setting was given another value; null resets it where null is its default. */
export class FieldChange extends Event {
  constructor(
    readonly path: string,
    readonly value: Value,
  ) {
    super('field-change', { bubbles: true, composed: true })
  }
}

/** One setting: its words, its control, the way back to its default, and what is wrong with it. */
export class Field extends LitElement {
  static override properties = {
    path: { reflect: true },
    schema: {},
    value: {},
    problem: {},
    locked: { type: Boolean },
  }
  static override styles = [controls, parts, fieldStyles]
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true }

  declare path: string
  declare schema: FieldSchema
  declare value: Value
  /** What is wrong with the value. */
  declare problem?: string | null
  /** May be read and not changed. */
  declare locked?: boolean

  /** Goes to the control: the way back to the default comes before it. */
  override focus(options?: FocusOptions) {
    this.renderRoot.querySelector<HTMLElement>('#input, .switch')?.focus(options)
  }

  /** Puts a token where the caret is, or was. */
  insert(token: string) {
    const input = this.renderRoot.querySelector<HTMLTextAreaElement>('.input')
    if (!input) return
    input.focus()
    input.setRangeText(`{{${token}}}`, input.selectionStart, input.selectionEnd, 'end')
    this.change(input.value)
  }

  change(value: Value) {
    if (!this.locked) this.dispatchEvent(new FieldChange(this.path, value))
  }

  protected override updated(changed: PropertyValues) {
    // A long text grows with what is in it, up to a screenful.
    const area = changed.has('value') && this.renderRoot.querySelector('textarea')
    if (area) area.rows = Math.min(18, Math.max(4, String(this.value ?? '').split('\n').length + 1))
  }

  #reset() {
    const { schema, value, locked } = this
    if (locked || String(value ?? '') === String(schema.default ?? '')) return nothing
    const to = shortly(schema, schema.default)
    return html`<button class="link reset" @click=${() => this.change(schema.default)}>
      ${to.length > 32 ? say('reset') : say('resetTo', { value: to })}<span class="sr">: ${schema.label}</span>
    </button>`
  }

  protected override render() {
    const { schema, problem } = this
    const isToggle = schema.control === 'toggle'
    const name = isToggle
      ? html`<span class="name" id="name">${schema.label}</span>`
      : html`<label for="input">${schema.label}</label>`
    return html`
      <div class="set ${isToggle ? 'toggle' : isLong(schema) ? 'below' : ''}">
        <div class="words">
          ${name}
          <p class="help" id="help">${schema.help}</p>
          ${this.#reset()}
        </div>
        ${control(this)}
        ${problem ? html`<p class="error" id="problem">${icon('alert', 'i-s')}<span>${problem}</span></p>` : nothing}
      </div>
    `
  }
}

/** Whether its control wants the whole width. */
function isLong({ control, options = {}, tokens }: FieldSchema) {
  if (control === 'select') return Object.values(options).some((words) => words.length > 22)
  return Boolean(tokens) || ['url', 'text', 'textarea', 'markdown', 'addresses'].includes(control)
}

customElements.define('shopbell-field', Field)

declare global {
  interface HTMLElementTagNameMap {
    'shopbell-field': Field
  }
}
