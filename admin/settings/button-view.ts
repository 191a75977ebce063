import '../../widgets/start-chat/start-chat.ts'
import { css, html, LitElement } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import { parts } from '../styles/parts.ts'

const styles = css`
  .page {
    display: grid;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s4);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-subtle);
  }
  .picture {
    height: 96px;
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-sunken);
  }
  .line {
    height: 10px;
    border-radius: 5px;
    background: var(--shopbell-line);
  }
  .short {
    width: 55%;
  }
`

/** The shop's own button, the real element, among the blocks of a product's page. Only to look at. */
export class ButtonView extends LitElement {
  static override properties = { context: {}, label: {}, position: {} }
  static override styles = [controls, parts, styles]

  declare context: string
  declare label: string
  declare position: string

  protected override render() {
    const { context, label, position } = this
    const button = html`<shopbell-start-chat context=${context} label=${label} inert></shopbell-start-chat>`
    const rest = html`<div class="line"></div><div class="line short"></div>`
    return html`<div class="page" aria-hidden="true">
      ${position === 'before_summary' ? button : ''}
      ${context === 'product' ? html`<div class="picture"></div>` : ''}
      ${rest} ${position === 'before_summary' || position === 'after_summary' ? '' : button}
      ${position === 'after_summary' ? html`${rest}${button}` : ''}
    </div>`
  }
}

customElements.define('shopbell-button-view', ButtonView)
