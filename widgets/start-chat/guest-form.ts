import { css, html, LitElement, nothing } from 'lit'
import { MAX_MESSAGE_CHARS, MAX_NAME_CHARS } from '../../protocol/bounds.ts'
import type { GuestDetails } from '../client/session.ts'
import { english, type Key } from '../locales/words.ts'
import { cleaned } from '../my-chats/composer.ts'
import { icon } from '../my-chats/icon.ts'
import { controls } from '../styles/controls.ts'

type Field = 'name' | 'email' | 'message'

const styles = css`
  :host {
    flex: 1;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  :host([later]) {
    flex: none;
    max-height: 70%;
    border-block-start: 1px solid var(--shopbell-line);
  }
  :host([later]) .fields {
    padding-block: var(--shopbell-s4);
  }
  :host([later]) :is(.fields, .foot) > * {
    inline-size: min(100%, 480px);
  }
  .field {
    display: grid;
    gap: var(--shopbell-s1);
  }
  .label {
    font-size: var(--shopbell-text-1);
    font-weight: var(--shopbell-medium);
  }
  .input[aria-invalid='true'] {
    border-color: var(--shopbell-bad);
  }
  form {
    display: contents;
  }
  .fields {
    flex: 1;
    display: grid;
    align-content: start;
    gap: var(--shopbell-s4);
    padding: var(--shopbell-s5) var(--shopbell-s4);
    overflow: hidden auto;
  }
  h2 {
    margin-block-end: var(--shopbell-s1);
    font-size: var(--shopbell-text-3);
    font-weight: var(--shopbell-semibold);
  }
  textarea.input {
    min-height: 96px;
    padding-block: var(--shopbell-s2);
    resize: none;
    field-sizing: content;
  }
  .foot {
    display: grid;
    gap: var(--shopbell-s3);
    padding: var(--shopbell-s3) var(--shopbell-s4) max(var(--shopbell-s4), env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--shopbell-line);
  }
  .foot .btn {
    min-height: var(--shopbell-touch);
  }
`

/** What a guest has filled in. */
export class StartEvent extends Event {
  constructor(
    readonly body: string,
    readonly guest: GuestDetails,
  ) {
    super('start')
  }
}

/**
 * A guest's first message, with the details that the shop asks for. `later`: for messages that wait already, the details
 * alone. Tells `start`, and `draft` while it is written.
 */
export class GuestForm extends LitElement {
  static override properties = {
    email: { type: Boolean },
    later: { type: Boolean, reflect: true },
    seller: {},
    draft: { attribute: false },
    busy: { type: Boolean },
    problem: {},
    refused: { attribute: false },
    words: { attribute: false },
    wrong: { state: true },
  }
  static override styles = [controls, styles]

  /** Asks for an address too. */
  email = false
  later = false
  /** The name that they have told before. */
  name = ''
  seller = ''
  draft = ''
  busy = false
  /** Why the whole did not go out. */
  problem = ''
  /** Fields that the server did not like. */
  refused: readonly string[] = []
  words = english

  private wrong: Partial<Record<Field, Key>> = {}

  override focus() {
    this.renderRoot.querySelector('input')?.focus({ preventScroll: true })
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>) {
    if (!changed.has('refused') || !this.refused.length) return
    const [name, email] = ['name', 'email'].map((field) => this.refused.some((path) => path.endsWith(field)))
    this.wrong = { ...(name && { name: 'nameMissing' }), ...(email && { email: 'emailWrong' }) }
  }

  #field(name: Field) {
    const field = this.renderRoot.querySelector(`[name=${name}]`)
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field : null
  }

  #value = (name: Field) => cleaned(this.#field(name)?.value ?? '')

  #check(): Partial<Record<Field, Key>> {
    const [name, email, message] = [this.#value('name'), this.#value('email'), this.#value('message')]
    return {
      ...(!name && { name: 'nameMissing' }),
      ...(this.email && !/^\S+@\S+\.\S{2,}$/.test(email) && { email: email ? 'emailWrong' : 'emailMissing' }),
      ...(!message && !this.later && { message: 'messageMissing' }),
    }
  }

  get message() {
    return this.#field('message')?.value ?? ''
  }

  #submitted = async (event: Event) => {
    event.preventDefault()
    if (this.busy) return
    this.wrong = this.#check()
    await this.updateComplete
    const first = this.renderRoot.querySelector<HTMLElement>('[aria-invalid=true]')
    if (first) return first.focus()
    const [name, email, body] = [this.#value('name'), this.#value('email'), this.#value('message')]
    this.dispatchEvent(new StartEvent(body, { name, ...(this.email && { email }) }))
  }

  /** What was wrong is not held against somebody who is mending it. */
  #typed = ({ target }: Event) => {
    const field = target instanceof HTMLElement ? target.getAttribute('name') : null
    this.wrong = Object.fromEntries(Object.entries(this.wrong).filter(([name]) => name !== field))
    if (field === 'message') this.dispatchEvent(new Event('draft'))
  }

  #row(name: Field, input: unknown) {
    const wrong = this.wrong[name]
    return html`<label class="field">
      <span class="label">${this.words.say(name)}</span>${input}${
        wrong
          ? html`<span class="error" id="${name}-wrong">${icon('alert', 'i-s')}${this.words.say(wrong)}</span>`
          : nothing
      }
    </label>`
  }

  #input(name: 'name' | 'email') {
    return this.#row(
      name,
      html`<input
        class="input"
        name=${name}
        type=${name === 'email' ? 'email' : 'text'}
        maxlength=${name === 'email' ? 254 : MAX_NAME_CHARS}
        autocomplete=${name}
        dir="auto"
        .defaultValue=${name === 'name' ? this.name : ''}
        aria-invalid=${!!this.wrong[name]}
        aria-describedby="${name}-wrong"
      />`,
    )
  }

  #message() {
    return this.#row(
      'message',
      html`<textarea
        class="input"
        name="message"
        maxlength=${MAX_MESSAGE_CHARS}
        dir="auto"
        aria-invalid=${!!this.wrong.message}
        aria-describedby="message-wrong"
        .value=${this.draft}
      ></textarea>`,
    )
  }

  protected override render() {
    const { words, seller, later } = this
    return html`<form novalidate @submit=${this.#submitted} @input=${this.#typed}>
      <div class="fields">
        <div>
          <h2>${later ? words.say('guest_details_required') : words.say('ask', { name: seller })}</h2>
          <p class="muted">${words.say(later ? 'detailsHint' : 'askHint')}</p>
        </div>
        ${this.#input('name')} ${this.email ? this.#input('email') : nothing} ${later ? nothing : this.#message()}
      </div>
      <div class="foot">
        ${this.problem ? html`<p class="error" role="alert">${icon('alert', 'i-s')}${this.problem}</p>` : nothing}
        <button class="btn btn-primary" aria-busy=${this.busy}>${icon('send')}${words.say('sendMessage')}</button>
        <p class="small faint">${words.say('details')}</p>
      </div>
    </form>`
  }
}

if (!customElements.get('shopbell-guest-form')) customElements.define('shopbell-guest-form', GuestForm)
