import { css, html, LitElement, nothing } from 'lit'
import { MAILS_NEVER_AGAIN } from '../../protocol/bounds.ts'
import type { MailState, OutboxMail, OutboxPage } from '../../protocol/notifications.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { number, when } from '../locales/say.ts'
import { Paged } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { enMail, say } from './words.ts'

const STATES: readonly MailState[] = ['waiting', 'dead', 'sent', 'dropped']
const TONE: Record<MailState, string> = { waiting: 'tag-warn', dead: 'tag-bad', sent: 'tag-ok', dropped: '' }

const styles = css`
  .states {
    display: flex;
    flex-wrap: wrap;
    gap: var(--shopbell-s2);
  }
  .states .btn[aria-pressed='true'] {
    border-color: var(--shopbell-accent-text);
    background: var(--shopbell-accent-tint);
    color: var(--shopbell-accent-text);
  }
  .banner > span {
    flex: 1;
  }
`

/** The outbox: what waits, what went out, and what could not; failures go again on a press. */
export class MailPage extends LitElement {
  static override properties = { frame: {}, state: { state: true } }
  static override styles = [controls, parts, pageStyles, styles]

  declare frame: Frame
  declare state: MailState
  readonly #page = new Paged(
    this,
    (before) => this.#ask(before),
    (page, next) => ({ ...next, mails: [...page.mails, ...next.mails] }),
  )

  constructor() {
    super()
    this.state = 'waiting'
  }

  #ask(before?: string): Promise<OutboxPage> {
    const query = new URLSearchParams({ state: this.state, ...(before && { before }) })
    return this.frame.call<OutboxPage>('GET', `/notifications/outbox?${query}`)
  }

  async #retry(ids?: string[]) {
    try {
      const { retried } = await this.frame.call<{ retried: number }>(
        'POST',
        '/notifications/outbox/retry',
        ids ? { ids } : {},
      )
      this.frame.tell(say('retried', { n: retried }))
      await this.#page.load()
    } catch (error) {
      this.frame.refused(asApiError(error))
    }
  }

  #delivery({ delivery }: OutboxPage) {
    if (delivery === 'none')
      return html`<p class="banner banner-warn">${icon('alert')}<span>${say('noDelivery')}</span></p>`
    if (delivery === 'resend') return html`<p class="help">${say('resend')}</p>`
    return html`<p class="banner">${icon('mail')}<span>${say('dev_mailbox')}</span><a href="${this.frame.host.base}/dev/mail" target="_blank" rel="noopener">${say('openMailbox')}</a></p>`
  }

  #states = ({ counts }: OutboxPage) => html`<div class="states" role="group" aria-label=${say('state')}>
    ${STATES.map((state) => {
      const choose = () => {
        this.state = state
        void this.#page.load()
      }
      return html`<button class="btn" aria-pressed=${state === this.state} @click=${choose}>
        ${say(state)} <span class="num muted">${number(counts[state])}</span>
      </button>`
    })}
    <span class="push"></span>
    ${
      counts.dead && this.frame.mayChange
        ? html`<button class="btn" @click=${() => this.#retry()}>${icon('refresh')}${say('retryAll')}</button>`
        : nothing
    }
  </div>`

  #mail = (mail: OutboxMail) => {
    const { id, kind, state, to, reason } = mail
    return html`<li>
    <span class="who">
      <b>${inWords(kind)} <span class="muted">${to ?? say('nobody')}</span></b>
      <span class="help">${timesOf(mail)}</span>
      ${reason ? html`<span class="small ${state === 'dead' ? 'bad' : 'muted'}">${inWords(reason, 'why_')}</span>` : nothing}
    </span>
    <span class="tag ${TONE[state]}">${say(state)}</span>
    ${
      state === 'dead' && this.frame.mayChange && !MAILS_NEVER_AGAIN.includes(kind)
        ? html`<button class="btn" @click=${() => this.#retry([id])}>${say('retry')}<span class="sr"> ${to}</span></button>`
        : nothing
    }
  </li>`
  }

  protected override render() {
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      ${this.#page.show(
        (page) => html`
          ${this.#delivery(page)} ${this.#states(page)}
          ${
            page.mails.length
              ? html`<ul class="card list">${page.mails.map(this.#mail)}</ul>`
              : html`<div class="card empty">${icon('mail')}<b>${say('empty')}</b></div>`
          }
          ${page.next ? html`<button class="btn more" @click=${() => this.#page.more(this.frame.refused)}>${say('more')}</button>` : nothing}
        `,
      )}
    `
  }
}

const timesOf = ({ createdAt, dueAt, doneAt, tries }: OutboxMail): string =>
  [
    say('created', { time: when(createdAt) }),
    dueAt && say('due', { time: when(dueAt) }),
    doneAt && say('done', { time: when(doneAt) }),
    tries && say('tries', { n: tries }),
  ]
    .filter(Boolean)
    .join(' · ')

const isSaid = (key: string): key is keyof typeof enMail => Object.hasOwn(enMail, key)

/** A code of ours in words; what else it is, such as the provider's own words, stays as it is. */
function inWords(code: string, prefix = ''): string {
  const key = prefix + code
  return isSaid(key) ? say(key) : code
}

customElements.define('shopbell-mail', MailPage)
