import { html, LitElement } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import { when } from '../locales/say.ts'
import { copyButton } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

interface Invited {
  link: string | null
  expiresAt: number | null
  mailed: boolean
}

/** The link of an invitation: by mail, and to hand over where no mail goes out. Event: `close`. */
export class Invitation extends LitElement {
  static override properties = { invited: {}, tell: {} }
  static override styles = [controls, parts, pageStyles]

  declare invited: Invited
  declare tell: (words: string) => void

  protected override firstUpdated() {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  #close = () => this.dispatchEvent(new Event('close'))

  protected override render() {
    const { link, expiresAt, mailed } = this.invited
    const time = expiresAt ? when(expiresAt) : ''
    return html`<dialog aria-labelledby="title" @close=${this.#close}>
      <div class="stack">
        <h1 id="title">${say(mailed ? 'mailedTitle' : 'linkTitle')}</h1>
        <p class="lead">${say(mailed ? 'mailedHint' : 'linkHint', { time })}</p>
        <div class="snippet"><code>${link}</code>${copyButton(link ?? '', this.tell)}</div>
        <button class="btn btn-primary" @click=${this.#close}>${say('done')}</button>
      </div>
    </dialog>`
  }
}

customElements.define('shopbell-invitation', Invitation)
