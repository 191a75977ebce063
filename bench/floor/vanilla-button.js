// The floor of "button shown": what the product's button does, written by hand for one page. It has its attributes, an
// unread badge kept over tabs, a preload on hover, a dialog with the focus given back, busy and failed states, RTL and
// forced colours; it asks no server for label or place, and knows no framework.
const CSS = `
  :host { display: block; clear: both; margin-block: 8px 16px; font-weight: 500 }
  :host([hidden]) { display: none }
  button {
    all: unset; box-sizing: border-box; display: flex; align-items: center; justify-content: center; gap: 8px;
    width: 100%; min-height: 44px; padding: 8px 16px; border: 1px solid color-mix(in srgb, currentColor 60%, #0000);
    border-radius: 6px; line-height: 1.4; text-align: center; cursor: pointer
  }
  button:hover { background: color-mix(in srgb, currentColor 5%, #0000) }
  button:focus-visible { outline: 2px solid; outline-offset: 2px }
  svg { width: 20px; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round }
  b { min-width: 20px; padding: 0 6px; border-radius: 20px; background: #0b655f; color: #fff; font: 600 13px/20px system-ui }
  b:empty { display: none }
  p { margin: 4px 0 0; color: #b3261e; font-size: 13px }
  p:empty { display: none }
  @media (forced-colors: active) { b { border: 1px solid } }
`
const ICON = 'M10 3.5c-4 0-7 2.6-7 6 0 1.6.7 3 1.8 4.1L4 17l3.7-1.7c.7.2 1.5.2 2.3.2 4 0 7-2.6 7-6s-3-6-7-6Z'

class VanillaButton extends HTMLElement {
  static observedAttributes = ['label', 'unread']
  #tabs = new BroadcastChannel('vanilla-button')
  #dialog

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open', delegatesFocus: true })
    root.innerHTML = `<style>${CSS}</style><button part="button" type="button" aria-haspopup="dialog" aria-expanded="false">
      <svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICON}"></path></svg><span></span><b></b></button><p role="alert"></p>`
    this.button = root.querySelector('button')
    this.button.addEventListener('click', () => this.#open())
    this.button.addEventListener('pointerenter', () => this.#preload())
    this.button.addEventListener('focus', () => this.#preload())
    this.#tabs.onmessage = ({ data }) => this.setAttribute('unread', data.unread)
  }

  attributeChangedCallback() {
    const root = this.shadowRoot
    root.querySelector('span').textContent = this.getAttribute('label') ?? 'Ask the seller'
    root.querySelector('b').textContent = Number(this.getAttribute('unread')) || ''
  }

  disconnectedCallback() {
    this.#tabs.close()
  }

  #preload() {
    this.panel ??= import('./panel.js').catch(() => null)
  }

  async #open() {
    this.#preload()
    this.button.setAttribute('aria-busy', 'true')
    const panel = await this.panel
    this.button.removeAttribute('aria-busy')
    this.shadowRoot.querySelector('p').textContent = panel ? '' : 'This did not load. Press again.'
    if (!panel) return
    this.#dialog ??= document.body.appendChild(document.createElement('dialog'))
    this.#dialog.onclose = () => {
      this.button.setAttribute('aria-expanded', 'false')
      this.button.focus()
    }
    panel.fill(this.#dialog, this)
    this.#dialog.showModal()
    this.button.setAttribute('aria-expanded', 'true')
  }
}

customElements.define('vanilla-button', VanillaButton)
