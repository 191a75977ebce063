import { css, html, LitElement, nothing } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import { shortly } from '../form/shortly.ts'
import { when } from '../locales/say.ts'
import { parts } from '../styles/parts.ts'
import type { Difference, Draft } from './draft.ts'
import { say } from './words.ts'

const styles = css`
  dialog {
    width: min(720px, calc(100vw - 32px));
  }
  .stack {
    gap: var(--shopbell-s4);
  }
  td {
    vertical-align: top;
    padding-block: var(--shopbell-s2);
    max-width: 220px;
    white-space: pre-line;
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }
  fieldset {
    display: grid;
    gap: var(--shopbell-s1);
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset label {
    display: flex;
    gap: var(--shopbell-s2);
    font-weight: var(--shopbell-regular);
  }
  input {
    accent-color: var(--shopbell-accent);
  }
  .row {
    justify-content: flex-end;
  }
  @media (max-width: 559px) {
    thead {
      display: none;
    }
    tr,
    td {
      display: block;
      height: auto;
      max-width: none;
      padding-inline: 0;
    }
    tr {
      padding-block: var(--shopbell-s2);
      border-block-end: 1px solid var(--shopbell-line);
    }
    td {
      padding-block: 2px;
      border: 0;
    }
    td[data-label]::before {
      content: attr(data-label) ': ';
      color: var(--shopbell-muted);
    }
  }
`

/**
 * Shows what somebody else saved meanwhile, beside what was about to be saved here, and asks how to go on. Event: `settle`, with the
 * settings of which theirs stay.
 */
export class ConflictDialog extends LitElement {
  static override properties = { draft: {}, rev: {}, theirs: { state: true } }
  static override styles = [controls, parts, styles]

  declare draft: Draft
  declare rev: number
  declare theirs: ReadonlySet<string>

  constructor() {
    super()
    this.theirs = new Set()
  }

  protected override updated() {
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog && !dialog.open) dialog.showModal()
  }

  #choose(path: string, theirs: boolean) {
    const next = new Set(this.theirs)
    if (theirs) next.add(path)
    else next.delete(path)
    this.theirs = next
  }

  /** The page goes on from there: only it can show why a save is refused. */
  #settle = () => this.dispatchEvent(new CustomEvent('settle', { detail: this.theirs }))

  #row = ({ field, was, theirs, mine }: Difference) => {
    const { path, schema } = field
    const choice = (words: string, isTheirs: boolean) => html`<label>
      <input
        type="radio"
        name=${path}
        .checked=${this.theirs.has(path) === isTheirs}
        @change=${() => this.#choose(path, isTheirs)}
      />${words}
    </label>`
    return html`<tr>
      <td><b>${schema.label}</b></td>
      <td data-label=${say('was')}>${shortly(schema, was)}</td>
      <td data-label=${say('theirs')}>${shortly(schema, theirs)}</td>
      ${
        mine === undefined
          ? html`<td></td>`
          : html`<td data-label=${say('mine')}>
              ${shortly(schema, mine)}
              <fieldset aria-label=${schema.label}>${choice(say('useMine'), false)}${choice(say('useTheirs'), true)}</fieldset>
            </td>`
      }
    </tr>`
  }

  protected override render() {
    const { conflict } = this.draft
    if (!conflict) return nothing
    const { by, at, differences } = conflict
    const { draft } = this
    return html`<dialog aria-labelledby="title" @cancel=${(event: Event) => event.preventDefault()}>
      <div class="stack">
        <h1 id="title">${say('conflictTitle')}</h1>
        <p class="lead">${by && at ? say('conflictBy', { name: nameOf(by), time: when(at) }) : say('conflictHint')}</p>
        <div class="scroll">
          <table>
            <thead>
              <tr><th>${say('setting')}</th><th>${say('was')}</th><th>${say('theirs')}</th><th>${say('mine')}</th></tr>
            </thead>
            <tbody>${differences.map(this.#row)}</tbody>
          </table>
        </div>
        <div class="row">
          <button class="btn btn-quiet" @click=${() => draft.takeTheirs()}>${say('dropMine')}</button>
          <button class="btn btn-primary" @click=${this.#settle}>${say('saveMine')}</button>
        </div>
      </div>
    </dialog>`
  }
}

/** Keys and the operator have no name of their own. */
function nameOf(by: string): string {
  if (by.startsWith('key_')) return say('byServer')
  return by === 'operator' ? say('byOperator') : by
}

customElements.define('shopbell-conflict', ConflictDialog)
