import { css, html, LitElement, type PropertyValues } from 'lit'
import { accent } from '../../widgets/styles/accent.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { tokens } from '../../widgets/styles/tokens.ts'
import { icon } from '../icon.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

const styles = css`
  .chat {
    display: grid;
    gap: var(--shopbell-s2);
    padding: var(--shopbell-s4);
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-bg);
    color: var(--shopbell-text);
  }
  p {
    justify-self: start;
    max-width: 85%;
    padding: var(--shopbell-s2) var(--shopbell-s3);
    border-radius: var(--shopbell-radius-card);
    background: var(--shopbell-sunken);
  }
  .mine {
    justify-self: end;
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
  }
  .bell {
    display: grid;
    place-items: center;
    justify-self: end;
    width: 48px;
    height: 48px;
    margin-block-start: var(--shopbell-s2);
    border-radius: 50%;
    background: var(--shopbell-accent);
    color: var(--shopbell-on-accent);
    box-shadow: var(--shopbell-shadow);
  }
`

/** The shop's colour and theme, with the very tokens of the widgets. */
export class BrandView extends LitElement {
  static override properties = { accent: {}, theme: { reflect: true } }
  static override styles = [accent, tokens, controls, parts, styles]

  declare accent: string
  declare theme: string

  protected override updated(changed: PropertyValues<this>) {
    if (changed.has('accent') && /^#[0-9a-f]{6}$/i.test(this.accent))
      this.style.setProperty('--shopbell-brand', this.accent)
  }

  protected override render() {
    return html`<div class="chat" aria-hidden="true">
      <p>${say('theirText')}</p>
      <p class="mine">${say('yourText')}</p>
      <span class="bell">${icon('chat')}</span>
    </div>`
  }
}

customElements.define('shopbell-brand-view', BrandView)
