import { html, LitElement, nothing } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { AddedMember, Desk, DeskPage } from '../../protocol/admin/sellers.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { fieldsOf, Paged, typed } from '../page.ts'
import { refusal } from '../page-words.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { sellersStyles } from './sellers.css.ts'
import { say } from './words.ts'

/** The sellers: each desk with its vendor id and the people who answer for it. Event: `invited`. */
export class Sellers extends LitElement {
  static override properties = { frame: {}, problem: { state: true }, open: { state: true } }
  static override styles = [controls, parts, pageStyles, sellersStyles]

  declare frame: Frame
  declare problem?: string
  /** The desk that is looked at. */
  declare open?: string | undefined
  #q = ''
  readonly #page = new Paged(
    this,
    (after) => this.#ask(after),
    (page, next) => ({ ...next, desks: [...page.desks, ...next.desks] }),
  )

  #ask(after?: string): Promise<DeskPage> {
    const query = new URLSearchParams({ ...(this.#q && { q: this.#q }), ...(after && { after }) })
    return this.frame.call<DeskPage>('GET', `/admin/sellers?${query}`)
  }

  async #do<T>(method: string, path: string, body?: object): Promise<T | null> {
    this.problem = ''
    try {
      const answer = await this.frame.call<T>(method, `/admin/sellers${path}`, body)
      await this.#page.load()
      return answer ?? ({} as T)
    } catch (error) {
      const failed = asApiError(error)
      this.problem = failed.code === 'already_exists' ? say('takenId') : (failed.issues[0]?.message ?? refusal(failed))
      return null
    }
  }

  #search = typed((text) => {
    this.#q = text
    void this.#page.load()
  })

  #add = async (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    if (await this.#do('POST', '', fieldsOf(event))) form.reset()
  }

  #change = (desk: Desk) => async (event: SubmitEvent) => {
    const { id = desk.id, name, picture = null } = fieldsOf(event)
    const body = { ...(id === desk.id ? {} : { id }), name, picture }
    if (await this.#do('PUT', `/${encodeURIComponent(desk.id)}`, body)) this.open = id
  }

  #invite = (desk: Desk) => async (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    const added = await this.#do<AddedMember>('POST', `/${encodeURIComponent(desk.id)}/members`, fieldsOf(event))
    if (!added) return
    form.reset()
    // Without a link there is nothing to hand over, and no dialog.
    if (!added.link) this.frame.tell(say(added.mailed ? 'mailedTitle' : 'joined'))
    this.dispatchEvent(new CustomEvent('invited', { detail: added }))
  }

  /** Opens a desk and fills in who is signed in: whoever runs the shop answers as anybody else does. */
  async #inviteMe(desk: Desk) {
    this.open = desk.id
    await this.updateComplete
    const form = this.renderRoot.querySelector<HTMLFormElement>('form.join')
    const { email, name } = this.frame.session.me ?? {}
    for (const [field, value] of Object.entries({ email, name })) {
      const input = form?.querySelector<HTMLInputElement>(`[name=${field}]`)
      if (input) input.value = value ?? ''
    }
    form?.querySelector<HTMLElement>('.btn')?.focus()
  }

  /** Until somebody is invited nobody answers, and that is easily missed. */
  #nobody({ desks, next }: DeskPage) {
    const desk = desks.find(({ isDefault }) => isDefault) ?? desks[0]
    if (this.#q || next || !desk || desks.some(({ members }) => members.length)) return nothing
    const mayInvite = this.frame.mayChange && this.frame.session.me?.email
    return html`<div class="banner banner-warn">
      ${icon('alert')}
      <div class="stack">
        <p>${say('nobody')}</p>
        ${mayInvite ? html`<button class="btn more" @click=${() => this.#inviteMe(desk)}>${say('inviteMe')}</button>` : nothing}
      </div>
    </div>`
  }

  async #removeMember(desk: Desk, { user, name, email }: Desk['members'][number]) {
    const title = say('removeTitle', { name: name ?? email ?? say('who') })
    if (await ask(this, { title, text: say('removeMemberHint'), yes: say('remove') }))
      await this.#do('DELETE', `/${encodeURIComponent(desk.id)}/members/${user}`)
  }

  #details(desk: Desk) {
    const field = (
      name: string,
      label: string,
      value: string,
      more: { locked?: boolean; type?: string } = {},
    ) => html`<div class="field">
      <label for="${name}-${desk.id}">${label}</label>
      <input class="input" id="${name}-${desk.id}" name=${name} type=${more.type ?? 'text'} .value=${value} ?readonly=${more.locked} autocomplete="off" />
    </div>`
    const { mayChange } = this.frame
    return html`<div class="details">
      ${
        mayChange
          ? html`<form class="form" @submit=${this.#change(desk)}>
              ${field('name', say('name'), desk.name)} ${field('id', say('vendorId'), desk.id, { locked: !desk.isFresh })}
              ${field('picture', say('picture'), desk.picture ?? '', { type: 'url' })}
              <button class="btn">${say('save')}</button>
            </form>`
          : nothing
      }
      <ul class="list">
        ${desk.members.map((member) => {
          const called = member.name ?? member.email ?? member.shopId ?? say('who')
          return html`<li>
            <span class="who"><span dir="auto">${called}</span>${member.email && member.email !== called ? html`<span class="help">${member.email}</span>` : nothing}</span>
            ${mayChange ? html`<button class="btn btn-quiet" @click=${() => this.#removeMember(desk, member)}>${say('remove')}<span class="sr"> ${called}</span></button>` : nothing}
          </li>`
        })}
        ${desk.members.length ? nothing : html`<li class="muted">${say('noMembers')}</li>`}
      </ul>
      ${
        mayChange
          ? html`<form class="form join" aria-label=${say('addMember')} @submit=${this.#invite(desk)}>
              <div class="field"><label for="email-${desk.id}">${say('email')}</label><input class="input" id="email-${desk.id}" name="email" type="email" autocomplete="off" required /></div>
              <div class="field"><label for="who-${desk.id}">${say('optional', { label: say('name') })}</label><input class="input" id="who-${desk.id}" name="name" autocomplete="off" maxlength="64" /></div>
              <button class="btn">${icon('mail')}${say('invite')}</button>
            </form>`
          : nothing
      }
      ${mayChange && !desk.isDefault ? html`<p class="pad"><button class="btn" @click=${() => this.#do('PUT', `/${encodeURIComponent(desk.id)}`, { isDefault: true })}>${say('makeDefault')}</button></p>` : nothing}
    </div>`
  }

  #desk = (desk: Desk) => {
    const isOpen = this.open === desk.id
    const toggle = () => {
      this.open = isOpen ? undefined : desk.id
    }
    return html`<li class="desk">
      <button class="head" aria-expanded=${isOpen} @click=${toggle}>
        <span class="avatar" aria-hidden="true">${desk.name.slice(0, 1).toLocaleUpperCase()}</span>
        <span class="who"><b dir="auto">${desk.name}</b><span class="help">${desk.id} · ${say('members', { n: desk.members.length })}</span></span>
        ${desk.isDefault ? html`<span class="tag">${say('default')}</span>` : nothing}${icon('chevron')}
      </button>
      ${isOpen ? this.#details(desk) : nothing}
    </li>`
  }

  protected override render() {
    return html`<section class="card">
      <header>
        <h2>${say('sellers')}</h2>
        <input class="input search" type="search" aria-label=${say('search')} placeholder=${say('search')} @input=${this.#search} />
      </header>
      <p class="help pad">${say('sellersHint')}</p>
      ${this.problem ? html`<p class="banner banner-bad" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
      ${this.#page.show(
        (page) => html`${this.#nobody(page)}<ul>
            ${repeat(page.desks, ({ id }) => id, this.#desk)}
            ${page.desks.length ? nothing : html`<li class="pad muted">${say('noSellers')}</li>`}
          </ul>
          ${page.next ? html`<button class="btn btn-quiet" @click=${() => this.#page.more(this.frame.refused)}>${say('more')}</button>` : nothing}`,
      )}
      ${
        this.frame.mayChange
          ? html`<form class="form" aria-label=${say('addSeller')} @submit=${this.#add}>
              <div class="field"><label for="desk-name">${say('name')}</label><input class="input" id="desk-name" name="name" maxlength="64" autocomplete="off" required /></div>
              <div class="field"><label for="desk-id">${say('optional', { label: say('vendorId') })}</label><input class="input" id="desk-id" name="id" autocomplete="off" /></div>
              <button class="btn">${icon('plus')}${say('addSeller')}</button>
            </form>`
          : nothing
      }
    </section>`
  }
}

customElements.define('shopbell-sellers', Sellers)
