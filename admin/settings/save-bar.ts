import { css, html, LitElement, nothing } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { parts } from '../styles/parts.ts'
import type { Draft } from './draft.ts'
import { say } from './words.ts'

const styles = css`
  :host {
    position: sticky;
    inset-block-end: 0;
    z-index: 2;
    display: block;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: var(--shopbell-s2);
    min-height: 60px;
    padding: var(--shopbell-s2) var(--shopbell-s6);
    border-block-start: 1px solid var(--shopbell-line);
    background: var(--shopbell-bg);
  }
  .says {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--shopbell-s3);
    margin-inline-end: auto;
  }
  .done {
    display: flex;
    gap: var(--shopbell-s2);
    align-items: center;
  }
  .done .i {
    color: var(--shopbell-ok);
  }
  @container panel (max-width: 719px) {
    .bar {
      padding-inline: var(--shopbell-s4);
    }
    .says {
      font-size: var(--shopbell-text-1);
    }
  }
`

/** What is not saved yet and the way to save it; after a save the way back. Events: `save`, `discard`, `undo`. */
export class SaveBar extends LitElement {
  static override properties = { draft: {}, rev: {} }
  static override styles = [controls, parts, styles]

  declare draft: Draft
  declare rev: number

  #emit = (name: string) => () => this.dispatchEvent(new Event(name, { bubbles: true, composed: true }))

  #pending(changes: number) {
    const { saving, problems, refused } = this.draft
    const wrong = problems.length
    return html`
      <p class="says" role="status">
        <span>${say('unsaved', { n: changes })}</span>
        ${wrong ? html`<span class="error">${icon('alert', 'i-s')}${say('toFix', { n: wrong })}</span>` : nothing}
        ${refused && !wrong ? html`<span class="error">${icon('alert', 'i-s')}${say('notSaved')}</span>` : nothing}
      </p>
      <button class="btn btn-quiet" @click=${this.#emit('discard')}>${say('discard')}</button>
      <button class="btn btn-primary" aria-busy=${saving} @click=${this.#emit('save')}>
        ${saving ? icon('ring', 'turn') : nothing}${say(saving ? 'saving' : 'save')}
      </button>
    `
  }

  protected override render() {
    const { draft } = this
    const changes = draft.changed.length
    return html`<div class="bar">
      ${
        changes
          ? this.#pending(changes)
          : html`<p class="says done" role="status">${icon('okay')}${draft.savedAt ? say('savedAt', { time: when(draft.savedAt, { timeStyle: 'short' }) }) : say('saved')}</p>
              <button class="btn btn-quiet" aria-busy=${draft.saving} @click=${this.#emit('undo')}>${say('undo')}</button>`
      }
    </div>`
  }
}

customElements.define('shopbell-save-bar', SaveBar)
