import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Chat } from '../../protocol/chats.ts'
import type { LocalFile } from '../attachments/local.ts'
import type { ApiError } from '../client/api.ts'
import type { GuestDetails } from '../client/session.ts'
import type { About } from '../loader/about.ts'
import type { Host } from '../loader/host.ts'
import { en } from '../locales/en.ts'
import { enStart } from '../locales/en-start.ts'
import { composer } from '../my-chats/composer.ts'
import { Desk } from '../my-chats/desk.ts'
import type { LogEvent } from '../my-chats/log.ts'
import '../my-chats/my-chats.ts'
import { instead, notice } from '../my-chats/notice.ts'
import { card, titleOf } from '../my-chats/thing.ts'
import { threadStyles } from '../my-chats/thread.css.ts'
import { bar, iconButton, thread } from '../my-chats/thread.ts'
import { accent } from '../styles/accent.ts'
import { controls } from '../styles/controls.ts'
import { tokens } from '../styles/tokens.ts'
import { followKeyboard } from './follow-keyboard.ts'
import { GuestForm, type StartEvent } from './guest-form.ts'
import { styles } from './panel.css.ts'

Object.assign(en, enStart)

/**
 * The chat that a button opens, in a corner of the page, a sheet on phones. With `about` it is the chat about that
 * thing, or its beginning; without, the list of chats. Tells `shopbell-panel-close`.
 */
export class Panel extends LitElement {
  static override properties = { about: {}, seller: {}, lang: {} }
  static override styles = [accent, tokens, controls, threadStyles, styles]

  declare host: Host
  declare about: About | null
  declare seller: string | undefined
  declare opener: HTMLElement | undefined

  readonly #desk = new Desk(this)
  /** Fields that the server did not like. */
  #wrong: readonly string[] = []
  #busy = false
  /** This panel sent the first message: after it the shop may want another page. */
  #started = false
  #before: Element | null = null
  #unfocused = false
  #letGo: () => void = () => undefined

