import { html, LitElement, nothing } from 'lit'
import type { PushState } from '../../protocol/reach.ts'
import { fetched } from '../client/fetched.ts'
import type { ChatStore } from '../client/store.ts'
import type { Desk } from '../my-chats/desk.ts'
import { icon } from '../my-chats/icon.ts'
import { accent } from '../styles/accent.ts'
import { controls } from '../styles/controls.ts'
import { tokens } from '../styles/tokens.ts'
import { type AlertChoices, alertChoices, chooseAlerts } from './alert-choices.ts'
import { ring } from './alerts.ts'
import { dialogStyles } from './dialog.css.ts'
import { isHostedInbox } from './hosted.ts'
import { canPush, pushState, ringHere, ringNoMore } from './push.ts'
import { en } from './words/en.ts'
import { moreWords } from './words/words.ts'

const bringMyData = fetched(() => import('../my-data/my-data.ts'))

type Told = 'notify' | 'mail' | 'data' | 'account'
interface Opening {
  store: ChatStore
  lang: string
  dir: string | undefined
  base: string
  /** The chat that is looked at. */
  chat: string
}

/** What somebody sets for themselves in this browser: how they are told of messages, the way to another device, the way out. */
export class More extends LitElement {
  static override properties = { texts: { state: true }, note: { state: true }, push: { state: true } }
  static override styles = [accent, tokens, controls, dialogStyles]

  declare opening: Opening
  declare texts: typeof en
  /** What became of the last order, as a key of the texts. */
  declare note: { of: Told; text: string; bad: boolean } | null
  declare push: PushState | null
  #choices: AlertChoices = {}

  constructor() {
    super()
    this.texts = en
    this.note = this.push = null
  }

  async open() {
    const { store, lang, base } = this.opening
    this.#choices = alertChoices(store.site)
    this.texts = await moreWords(lang)
    await this.updateComplete
    this.renderRoot.querySelector('dialog')?.showModal()
    if (!isHostedInbox(base) || !canPush()) return
    this.push = await pushState(store).catch(() => null)
    if (this.push?.subscribed) this.#choose({ words: this.push.words })
  }

  #choose(change: AlertChoices) {
    this.#choices = { ...this.#choices, ...change }
    chooseAlerts(this.opening.store.site, this.#choices)
    this.requestUpdate()
  }

