import { html, LitElement, nothing } from 'lit'
import type { Person } from '../../protocol/privacy.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { fieldsOf } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import './person.ts'
import './requests.ts'
import { say } from './words.ts'

/** Finds a person and shows what is kept; below, what people have asked for. */
export class PrivacyPage extends LitElement {
  static override properties = { frame: {}, found: { state: true }, open: { state: true }, busy: { state: true } }
  static override styles = [controls, parts, pageStyles]

  declare frame: Frame
  declare found?: readonly Person[]
  declare open?: Person | undefined
  declare busy?: boolean

  #search = async (event: SubmitEvent) => {
    const { q } = fieldsOf(event)
    if (!q) return
    this.busy = true
    try {
      this.found = (
        await this.frame.call<{ people: Person[] }>('GET', `/privacy/people?${new URLSearchParams({ q })}`)
      ).people
    } catch (error) {
      this.frame.refused(asApiError(error))
    } finally {
      this.busy = false
    }
  }

  #person = (person: Person) => {
    const { id, name, email, guest, staff, held, firstSeenAt } = person
    const open = () => {
      this.open = person
    }
    return html`<li>
      <span class="who">
        <b dir="auto">${name ?? email ?? (guest ? say('guest') : id)}</b>
        <span class="help">${email && name ? html`${email} · ` : nothing}${say('firstSeen', { time: when(firstSeenAt, { dateStyle: 'medium' }) })}</span>
      </span>
      ${guest ? html`<span class="tag">${say('guest')}</span>` : nothing}
      ${staff ? html`<span class="tag">${say('staff')}</span>` : nothing}
      ${held ? html`<span class="tag tag-warn">${say('held')}</span>` : nothing}
      <button class="btn" @click=${open}>${say('kept')}<span class="sr">: ${name ?? email ?? id}</span></button>
    </li>`
  }

  #people() {
    const { found } = this
    if (!found) return nothing
    if (!found.length)
      return html`<p class="pad"><b>${say('nobody')}</b><br /><span class="help">${say('nobodyHint')}</span></p>`
    return html`<ul class="list">${found.map(this.#person)}</ul>`
  }

  protected override render() {
    const { frame, open } = this
    if (!frame.mayChange)
      return html`<div class="empty">${icon('lock')}<h1 tabindex="-1">${say('title')}</h1><p>${say('analyst')}</p></div>`
    const close = () => {
      this.open = undefined
    }
    if (open) return html`<shopbell-person .frame=${frame} .person=${open} @close=${close}></shopbell-person>`
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      <section class="card" aria-busy=${!!this.busy}>
        <header><h2>${say('search')}</h2></header>
        <form class="form" @submit=${this.#search}>
          <div class="field">
            <label for="q">${say('search')}</label>
            <p class="help" id="q-hint">${say('searchHint')}</p>
            <input class="input" id="q" name="q" type="search" maxlength="254" aria-describedby="q-hint" required />
          </div>
          <button class="btn">${icon('search')}${say('find')}</button>
        </form>
        <div role="status">${this.#people()}</div>
      </section>
      <shopbell-requests .frame=${frame}></shopbell-requests>
    `
  }
}

customElements.define('shopbell-privacy', PrivacyPage)
