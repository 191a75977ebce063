import { html, nothing, type ReactiveController, type ReactiveControllerHost } from 'lit'
import { type ApiError, asApiError } from './client/request.ts'
import { icon } from './icon.ts'
import { refusal, say } from './page-words.ts'

/** Something a page shows once it has come: loading, failed, there; and asked for again. */
export class Loaded<T> implements ReactiveController {
  value: T | null = null
  failed: ApiError | null = null
  busy = false
  protected readonly host
  readonly #ask
  #turn = 0

  constructor(host: ReactiveControllerHost, ask: () => Promise<T>) {
    this.host = host
    this.#ask = ask
    host.addController(this)
  }

  hostConnected() {
    // What the page is about is set by then.
    void Promise.resolve().then(() => this.load())
  }

  /** Asks anew. An answer that a later one has overtaken is out of date and left aside. */
  load = async (): Promise<void> => {
    const turn = ++this.#turn
    this.busy = true
    this.failed = null
    this.host.requestUpdate()
    const [value, failed] = await this.#ask().then(
      (value) => [value, null] as const,
      (error) => [this.value, asApiError(error)] as const,
    )
    if (turn !== this.#turn) return
    Object.assign(this, { value, failed, busy: false })
    this.host.requestUpdate()
  }

  /** Above what was there before, where asking again has failed. */
  #stale = () =>
    this.failed
      ? html`<p class="banner banner-bad" role="alert">
          ${icon('alert')}<span class="push">${refusal(this.failed)}</span>
          <button class="btn" @click=${this.load}>${say('tryAgain')}</button>
        </p>`
      : nothing

  /** The page, or what stands in its place. */
  show(page: (value: T) => unknown): unknown {
    if (this.value) return html`${this.#stale()}${page(this.value)}`
    if (this.failed)
      return html`<div class="empty" role="alert">
        ${icon('alert')}<b>${say('failed')}</b><p>${refusal(this.failed)}</p>
        <button class="btn" @click=${this.load}>${say('tryAgain')}</button>
      </div>`
    return html`<p class="empty" role="status">${icon('ring', 'turn')}${say('loading')}</p>`
  }
}

/** A list that comes page by page: `join` puts the next one behind what is there. */
export class Paged<P extends { next: string | null }> extends Loaded<P> {
  readonly #page
  readonly #join

  constructor(host: ReactiveControllerHost, page: (mark?: string) => Promise<P>, join: (so: P, next: P) => P) {
    super(host, page)
    this.#page = page
    this.#join = join
  }

  async more(refused: (error: ApiError) => void): Promise<void> {
    const { value } = this
    if (!value?.next) return
    try {
      const next = await this.#page(value.next)
      // Asked for anew meanwhile, it is another list.
      if (this.value === value) this.value = this.#join(value, next)
    } catch (error) {
      refused(asApiError(error))
    }
    this.host.requestUpdate()
  }
}

const TYPING_MS = 250

/** Takes what is typed into a field, trimmed, once the keys rest. */
export function typed(look: (text: string) => void) {
  let timer = 0
  return ({ target }: Event) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => look((target as HTMLInputElement).value.trim()), TYPING_MS)
  }
}

/** The fields of a form by name, trimmed; an empty one is left out. */
export function fieldsOf(event: SubmitEvent): Record<string, string> {
  event.preventDefault()
  const data = new FormData(event.target as HTMLFormElement)
  return Object.fromEntries(
    [...data].flatMap(([name, value]) => (String(value).trim() ? [[name, String(value).trim()]] : [])),
  )
}

/** Copies a text and says so on the button. */
export const copyButton = (text: string, tell: (words: string) => void) =>
  html`<button
    class="btn"
    @click=${() =>
      navigator.clipboard
        ?.writeText(text)
        .then(() => tell(say('copied')))
        .catch(() => null)}
  >
    ${icon('copy')}${say('copy')}
  </button>`

/** Hands a file to the browser. */
export function save(file: Blob, name: string): void {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(file), download: name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
