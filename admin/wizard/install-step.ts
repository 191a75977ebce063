import { css, html, LitElement, nothing } from 'lit'
import type { Install } from '../../protocol/admin/install.ts'
import type { Check, Diagnostics } from '../../protocol/diagnostics.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { copyButton, Loaded } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

const AGAIN_MS = 4_000
/** Each look keeps the session alive: a page that nobody minds must not do so for long. */
const MOST_LOOKS = 75

const styles = css`
  .live {
    display: flex;
    gap: var(--shopbell-s3);
    align-items: center;
    padding: var(--shopbell-s4);
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius-card);
  }
  .live > p {
    flex: 1;
  }
  .live.seen {
    border-color: var(--shopbell-ok);
    background: var(--shopbell-ok-tint);
    color: var(--shopbell-ok);
  }
`

/** The script tag to paste, and for five minutes a look every few seconds whether the shop has it. */
export class InstallStep extends LitElement {
  static override properties = { frame: {}, script: { state: true }, rests: { state: true } }
  static override styles = [controls, parts, pageStyles, styles]

  declare frame: Frame
  /** What the diagnosis says of the script. */
  declare script?: Check | undefined
  /** It no longer looks by itself. */
  declare rests?: boolean
  #timer = 0
  #looks = 0
  readonly #facts = new Loaded(this, () => this.frame.call<Install>('GET', '/admin/install'))

  override connectedCallback() {
    super.connectedCallback()
    document.addEventListener('visibilitychange', this.#seen)
    void Promise.resolve().then(() => this.#look())
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    document.removeEventListener('visibilitychange', this.#seen)
    clearTimeout(this.#timer)
  }

  /** Back from the shop in another tab, the merchant wants to know at once. */
  #seen = () => {
    if (!document.hidden && this.script?.state !== 'ok') this.#again()
  }

  #again = () => {
    this.#looks = 0
    this.rests = false
    void this.#look()
  }

  #look = async () => {
    clearTimeout(this.#timer)
    if (document.hidden) return
    this.#looks++
    try {
      const { checks } = await this.frame.call<Diagnostics>('GET', '/diagnostics?only=script')
      this.script = checks[0]
    } catch (error) {
      if (!asApiError(error).passing) this.#looks = MOST_LOOKS
    }
    if (!this.isConnected || this.script?.state === 'ok') return
    this.rests = this.#looks >= MOST_LOOKS
    clearTimeout(this.#timer)
    if (!this.rests) this.#timer = window.setTimeout(this.#look, AGAIN_MS)
  }

  #live() {
    const { script, rests } = this
    const isSeen = script?.state === 'ok'
    return html`<div class="live ${isSeen ? 'seen' : ''}" role="status">
      ${isSeen ? icon('okay') : rests ? icon('alert') : icon('ring', 'turn')}
      <p>${isSeen ? script.says : say(rests ? 'rested' : 'waiting')}</p>
    </div>`
  }

  protected override render() {
    return html`${this.#facts.show(({ tag, origins }) => {
      const shop = origins.findLast(({ use }) => use === 'shop')
      return html`
        <p>${say('paste')}</p>
        <div class="snippet"><code>${tag}</code>${copyButton(tag, this.frame.tell)}</div>
        ${this.#live()}
        <div class="row">
          ${shop ? html`<a class="btn" href=${shop.origin} target="_blank" rel="noopener">${icon('external')}${say('openShop', { origin: shop.origin.replace(/^https?:\/\//, '') })}</a>` : nothing}
          <button class="btn btn-quiet" @click=${this.#again}>${icon('refresh')}${say('check')}</button>
        </div>
      `
    })}`
  }
}

customElements.define('shopbell-install-step', InstallStep)
