import { css, html, LitElement, type PropertyValues } from 'lit'
import type { MailPreview } from '../../protocol/notifications.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { type ApiError, asApiError } from '../client/request.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { refusal } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

const WAIT_MS = 500

const styles = css`
  .subject {
    font-weight: var(--shopbell-semibold);
  }
  .mail {
    max-height: 420px;
    zoom: 0.85;
    overflow: auto;
    border: 1px solid var(--shopbell-line);
    border-radius: var(--shopbell-radius);
    background: var(--shopbell-page);
  }
  .btn {
    justify-self: start;
  }
`

interface Policy {
  createHTML(text: string): string
}

/** The policy that Lit made; where the page asks for none the text goes as it is. */
function trusted(text: string): string {
  const policy: Policy | undefined = Reflect.get(globalThis, Symbol.for('shopbell.policy'))
  return policy?.createHTML(text) ?? text
}

/**
 * A mail's document, drawn in a shadow of its own. Its styles go through the CSSOM, which a strict policy allows where
 * attributes are refused; what could act is left out.
 */
function drawMail(into: ShadowRoot, mail: string) {
  const page = new DOMParser().parseFromString(trusted(mail), 'text/html')
  for (const one of page.querySelectorAll('script, iframe, object, embed, link, meta, form')) one.remove()
  const sheets = [...page.querySelectorAll('style')].map((style) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(style.textContent ?? '')
    style.remove()
    return sheet
  })
  const copy = document.createElement('div')
  copy.append(...[...page.body.childNodes].map((node) => document.importNode(node, true)))
  for (const one of copy.querySelectorAll<HTMLElement>('*')) {
    for (const { name } of [...one.attributes]) if (name.startsWith('on')) one.removeAttribute(name)
    const style = one.getAttribute('style')
    if (style === null) continue
    one.removeAttribute('style')
    one.style.cssText = style
  }
  into.adoptedStyleSheets = sheets
  into.replaceChildren(copy)
}

const problemOf = (failed: ApiError) => (failed.code === 'invalid' ? say('previewWrong') : refusal(failed))

/** A template as the recipient sees it, drawn by the server from what is typed; and a way to get it as a real mail. */
export class MailView extends LitElement {
  static override properties = {
    frame: {},
    event: {},
    subject: {},
    body: {},
    preview: { state: true },
    problem: { state: true },
    busy: { state: true },
  }
  static override styles = [controls, parts, styles]

  declare frame: Frame
  declare event: 'newMessage' | 'chatCreated'
  declare subject: string
  declare body: string
  declare preview?: MailPreview
  declare problem?: string
  declare busy?: boolean
  #timer = 0
  #turn = 0

  override disconnectedCallback() {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  protected override updated(changed: PropertyValues<this>) {
    if (changed.has('subject') || changed.has('body')) {
      clearTimeout(this.#timer)
      this.#timer = window.setTimeout(this.#draw, this.preview ? WAIT_MS : 0)
    }
    const place = this.renderRoot.querySelector('.mail')
    if (!changed.has('preview') || !place || !this.preview) return
    drawMail(place.shadowRoot ?? place.attachShadow({ mode: 'open' }), this.preview.html)
  }

  get #draft() {
    const { event, subject, body } = this
    return { event, subject, body }
  }

  /** What comes after a later answer was asked for shows an older text: it is left aside. */
  #draw = async () => {
    const turn = ++this.#turn
    const news = await this.frame.call<MailPreview>('POST', '/notifications/preview', this.#draft).then(
      (preview) => ({ preview, problem: '' }),
      (error) => ({ problem: problemOf(asApiError(error)) }),
    )
    if (turn === this.#turn) Object.assign(this, news)
  }

  #test = async () => {
    this.busy = true
    try {
      const { to } = await this.frame.call<{ to: string }>('POST', '/notifications/test', this.#draft)
      this.frame.tell(say('testSent', { to }))
    } catch (error) {
      const failed = asApiError(error)
      this.frame.tell(failed.issues[0]?.message ?? failed.problem.detail ?? refusal(failed))
    } finally {
      this.busy = false
    }
  }

  protected override render() {
    const { preview, problem, busy } = this
    return html`<div class="stack">
      ${problem ? html`<p class="help" role="status">${problem}</p>` : ''}
      ${
        preview
          ? html`<p class="subject" dir="auto">${preview.subject}</p>
              <div class="mail" inert aria-hidden="true"></div>
              <p class="sr">${preview.text}</p>`
          : problem
            ? ''
            : html`<p class="muted" role="status">${icon('ring', 'turn')}</p>`
      }
      ${
        this.frame.mayChange
          ? html`<button class="btn" aria-busy=${!!busy} @click=${this.#test}>${icon('mail')}${say('sendTest')}</button>`
          : ''
      }
    </div>`
  }
}

customElements.define('shopbell-mail-view', MailView)
