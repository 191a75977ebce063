import { css, html, LitElement, nothing } from 'lit'
import { controls } from '../widgets/styles/controls.ts'
import { say } from './page-words.ts'
import { parts } from './styles/parts.ts'

export interface Question {
  title: string
  text: string
  /** On the button that does it. */
  yes: string
  /** On the one that does not, where it is not a page that asks. */
  no?: string
  /** What must be typed before, for what cannot be undone. */
  typed?: { label: string; word: string }
}

const styles = css`
  .row {
    justify-content: flex-end;
  }
`

/** Asks before something that cannot be taken back. Event: `confirm`, `close`. */
export class Confirm extends LitElement {
  static override properties = { question: {}, ready: { state: true } }
  static override styles = [controls, parts, styles]

  declare question: Question
  declare ready: boolean

  protected override firstUpdated() {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #close = (yes: boolean) => this.dispatchEvent(new CustomEvent('answer', { detail: yes }))

  protected override render() {
    const { title, text, yes, no = say('cancel'), typed } = this.question
    const isReady = !typed || this.ready
    return html`<dialog aria-labelledby="title" aria-describedby="text" @cancel=${() => this.#close(false)}>
      <div class="stack">
        <h1 id="title">${title}</h1>
        <p class="lead" id="text">${text}</p>
        ${
          typed
            ? html`<div class="field">
                <label for="typed">${typed.label}</label>
                <input
                  class="input"
                  id="typed"
                  autocomplete="off"
                  @input=${(event: Event) => {
                    this.ready = (event.target as HTMLInputElement).value.trim() === typed.word
                  }}
                />
              </div>`
            : nothing
        }
        <div class="row">
          <button class="btn btn-quiet" @click=${() => this.#close(false)}>${no}</button>
          <button class="btn btn-bad" ?disabled=${!isReady} @click=${() => this.#close(true)}>${yes}</button>
        </div>
      </div>
    </dialog>`
  }
}

customElements.define('shopbell-confirm', Confirm)

/** Asks over the page, and answers whether it is to be done. The focus goes back to where it was. */
export function ask(root: LitElement, question: Question): Promise<boolean> {
  const dialog = document.createElement('shopbell-confirm') as Confirm
  dialog.question = question
  root.renderRoot.append(dialog)
  return new Promise((resolve) => {
    dialog.addEventListener('answer', (event) => {
      dialog.remove()
      resolve((event as CustomEvent<boolean>).detail)
    })
  })
}
