import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { controls } from '../../widgets/styles/controls.ts'
import type { Field as FieldElement } from '../form/field.ts'
import '../form/field.ts'
import type { Field, Group } from '../form/schema.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { parts } from '../styles/parts.ts'
import type { Draft } from './draft.ts'
import { sectionStyles } from './section.css.ts'

/** One section of the settings: its fields, and those of the groups within it. */
export class Section extends LitElement {
  static override properties = { frame: {}, draft: {}, group: {}, rev: {} }
  static override styles = [controls, parts, sectionStyles]

  declare frame: Frame
  declare draft: Draft
  declare group: Group
  /** Rises with every change of the draft. */
  declare rev: number

  /** Takes the focus to a field; false where it is not here. */
  async focusField(path: string): Promise<boolean> {
    const field = this.renderRoot.querySelector(`shopbell-field[path="${CSS.escape(path)}"]`) as FieldElement | null
    await field?.updateComplete
    field?.scrollIntoView({ block: 'center' })
    field?.focus()
    return field !== null
  }

  #fields(fields: readonly Field[]) {
    const { draft, frame } = this
    const shown = fields.filter((field) => draft.isShown(field))
    return repeat(
      shown,
      ({ path }) => path,
      (field) => html`
        ${field.schema.group ? html`<h2>${field.schema.group}</h2>` : nothing}
        <shopbell-field
          path=${field.path}
          .schema=${field.schema}
          .value=${draft.value(field.path)}
          .problem=${draft.problem(field)}
          ?locked=${!frame.mayChange}
        ></shopbell-field>
      `,
    )
  }

  /** A group of contexts is a list of pages; any other stands on the page, under its own heading. */
  #groups() {
    const { group } = this
    if (group.path !== 'contexts')
      return group.groups.map(
        (inner) => html`<h2>${inner.label}</h2><p class="help">${inner.help}</p>${this.#fields(inner.fields)}`,
      )
    return html`<ul class="contexts">
      ${group.groups.map(({ path, label, help, fields }) => {
        const main = fields.filter((field) => field.path === `${path}.enabled`)
        return html`<li>
          <a href=${this.frame.href(`settings/${path}`)}><b>${label}</b><span class="help">${help}</span>${icon('chevron')}</a>
          ${this.#fields(main)}
        </li>`
      })}
    </ul>`
  }

  protected override render() {
    const { label, help, fields } = this.group
    return html`
      <div class="page-head"><h1 tabindex="-1">${label}</h1><p class="lead">${help}</p></div>
      ${this.#fields(fields)} ${this.#groups()}
    `
  }
}

customElements.define('shopbell-section', Section)
