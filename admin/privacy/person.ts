import { css, html, LitElement, nothing } from 'lit'
import type { HeldPerson, Holdings, Person } from '../../protocol/privacy.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { number, when } from '../locales/say.ts'
import { fieldsOf, Loaded, save } from '../page.ts'
import { refusal } from '../page-words.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

const KINDS = ['chats', 'messages', 'files', 'orders', 'sessions', 'notifications'] as const

const styles = css`
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(120px, 1fr));
    border-block-start: 1px solid var(--shopbell-line);
  }
  dl > div {
    display: grid;
    padding: var(--shopbell-s3) var(--shopbell-s4);
  }
  dd {
    font-size: var(--shopbell-text-4);
    font-weight: var(--shopbell-semibold);
    font-variant-numeric: tabular-nums;
  }
  dl + .row {
    padding: var(--shopbell-s4);
    border-block-start: 1px solid var(--shopbell-line);
  }
`

/** What is kept of one person, and what may be done with it. Event: `close`. */
export class PersonPage extends LitElement {
  static override properties = { frame: {}, person: {}, problem: { state: true } }
  static override styles = [controls, parts, pageStyles, styles]

  declare frame: Frame
  declare person: Person
  declare problem?: string
  readonly #held = new Loaded(this, () => this.frame.call<HeldPerson>('GET', `/privacy/people/${this.person.id}`))

  get #name() {
    const { name, email } = this.person
    return name ?? email ?? say('somebody')
  }

  async #try(work: () => Promise<unknown>) {
    this.problem = ''
    try {
      await work()
      await this.#held.load()
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code === 'step_up_required') return
      this.problem = failed.code === 'person_is_staff' ? say('cannotStaff') : refusal(failed)
    }
  }

  #erase = async () => {
    const question = {
      title: say('eraseTitle', { name: this.#name }),
      text: say('eraseText'),
      yes: say('erase'),
      typed: { label: say('eraseType'), word: 'erase' },
    }
    if (!(await ask(this, question))) return
    await this.#try(async () => {
      await this.frame.call('POST', '/privacy/erase', { user: this.person.id, confirm: 'erase' })
      this.frame.tell(say('eraseStarted'))
    })
  }

  #export = () =>
    this.#try(async () => {
      const { id } = this.person
      for (let part = 1, parts = 1; part <= parts; part++) {
        const file = await this.frame.session.fetch(`/privacy/export?user=${id}&part=${part}`)
        parts = Number(file.headers.get('Shopbell-Parts') ?? 1)
        save(await file.blob(), `shopbell-${id}${parts > 1 ? `-${part}` : ''}.zip`)
      }
      this.frame.tell(say('exported'))
    })

  #setHold = (held: boolean) => (event: SubmitEvent) => {
    const { reason } = fieldsOf(event)
    void this.#try(() =>
      this.frame.call('PUT', `/privacy/people/${this.person.id}/hold`, { held, ...(reason ? { reason } : {}) }),
    )
  }

  #holdings = (holds: Holdings, person: Person, isHeld: boolean) => html`<section class="card">
    <header><h2>${say('kept')}</h2></header>
    <dl>
      ${KINDS.map((kind) => html`<div><dt class="help">${say(kind)}</dt><dd>${number(holds[kind])}</dd></div>`)}
    </dl>
    <div class="row">
      <button class="btn" @click=${this.#export}>${icon('download')}${say('export')}</button>
      <span class="push"></span>
      <button class="btn btn-bad" ?disabled=${isHeld || person.staff} @click=${this.#erase}>${say('erase')}</button>
    </div>
    ${person.staff ? html`<p class="help pad">${say('cannotStaff')}</p>` : nothing}
  </section>`

  #hold = (hold: HeldPerson['hold']) => html`<section class="card">
    <header><h2>${say('hold')}</h2>${hold ? html`<span class="tag tag-warn">${say('held')}</span>` : nothing}</header>
    <p class="help pad">${say('holdHint')}</p>
    <form class="form" @submit=${this.#setHold(!hold)}>
      ${
        hold
          ? html`<p>${say('heldSince', { time: when(hold.since) })}${hold.reason ? html`<br /><span class="muted" dir="auto">${hold.reason}</span>` : nothing}</p>`
          : html`<div class="field"><label for="reason">${say('reason')}</label><input class="input" id="reason" name="reason" maxlength="200" autocomplete="off" /></div>`
      }
      <button class="btn">${say(hold ? 'liftHold' : 'setHold')}</button>
    </form>
  </section>`

  protected override render() {
    return html`
      <div><button class="btn btn-quiet" @click=${() => this.dispatchEvent(new Event('close'))}>${icon('back')}${say('back')}</button></div>
      <div class="page-head">
        <h1 tabindex="-1" dir="auto">${this.#name}</h1>
        <p class="lead">${[this.person.email, this.person.shopId].filter((text) => text && text !== this.#name).join(' · ')}</p>
      </div>
      ${this.problem ? html`<p class="banner banner-bad" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
      ${this.#held.show(
        ({ holds, hold, person, requests }) => html`
          ${this.#holdings(holds, person, hold !== null)} ${this.#hold(hold)}
          <shopbell-requests .frame=${this.frame} .given=${requests} @decided=${this.#held.load}></shopbell-requests>
        `,
      )}
    `
  }
}

customElements.define('shopbell-person', PersonPage)
