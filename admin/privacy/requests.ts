import { html, LitElement, nothing } from 'lit'
import type { PrivacyRequest, RequestState } from '../../protocol/privacy.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { Paged } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

interface Page {
  requests: readonly PrivacyRequest[]
  next: string | null
}
const TONE: Record<RequestState, string> = {
  waiting: 'tag-warn',
  held: 'tag-warn',
  running: '',
  done: 'tag-ok',
  dismissed: '',
}

/** What people asked for, the newest first, and what waits for a decision. Event: `decided`. */
export class Requests extends LitElement {
  static override properties = { frame: {}, given: {} }
  static override styles = [controls, parts, pageStyles]

  declare frame: Frame
  /** Those of one person; else all of the site. */
  declare given?: readonly PrivacyRequest[]
  readonly #page = new Paged<Page>(
    this,
    (before) => this.#ask(before),
    (page, next) => ({ ...next, requests: [...page.requests, ...next.requests] }),
  )

  async #ask(before?: string): Promise<Page> {
    if (this.given) return { requests: this.given, next: null }
    return this.frame.call<Page>('GET', `/privacy/requests${before ? `?before=${before}` : ''}`)
  }

  protected override updated(changed: Map<string, unknown>) {
    if (changed.get('given')) void this.#page.load()
  }

  async #decide({ id, kind }: PrivacyRequest, decision: 'carry_out' | 'dismiss') {
    const question = { title: say('carryTitle'), text: say('eraseText'), yes: say('carryOut') }
    if (decision === 'carry_out' && kind === 'erase' && !(await ask(this, question))) return
    try {
      await this.frame.call('PUT', `/privacy/requests/${id}`, { decision })
      await this.#page.load()
      this.dispatchEvent(new Event('decided'))
    } catch (error) {
      this.frame.refused(asApiError(error))
    }
  }

  #request = (request: PrivacyRequest) => {
    const { kind, name, email, user, source, state, askedAt, counts } = request
    const { messages, files, records } = counts
    return html`<li>
      <span class="who">
        <b>${say(kind === 'erase' ? 'eraseKind' : 'exportKind')} <span class="muted" dir="auto">${name ?? email ?? user}</span></b>
        <span class="help">${say('asked', { time: when(askedAt) })} · ${say(source)}</span>
        ${kind === 'erase' && messages + files + records ? html`<span class="help">${say('gone', { messages, files, records })}</span>` : nothing}
      </span>
      <span class="tag ${TONE[state]}">${say(state === 'held' ? 'heldState' : state)}</span>
      ${
        state === 'waiting'
          ? html`<button class="btn btn-quiet" @click=${() => this.#decide(request, 'dismiss')}>${say('dismiss')}</button>
              <button class="btn" @click=${() => this.#decide(request, 'carry_out')}>${say('carryOut')}</button>`
          : nothing
      }
    </li>`
  }

  protected override render() {
    return html`<section class="card">
      <header><h2>${say('requests')}</h2></header>
      ${this.#page.show(
        ({ requests, next }) => html`
          ${
            requests.length
              ? html`<ul class="list">${requests.map(this.#request)}</ul>`
              : html`<p class="pad muted">${say('noRequests')}</p>`
          }
          ${next ? html`<button class="btn btn-quiet more" @click=${() => this.#page.more(this.frame.refused)}>${icon('down')}${say('more')}</button>` : nothing}
        `,
      )}
    </section>`
  }
}

customElements.define('shopbell-requests', Requests)
