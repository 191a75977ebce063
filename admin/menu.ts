import { html, LitElement, nothing } from 'lit'
import { controls } from '../widgets/styles/controls.ts'
import { ask } from './confirm.ts'
import type { Frame } from './frame.ts'
import { icon } from './icon.ts'
import { menuStyles } from './menu.css.ts'
import { parts } from './styles/parts.ts'
import { say } from './words.ts'

/** The person who is signed in, and what belongs to that person alone. */
export class AdminMenu extends LitElement {
  static override properties = { frame: {}, rev: {}, open: { state: true } }
  static override styles = [controls, parts, menuStyles]

  declare frame: Frame
  declare rev: number
  declare open?: boolean

  override connectedCallback() {
    super.connectedCallback()
    this.addEventListener('keydown', this.#key)
    this.addEventListener('focusout', this.#leave)
  }

  #key = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !this.open) return
    this.open = false
    this.renderRoot.querySelector<HTMLElement>('.btn')?.focus()
  }

  #leave = ({ relatedTarget }: FocusEvent) => {
    if (!this.contains(relatedTarget as Node) && !this.renderRoot.contains(relatedTarget as Node)) this.open = false
  }

  #toggle = () => {
    this.open = !this.open
  }

  #signOut = async () => {
    const { session } = this.frame
    const question = { title: say('signOutTitle'), text: say('signOutHint'), yes: say('signOut'), no: say('cancel') }
    if (!session.hasUnsaved() || (await ask(this, question))) await session.signOut()
  }

  protected override render() {
    const { frame, open } = this
    const { me } = frame.session
    const name = me?.name ?? me?.email ?? ''
    return html`
      <button
        class="btn btn-icon"
        aria-label=${name ? say('accountOf', { name }) : say('account')}
        aria-expanded=${!!open}
        aria-controls="menu"
        @click=${this.#toggle}
      >
        ${icon('account')}
      </button>
      <div id="menu" class="menu" ?hidden=${!open}>
        ${
          open
            ? html`
                <p>
                  ${name ? html`<b dir="auto">${name}</b><br />` : nothing}
                  <span class="small muted">${me ? say(me.role) : ''}</span>
                </p>
                <a href=${frame.href('settings/account')} @click=${this.#toggle}>${icon('key')}${say('sessions')}</a>
                <button @click=${this.#signOut}>${icon('out')}${say('signOut')}</button>
              `
            : nothing
        }
      </div>
    `
  }
}

customElements.define('shopbell-admin-menu', AdminMenu)
