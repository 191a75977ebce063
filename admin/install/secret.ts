import { css, html, LitElement } from 'lit'
import type { NewHook, NewKey } from '../../protocol/operator.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { copyButton } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

const styles = css`
  dialog {
    width: min(560px, calc(100vw - 32px));
  }
`

/** A secret that was just made: shown once, then gone. Event: `close`. */
export class Secret extends LitElement {
  static override properties = { made: {}, tell: {} }
  static override styles = [controls, parts, pageStyles, styles]

  declare made: NewKey | NewHook
  declare tell: (words: string) => void

  protected override firstUpdated() {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #close = () => this.dispatchEvent(new Event('close'))

  #line = (label: string, text: string) => html`<div class="field">
    <span class="name">${label}</span>
    <div class="snippet"><code>${text}</code>${copyButton(text, this.tell)}</div>
  </div>`

  protected override render() {
    const { made } = this
    return html`<dialog aria-labelledby="title" @cancel=${(event: Event) => event.preventDefault()}>
      <div class="stack">
        <h1 id="title">${say('secretTitle')}</h1>
        <p class="lead">${say('secretHint')}</p>
        ${this.#line(say('keyId'), made.id)} ${this.#line(say('secret'), made.secret)}
        ${'url' in made ? this.#line(say('address'), made.url) : ''}
        <button class="btn btn-primary" @click=${this.#close}>${say('done')}</button>
      </div>
    </dialog>`
  }
}

customElements.define('shopbell-secret', Secret)
