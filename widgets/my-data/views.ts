import { html, nothing } from 'lit'
import type { OwnData } from '../../protocol/privacy.ts'
import type { Act, MyOwnData } from './own-data.ts'
import type { MyDataTexts } from './words/en.ts'
import { filled } from './words/words.ts'

const SHOWN_REQUESTS = 5

export interface View {
  mine: MyOwnData
  texts: MyDataTexts
  lang: string
  /** Moves the focus, once it is drawn. */
  focus(selector: string): void
}

const isWrong = ({ note }: MyOwnData, act: Act) => note?.of === act && note.bad

export const told = ({ mine, texts }: View, of: Act) => {
  const { note, busy } = mine
  const waits = busy === of && { copy: texts.downloading, erase: texts.erasing, load: '', code: '' }[of]
  const isBad = isWrong(mine, of)
  return html`<p role="status" class=${isBad ? 'error' : 'muted'}>${note?.of === of ? note.text : waits || nothing}</p>`
}

/** Without the proof an order leads to where it is given. */
const proven =
  ({ mine, focus }: View, order: () => unknown) =>
  () =>
    mine.proven ? order() : focus('.proof :is(input, button)')

export function proof(view: View, email: string) {
  const { mine, texts, focus } = view
  const mail = async () => {
    await mine.mail()
    if (mine.code !== null) focus('[name=code]')
  }
  const field = html`<label class="field"
    >${texts.code}<input
      class="input code"
      name="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength="12"
      dir="ltr"
      aria-invalid=${isWrong(mine, 'code')}
      @input=${({ target }: Event) => mine.type((target as HTMLInputElement).value)}
  /></label>`
  return html`<section class="proof" aria-labelledby="proof">
    <h3 id="proof">${texts.proof}</h3>
    <p class="muted">${filled(texts.proofHint, { email })}</p>
    ${mine.code === null ? nothing : field}${told(view, 'code')}
    <div class="acts">
      <button class="btn" aria-disabled=${!!mine.busy} @click=${mail}>
        ${mine.code === null ? texts.mailCode : texts.mailAgain}
      </button>
    </div>
  </section>`
}

export function copies(view: View) {
  const { mine, texts } = view
  return html`<section aria-labelledby="copy">
    <h3 id="copy">${texts.copy}</h3>
    <p class="muted">${texts.copyHint}</p>
    <div class="acts">
      <button class="btn" aria-disabled=${!mine.proven || !!mine.busy} @click=${proven(view, mine.copy)}>
        ${texts.download}
      </button>
    </div>
    ${told(view, 'copy')}
  </section>`
}

export function erasure(view: View, data: OwnData) {
  const { mine, texts } = view
  const asks = data.erase === 'ask'
  return html`<section aria-labelledby="erase" tabindex="-1">
    <h3 id="erase">${texts.erase}</h3>
    ${
      mine.erasureIsOpen
        ? nothing
        : html`<p class="muted">${asks ? texts.askHint : texts.eraseHint}</p>
            ${mine.step === 'sure' ? sure(view, data) : offer(view, asks ? texts.askErase : texts.eraseMe)}`
    }
    ${mine.step === 'sure' ? nothing : told(view, 'erase')}
  </section>`
}

function offer(view: View, label: string) {
  const { mine, focus } = view
  const ask = () => {
    mine.go('sure')
    focus('[name=confirm]')
  }
  return html`<div class="acts">
    <button class="btn danger" aria-disabled=${!mine.proven} @click=${proven(view, ask)}>${label}</button>
  </div>`
}

/** What goes and what stays, and a word to type: nobody is erased by a slip. */
function sure(view: View, data: OwnData) {
  const { mine, texts, focus } = view
  const erase = async (event: Event) => {
    event.preventDefault()
    const { value = '' } = (event.currentTarget as HTMLFormElement).querySelector('input') ?? {}
    await mine.erase(value)
    if (mine.step === 'over') focus('.over button')
    else if (isWrong(mine, 'code')) focus('[name=code]')
    else focus(mine.step === 'sure' ? '[name=confirm]' : '[aria-labelledby=erase]')
  }
  const back = () => {
    mine.go('offer')
    focus('.danger')
  }
  return html`${fate(texts, data)}
    <form novalidate @submit=${erase}>
      <label class="field"
        >${filled(texts.confirm, { word: texts.word })}<input
          class="input"
          name="confirm"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-invalid=${isWrong(mine, 'erase')}
      /></label>
      ${told(view, 'erase')}
      <div class="acts">
        <button class="btn sure" aria-disabled=${!!mine.busy}>
          ${data.erase === 'ask' ? texts.askErase : texts.eraseMe}
        </button>
        <button class="btn btn-quiet" type="button" @click=${back}>${texts.back}</button>
      </div>
    </form>`
}

function fate(texts: MyDataTexts, { erasesFiles, erase }: OwnData) {
  const goes = [texts.goesWho, texts.goesWords, erasesFiles && texts.goesFiles, erase === 'at_once' && texts.goesHere]
  const stays = [texts.staysTheirs, !erasesFiles && texts.staysFiles]
  const list = (items: (string | false)[]) =>
    html`<ul class="list">
      ${items.map((item) => (item ? html`<li>${item}</li>` : nothing))}
    </ul>`
  return html`<p>${texts.goes}</p>
    ${list(goes)}
    <p>${texts.stays}</p>
    ${list(stays)}`
}

export function requests({ texts, lang }: View, { requests }: OwnData) {
  if (requests.length === 0) return nothing
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'medium' })
  return html`<section aria-labelledby="requests">
    <h3 id="requests">${texts.requests}</h3>
    <ul class="asked">
      ${requests.slice(0, SHOWN_REQUESTS).map(
        ({ kind, state, askedAt }) =>
          html`<li>
            <span>${kind === 'erase' ? texts.kindErase : texts.kindExport} · ${day.format(askedAt)}</span>
            <span class="muted">${texts[state]}</span>
          </li>`,
      )}
    </ul>
  </section>`
}
