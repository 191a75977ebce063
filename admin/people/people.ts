import { html, LitElement, nothing } from 'lit'
import type { StaffInvitation, StaffPerson } from '../../protocol/admin/people.ts'
import type { AddedMember } from '../../protocol/admin/sellers.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { fieldsOf, Loaded } from '../page.ts'
import { refusal } from '../page-words.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import './invitation.ts'
import './sellers.ts'
import { say } from './words.ts'

const ROLES = ['owner', 'admin', 'analyst'] as const

/** Who runs the site, and the sellers with those who answer for them. */
export class PeoplePage extends LitElement {
  static override properties = { frame: {}, invited: { state: true }, problem: { state: true } }
  static override styles = [controls, parts, pageStyles]

  declare frame: Frame
  /** An invitation that was just made. */
  declare invited?: StaffInvitation | AddedMember | undefined
  declare problem?: string
  readonly #staff = new Loaded(this, () => this.frame.call<{ people: StaffPerson[] }>('GET', '/admin/people'))

  get #isOwner() {
    return this.frame.session.me?.role === 'owner'
  }

  async #do<T>(method: string, path: string, body?: object): Promise<T | null> {
    this.problem = ''
    try {
      const answer = await this.frame.call<T>(method, path, body)
      await this.#staff.load()
      return answer
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code !== 'step_up_required')
        this.problem = failed.code === 'last_owner' ? say('lastOwner') : refusal(failed)
      return null
    }
  }

  #invite = async (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    const invited = await this.#do<StaffInvitation>('POST', '/admin/people', fieldsOf(event))
    if (!invited) return
    form.reset()
    this.invited = invited
  }

  async #remove({ user, name, email }: StaffPerson) {
    const title = say('removeTitle', { name: name ?? email ?? say('who') })
    if (await ask(this, { title, text: say('removeHint'), yes: say('remove') }))
      await this.#do('DELETE', `/admin/people/${user}`)
  }

  #roles = (
    role: string,
    label: string,
    change: (event: Event) => void,
  ) => html`<select class="input" aria-label=${label} @change=${change}>
    ${ROLES.filter((one) => one === role || one !== 'owner' || this.#isOwner).map(
      (one) => html`<option value=${one} .selected=${one === role}>${say(one)}</option>`,
    )}
  </select>`

  #person = (person: StaffPerson) => {
    const { user, name, email, role, via, joinedAt, seenAt, me } = person
    const called = name ?? email ?? say('who')
    const may = this.frame.mayChange && !me && via === 'invitation' && (role !== 'owner' || this.#isOwner)
    const change = (event: Event) =>
      this.#do('PUT', `/admin/people/${user}`, { role: (event.target as HTMLSelectElement).value })
    return html`<li>
      <span class="avatar" aria-hidden="true">${called.slice(0, 1).toLocaleUpperCase()}</span>
      <span class="who">
        <b dir="auto">${called}</b>
        <span class="help">
          ${name && email ? html`${email} · ` : nothing}${via === 'shop' ? say('byShop') : seenAt ? say('lastSeen', { time: when(seenAt) }) : say('never')}
        </span>
      </span>
      ${me ? html`<span class="tag">${say('you')}</span>` : nothing}
      ${joinedAt === null ? html`<span class="tag tag-warn">${say('invited')}</span>` : nothing}
      ${may ? html`<span>${this.#roles(role, `${say('role')}: ${called}`, change)}</span>` : html`<span class="muted">${say(role)}</span>`}
      ${may ? html`<button class="btn btn-quiet" @click=${() => this.#remove(person)}>${say('remove')}<span class="sr"> ${called}</span></button>` : nothing}
    </li>`
  }

  #staffCard = ({ people }: { people: StaffPerson[] }) => html`<section class="card">
    <header><h2>${say('staff')}</h2></header>
    <p class="help pad">${say('staffHint')}</p>
    <ul class="list">${people.map(this.#person)}</ul>
    ${
      this.frame.mayChange
        ? html`<form class="form" @submit=${this.#invite}>
            <div class="field"><label for="email">${say('email')}</label><input class="input" id="email" name="email" type="email" autocomplete="off" required /></div>
            <div class="field"><label for="name">${say('optional', { label: say('name') })}</label><input class="input" id="name" name="name" autocomplete="off" maxlength="64" /></div>
            <div class="field">
              <label for="role">${say('role')}</label>
              <select class="input" id="role" name="role">
                ${ROLES.filter((role) => role !== 'owner' || this.#isOwner).map((role) => html`<option value=${role} .selected=${role === 'admin'}>${say(role)}</option>`)}
              </select>
            </div>
            <button class="btn">${icon('plus')}${say('invite')}</button>
          </form>`
        : nothing
    }
  </section>`

  protected override render() {
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      ${this.problem ? html`<p class="banner banner-bad" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
      ${this.#staff.show(this.#staffCard)}
      <shopbell-sellers
        .frame=${this.frame}
        @invited=${({ detail }: CustomEvent<AddedMember>) => {
          this.invited = detail
        }}
      ></shopbell-sellers>
      ${
        this.invited?.link
          ? html`<shopbell-invitation
              .invited=${this.invited}
              .tell=${this.frame.tell}
              @close=${() => {
                this.invited = undefined
              }}
            ></shopbell-invitation>`
          : nothing
      }
    `
  }
}

customElements.define('shopbell-people', PeoplePage)
