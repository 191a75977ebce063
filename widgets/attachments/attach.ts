import { css, html, LitElement } from 'lit'
import { english } from '../locales/words.ts'
import { controls } from '../styles/controls.ts'
import { sign } from './sign.ts'

const ACCEPT = {
  image: 'image/*',
  video: 'video/*',
  audio: 'audio/*',
  document: '.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.md,.json,.ics,.vcf',
  archive: '.zip',
}

/** Somebody has chosen these. */
export class ChosenFiles extends Event {
  constructor(readonly files: readonly File[]) {
    super('chosen')
  }
}

/** The button that asks for files; where there is a finger it asks first whether to take a photo. */
export class Attach extends LitElement {
  static override properties = { kinds: {}, words: {} }
  static override styles = [
    controls,
    css`
      :host {
        flex: none;
      }
      .btn {
        border-radius: 8px;
      }
      [popover] {
        position: fixed;
        inset: auto 0 0;
        width: 100%;
        max-width: 100%;
        margin: 0;
        padding: var(--shopbell-s2) var(--shopbell-s2) max(var(--shopbell-s2), env(safe-area-inset-bottom));
        border: 0;
        border-radius: var(--shopbell-radius-card) var(--shopbell-radius-card) 0 0;
        background: var(--shopbell-bg);
        color: var(--shopbell-text);
        box-shadow: var(--shopbell-shadow);
      }
      [popover]::backdrop {
        background: rgb(0 0 0 / 0.3);
      }
      [popover] .btn {
        width: 100%;
        min-height: 52px;
        justify-content: start;
        gap: var(--shopbell-s3);
        border: 0;
        color: var(--shopbell-text);
        font-size: var(--shopbell-text-3);
        font-weight: var(--shopbell-regular);
      }
    `,
  ]

  kinds: readonly (keyof typeof ACCEPT)[] = []
  words = english

  #ask(camera = false) {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = !camera
    input.accept = camera ? 'image/*' : this.kinds.map((kind) => ACCEPT[kind]).join()
    if (camera) input.setAttribute('capture', 'environment')
    input.addEventListener('change', () => {
      input.remove()
      if (input.files?.length) this.dispatchEvent(new ChosenFiles([...input.files]))
    })
    input.addEventListener('cancel', () => input.remove())
    input.hidden = true
    // Safari forgets an input that is in no document.
    this.renderRoot.append(input)
    input.click()
  }

  #press = () => {
    const sheet = this.renderRoot.querySelector<HTMLElement>('[popover]')
    if (matchMedia('(pointer: coarse)').matches && this.kinds.includes('image') && sheet?.showPopover)
      sheet.showPopover()
    else this.#ask()
  }

  #choose(camera: boolean) {
    this.renderRoot.querySelector<HTMLElement>('[popover]')?.hidePopover()
    this.#ask(camera)
  }

  protected override render() {
    const { words } = this
    return html`<button class="btn btn-quiet btn-icon" aria-label=${words.say('attach')} @click=${this.#press}>
        ${sign('clip')}
      </button>
      <div popover>
        <button class="btn" @click=${() => this.#choose(true)}>${sign('camera')}${words.say('takePhoto')}</button>
        <button class="btn" @click=${() => this.#choose(false)}>${sign('file')}${words.say('chooseFiles')}</button>
      </div>`
  }
}

if (!customElements.get('shopbell-attach')) customElements.define('shopbell-attach', Attach)