  constructor() {
    super()
    this.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && !this.renderRoot.querySelector(':popover-open')) this.close()
    })
  }

  async open() {
    if (!this.hasAttribute('open')) this.#before = document.activeElement
    this.toggleAttribute('open', true)
    // At once, so that Esc closes it while it still loads.
    this.#unfocused = true
    this.requestUpdate()
    this.#letGo()
    this.#letGo = followKeyboard(this)
    this.#started = false
    await this.#desk.open(this.host)
    if (this.about) {
      await this.#desk.run(this.#desk.store?.find(this.about, this.seller))
      this.#desk.show(this.#chat?.id ?? this.#desk.store?.placeOf(this.about, this.seller) ?? '')
    }
    this.requestUpdate()
  }

  close = () => {
    if (!this.hasAttribute('open')) return
    const focused = this.matches(':focus-within')
    this.toggleAttribute('open', false)
    this.#unfocused = false
    this.#letGo()
    this.dispatchEvent(new Event('shopbell-panel-close'))
    const back = this.opener ?? this.#before
    if (focused && back instanceof HTMLElement) back.focus()
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#letGo()
  }

  protected override updated() {
    if (this.#unfocused && this.hasAttribute('open')) this.#focusFirst()
  }

  protected override willUpdate(changed: PropertyValues) {
    const desk = this.#desk
    if (changed.has('lang') && this.host) void desk.dress(this.host)
    const chat = this.#chat
    if (!chat || !desk.store || !this.hasAttribute('open')) return
    if (desk.place !== chat.id) desk.show(chat.id)
    if (this.#started && !this.#waiting.length) this.#goOn(chat)
    if (!desk.store.state.logs.has(chat.id) && !desk.trouble) void desk.run(desk.store.open(chat.id))
  }

  get #chat(): Chat | undefined {
    const { store } = this.#desk
    return this.about ? store?.about(this.about, this.seller) : undefined
  }

  /** First messages that wait for their chat. */
  get #waiting() {
    const { store } = this.#desk
    const place = this.about && store?.placeOf(this.about, this.seller)
    return store?.state.pending.filter(({ chat }) => chat === place) ?? []
  }

  /** The field to write in may come after the panel: until then the panel itself has the focus, if nobody moves it. */
  #focusFirst() {
    const panel = this.renderRoot.querySelector<HTMLElement>('.panel')
    const field = this.renderRoot.querySelector<HTMLElement>('shopbell-guest-form, textarea')
    const { activeElement = null } = this.shadowRoot ?? {}
    this.#unfocused = !field && (!activeElement || activeElement === panel)
    if (activeElement && activeElement !== panel) return
    const first = field && matchMedia('(pointer: fine)').matches ? field : panel
    first?.focus({ preventScroll: true })
  }

  /** The first message: it is kept until the server has it, or given back. */
  #begin = async (body: string, files?: LocalFile[], guest: GuestDetails = {}) => {
    const { about, seller } = this
    const desk = this.#desk
    if (!about || !desk.store || this.#busy) return
    this.#busy = this.#started = true
    this.#wrong = []
    await desk.run(
      desk.store.start(about, seller, body, guest, files).then(
        () => desk.write(''),
        (error: Partial<ApiError>) => {
          desk.write(body)
          this.#wrong = error.issues?.map(({ path }) => path) ?? []
          throw error
        },
      ),
    )
    this.#busy = false
    desk.draw()
  }

  /** The shop may want chats to be read on a page of theirs. */
  #goOn({ id }: Chat) {
    this.#started = false
    const { site } = this.#desk
    const page = site && this.about && (site.contexts[this.about.type].page ?? site.chatsPage)
    if (!page || site.opens === 'panel') return
    const target = new URL(page, location.href)
    target.hash = `shopbell-chat=${id}`
    this.close()
    location.assign(target)
  }

  #beginning(about: About) {
    const desk = this.#desk
    const { words, store, site } = desk
    const { is } = store?.state.connection ?? {}
    if (!site || !store || is === 'connecting' || !desk.place) return nothing
    const told = is !== 'failed' && instead(desk)
    if (told) return told
    if (is === 'visitor' && site.guests !== 'free') {
      return html`<shopbell-guest-form
        .email=${site.guests === 'name_email'}
        .seller=${site.name}
        .draft=${desk.text}
        .busy=${this.#busy}
        .problem=${this.#wrong.length ? '' : desk.trouble}
        .refused=${this.#wrong}
        .words=${words}
        @draft=${({ target }: Event) => target instanceof GuestForm && desk.write(target.message)}
        @start=${({ body, guest }: StartEvent) => this.#begin(body, undefined, guest)}
      ></shopbell-guest-form>`
    }
    return this.#free(about, site.name)
  }

  #free(about: About, name: string) {
    const desk = this.#desk
    const { words, store } = desk
    const waiting = this.#waiting
    const limited = waiting.find((entry) => entry.code && entry.notBefore)
    return html`${
      waiting.length
        ? html`<shopbell-log
            .pending=${waiting}
            .words=${words}
            .bring=${desk.bring}
            .views=${desk.views}
            @retry=${({ id }: LogEvent) => store?.retry(id)}
            @discard=${({ id }: LogEvent) => store?.discard(id)}
          ></shopbell-log>`
        : html`<div class="pane">${notice(about.type, words.say('ask', { name }), words.say('askHint'))}</div>`
    }
    ${composer(desk, this.#begin, limited?.notBefore)}`
  }

  #inside() {
    const { about } = this
    const desk = this.#desk
    const { words, store, site } = desk
    if (!about)
      return html`<shopbell-my-chats lang=${words.lang} .host=${this.host} .close=${this.close}></shopbell-my-chats>`
    const chat = this.#chat
    if (chat) return thread(desk, chat, null, { close: this.close })
    return html`<div class="head">
        ${card(about, words, about.price, site?.name)} ${iconButton('close', words.say('close'), this.close)}
      </div>
      ${bar(desk, store?.state.connection.is === 'failed')}${this.#beginning(about)}`
  }

  protected override render() {
    const { about } = this
    const { words } = this.#desk
    return html`<div class="shade" @click=${this.close}></div>
      <div
        class="panel"
        role="dialog"
        tabindex="-1"
        lang=${words.lang}
        dir=${words.dir ?? nothing}
        aria-label=${about ? titleOf(about, words) : words.say('title')}
      >
        ${this.#inside()}
      </div>`
  }
}

if (!customElements.get('shopbell-panel')) customElements.define('shopbell-panel', Panel)

declare global {
  interface HTMLElementTagNameMap {
    'shopbell-panel': Panel
  }
}
