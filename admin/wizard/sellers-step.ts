import { html, LitElement } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import type { Frame } from '../frame.ts'
import '../people/invitation.ts'
import '../people/sellers.ts'
import type { AddedMember } from '../../protocol/admin/sellers.ts'
import { parts } from '../styles/parts.ts'

/** Who answers: the same desks as under People. */
export class SellersStep extends LitElement {
  static override properties = { frame: {}, invited: { state: true } }
  static override styles = [controls, parts]

  declare frame: Frame
  declare invited?: AddedMember | undefined

  protected override render() {
    const close = () => {
      this.invited = undefined
    }
    return html`<div class="stack">
      <shopbell-sellers
        .frame=${this.frame}
        @invited=${({ detail }: CustomEvent<AddedMember>) => {
          this.invited = detail
        }}
      ></shopbell-sellers>
      ${
        this.invited?.link
          ? html`<shopbell-invitation .invited=${this.invited} .tell=${this.frame.tell} @close=${close}></shopbell-invitation>`
          : ''
      }
    </div>`
  }
}

customElements.define('shopbell-sellers-step', SellersStep)
