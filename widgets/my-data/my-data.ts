import { html, LitElement, nothing } from 'lit'
import type { ChatStore } from '../client/store.ts'
import { dialogStyles } from '../more/dialog.css.ts'
import { icon } from '../my-chats/icon.ts'
import { accent } from '../styles/accent.ts'
import { controls } from '../styles/controls.ts'
import { tokens } from '../styles/tokens.ts'
import { myDataStyles } from './my-data.css.ts'
import { MyOwnData } from './own-data.ts'
import { copies, erasure, proof, requests, told, type View } from './views.ts'
import { en } from './words/en.ts'
import { myDataWords } from './words/words.ts'

export { forgetHere } from './forget-here.ts'

export interface Opening {
  store: ChatStore
  lang: string
  dir: string | undefined
}

/** A copy of one's own data, and being erased: what the shop offers, after a proof where it needs one. */
export class MyData extends LitElement {
  static override styles = [accent, tokens, controls, dialogStyles, myDataStyles]

  declare opening: Opening
  #texts = en
  #mine: MyOwnData | null = null

  async open() {
    const { store, lang } = this.opening
    this.#texts = await myDataWords(lang)
    this.#mine = new MyOwnData(store, this.#texts, () => this.requestUpdate())
    this.requestUpdate()
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
    await this.#mine.load()
  }

  #focus = (selector: string) =>
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus())

  #close = () => this.renderRoot.querySelector('dialog')?.close()

  #loading(view: View) {
    const { mine, texts } = view
    if (!mine.note)
      return html`<section aria-busy="true">
        <span class="sr" role="status">${texts.loading}</span><i class="bone"></i><i class="bone"></i>
      </section>`
    return html`<section>
      ${told(view, 'load')}
      <div class="acts"><button class="btn" @click=${mine.load}>${texts.tryAgain}</button></div>
    </section>`
  }

  #over({ texts }: View) {
    return html`<section class="over" role="status">
      <p>${texts.erasedHint}</p>
      <div class="acts"><button class="btn" @click=${this.#close}>${texts.close}</button></div>
    </section>`
  }

  #inside(view: View) {
    const { data, step } = view.mine
    if (step === 'over') return this.#over(view)
    if (!data) return this.#loading(view)
    const { export: copy, erase } = data
    if (!copy && erase === 'no') return html`<section><p>${view.texts.privacy_off}</p></section>`
    return html`${data.proof ? proof(view, data.proof) : nothing}${copy ? copies(view) : nothing}${
      erase === 'no' ? nothing : erasure(view, data)
    }${requests(view, data)}`
  }

  protected override render() {
    const mine = this.#mine
    if (!mine) return nothing
    const texts = this.#texts
    const { lang, dir } = this.opening
    const view = { mine, texts, lang, focus: this.#focus }
    return html`<dialog aria-labelledby="title" lang=${lang} dir=${dir ?? nothing} @close=${() => this.remove()}>
      <header>
        <h2 id="title">${mine.step === 'over' ? texts.erased : texts.title}</h2>
        <button class="btn btn-quiet btn-icon" aria-label=${texts.close} @click=${this.#close}>${icon('close')}</button>
      </header>
      ${this.#inside(view)}
    </dialog>`
  }
}

if (!customElements.get('shopbell-my-data')) customElements.define('shopbell-my-data', MyData)
