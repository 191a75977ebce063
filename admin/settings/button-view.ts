import '../../widgets/start-chat/start-chat.ts'
import { css, html, LitElement, type TemplateResult } from 'lit'
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
  .order {
    height: 72px;
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius);
  }
`

/**
 * The shop's own button, the real element, among the blocks of a product's or an order's page. Only to look at. It takes
 * its colours from the page around it, as it does in the shop; the accent is not among them.
 */
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
    const page = context === 'order' ? orderPage(position, button, rest) : productPage(position, button, rest)
    return html`<div class="page" aria-hidden="true">${page}</div>`
  }
}

const productPage = (position: string, button: TemplateResult, rest: TemplateResult) => html`
  ${position === 'before_summary' ? button : ''}
  <div class="picture"></div>
  ${rest} ${position === 'before_summary' || position === 'after_summary' ? '' : button}
  ${position === 'after_summary' ? html`${rest}${button}` : ''}
`

/** Below an order's table come the addresses; the button stands between the two, or after all. */
const orderPage = (position: string, button: TemplateResult, rest: TemplateResult) => html`
  ${rest}
  <div class="order"></div>
  ${position === 'view_order' ? html`${rest}${button}` : html`${button}${rest}`}
`

customElements.define('shopbell-button-view', ButtonView)