  /** A switch that needs the browser's permission asks for it now: on a press, and at no other time. */
  async #notify(on: boolean) {
    const may = on && (await Notification.requestPermission()) === 'granted'
    this.note = on && !may ? { of: 'notify', text: this.texts.notifyBlocked, bad: true } : null
    this.#choose({ notify: may })
  }

  async #ring(on: boolean) {
    const { store, lang } = this.opening
    try {
      const done = on ? await ringHere(store, this.#choices.words === true, lang) : await ringNoMore(store)
      this.note = done ? null : { of: 'notify', text: this.texts.notifyBlocked, bad: true }
      this.push = await pushState(store)
    } catch {
      this.note = { of: 'notify', text: this.texts.failed, bad: true }
    }
    this.requestUpdate()
  }

  async #showWords(words: boolean) {
    this.#choose({ words })
    if (this.push?.subscribed) await this.#ring(true)
  }

  async #mail(event: Event) {
    event.preventDefault()
    const { store, lang, chat } = this.opening
    const email = this.renderRoot.querySelector('input[type=email]') as HTMLInputElement | null
    const address = email?.value.trim() ?? ''
    const tell = (text: string, bad: boolean) => {
      this.note = { of: 'mail', text, bad }
    }
    if (!address || !email?.checkValidity()) return tell(this.texts.emailWrong, true)
    const body = { email: address, locale: lang, ...(chat.startsWith('chat_') ? { chat } : {}) }
    try {
      await store.call('POST', '/me/link', body)
      tell(this.texts.mailed.replace('{email}', address), false)
    } catch (error) {
      const { code } = error as { code?: string }
      tell(
        code === 'mails_limited'
          ? this.texts.mails_limited
          : code === 'invalid'
            ? this.texts.emailWrong
            : this.texts.failed,
        true,
      )
    }
  }

  #switch(label: string, is: () => boolean, set: (on: boolean) => unknown, disabled = false) {
    const change = async ({ target }: Event) => {
      const box = target as HTMLInputElement
      await set(box.checked)
      // Where the browser said no, the box is on although nothing has changed.
      box.checked = is()
    }
    return html`<label class="switch"
      ><span>${label}</span
      ><input type="checkbox" role="switch" .checked=${is()} ?disabled=${disabled} @change=${change}
    /></label>`
  }

  #told(of: Told) {
    const { note } = this
    return html`<p role="status" class=${note?.bad ? 'error' : 'muted'}>${note?.of === of ? note.text : nothing}</p>`
  }

  #alerts() {
    const { texts } = this
    const can = 'Notification' in window
    const own = isHostedInbox(this.opening.base)
    const notifies = () => can && this.#choices.notify === true && Notification.permission === 'granted'
    const rings = () => this.push?.subscribed === true
    return html`<section aria-labelledby="alerts">
      <h3 id="alerts">${texts.alerts}</h3>
      ${can ? this.#switch(texts.notify, notifies, (on) => this.#notify(on)) : nothing}
      ${own && this.push ? this.#switch(texts.push, rings, (on) => this.#ring(on)) : nothing}
      ${own && !canPush() ? html`<p class="small muted">${texts.pushMissing}</p>` : nothing}
      ${
        can
          ? this.#switch(
              texts.words,
              () => this.#choices.words === true,
              (on) => this.#showWords(on),
              !notifies() && !rings(),
            )
          : nothing
      }
      ${this.#switch(
        texts.sound,
        () => this.#choices.sound === true,
        (on) => {
          if (on) ring()
          this.#choose({ sound: on })
        },
      )}
      ${this.#told('notify')}
    </section>`
  }

  #elsewhere() {
    const { texts } = this
    const { me } = this.opening.store.state
    if (me?.role !== 'guest') return nothing
    return html`<section aria-labelledby="elsewhere">
      <h3 id="elsewhere">${texts.elsewhere}</h3>
      <p class="muted">${texts.elsewhereHint}</p>
      <form novalidate @submit=${this.#mail}>
        <label class="field">${texts.email}<input class="input" type="email" autocomplete="email" .value=${me.email ?? ''} /></label>
        <button class="btn">${texts.mail}</button>
      </form>
      ${this.#told('mail')}
    </section>`
  }

  /** Takes the place of this dialog: two, one upon the other, would be one too many. */
  async #openData() {
    const { store, lang, dir } = this.opening
    try {
      const { MyData } = await bringMyData()
      const mine = new MyData()
      mine.opening = { store, lang, dir }
      this.renderRoot.querySelector('dialog')?.close()
      putBeside(this, mine)
      await mine.open()
    } catch {
      this.note = { of: 'data', text: this.texts.failed, bad: true }
    }
  }

  #data() {
    const { texts } = this
    return html`<section aria-labelledby="data">
      <h3 id="data">${texts.data}</h3>
      <p class="muted">${texts.dataHint}</p>
      <div><button class="btn" @click=${this.#openData}>${texts.dataOpen}</button></div>
      ${this.#told('data')}
    </section>`
  }

  #signOut = async () => {
    const { store } = this.opening
    try {
      const { forgetHere } = await bringMyData()
      // The server rings for nobody who is signed out; that the browser takes no more notes is tidiness.
      await ringNoMore(store).catch(() => undefined)
      history.replaceState(null, '', location.pathname + location.search)
      await forgetHere(store)
      this.remove()
    } catch {
      this.note = { of: 'account', text: this.texts.failed, bad: true }
    }
  }

  #account() {
    const { texts } = this
    const { store, base } = this.opening
    const { me, pending } = store.state
    if (!me || !isHostedInbox(base)) return nothing
    const who = me.name ?? me.email
    return html`<section aria-labelledby="account">
      <h3 id="account">${texts.account}</h3>
      ${who ? html`<p class="muted">${texts.signedInAs.replace('{who}', () => `\u2068${who}\u2069`)}</p>` : nothing}
      ${pending.length ? html`<p class="error">${texts.unsent}</p>` : nothing}
      <div><button class="btn" @click=${this.#signOut}>${texts.signOut}</button></div>
      ${this.#told('account')}
    </section>`
  }

  protected override render() {
    const { texts } = this
    const { lang, dir } = this.opening
    return html`<dialog aria-labelledby="title" lang=${lang} dir=${dir ?? nothing} @close=${() => this.remove()}>
      <header>
        <h2 id="title">${texts.title}</h2>
        <button
          class="btn btn-quiet btn-icon"
          aria-label=${texts.close}
          @click=${() => this.renderRoot.querySelector('dialog')?.close()}
        >
          ${icon('close')}
        </button>
      </header>
      ${this.#alerts()} ${this.#elsewhere()} ${this.#data()} ${this.#account()}
    </dialog>`
  }
}

if (!customElements.get('shopbell-more')) customElements.define('shopbell-more', More)

/** Opens the settings of who reads these chats, beside the button that was pressed; it gets the focus back. */
export async function openMore({ store, words, place, root }: Desk, base: string) {
  if (!store) return
  const more = document.createElement('shopbell-more') as More
  more.opening = { store, lang: words.lang, dir: words.dir, base, chat: place }
  putBeside(root, more, root.shadowRoot)
  await more.open()
}

/** Puts a dialog beside what it is opened from, in the same colours. */
function putBeside(from: HTMLElement, dialog: HTMLElement, place = from.parentNode) {
  const theme = from.getAttribute('theme')
  if (theme) dialog.setAttribute('theme', theme)
  const { style } = dialog
  const colour = getComputedStyle(from)
  for (const name of ['--shopbell-brand', '--shopbell-site']) style.setProperty(name, colour.getPropertyValue(name))
  // Keystrokes typed here are not the page's shortcuts, and what is behind must not close with the dialog.
  for (const type of ['keydown', 'keyup', 'keypress'] as const)
    dialog.addEventListener(type, (event) => event.stopPropagation())
  place?.append(dialog)
}
