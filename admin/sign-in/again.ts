import { css, html, LitElement } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import type { StaffSession } from '../client/session.ts'
import type { PanelHost } from '../host.ts'
import { parts } from '../styles/parts.ts'
import './sign-in.ts'
import { say } from './words.ts'

const styles = css`
  .row {
    justify-content: space-between;
  }
`

/** Signing in over a page that is in use: nothing behind it is lost. */
export class SignInAgain extends LitElement {
  static override properties = { host: {}, session: {} }
  static override styles = [controls, parts, styles]

  declare host: PanelHost
  declare session: StaffSession

  protected override firstUpdated() {
    this.renderRoot.querySelector('dialog')?.showModal()
  }

  protected override render() {
    const { host, session } = this
    return html`<dialog aria-labelledby="title" @cancel=${() => session.giveUp()}>
      <div class="stack">
        <h1 id="title">${say('endedTitle')}</h1>
        <p class="lead">${say(host.vouch ? 'endedVouch' : 'endedHint')}</p>
        ${
          host.vouch
            ? html`<button class="btn btn-primary" @click=${() => session.vouchAgain()}>${say('continue')}</button>`
            : html`<shopbell-sign-in again .host=${host} .session=${session}></shopbell-sign-in>`
        }
        <button class="btn btn-quiet" @click=${() => session.giveUp()}>${say('notNow')}</button>
      </div>
    </dialog>`
  }
}

customElements.define('shopbell-sign-in-again', SignInAgain)
