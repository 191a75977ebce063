import { html, LitElement, nothing, type PropertyValues } from 'lit'
import type { Install } from '../../protocol/admin/install.ts'
import type { PutWizard, WizardStep } from '../../protocol/admin/wizard.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { ApiError, asApiError } from '../client/request.ts'
import { problemOf } from '../form/check.ts'
import { fault } from '../form/control.ts'
import type { FieldChange } from '../form/field.ts'
import '../form/field.ts'
import { allFields, type Field, findGroup } from '../form/schema.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { Loaded } from '../page.ts'
import '../settings/conflict.ts'
import { refusal } from '../page-words.ts'
import { type Draft, draftOf } from '../settings/draft.ts'
import { pageOf } from '../settings/places.ts'
import { parts } from '../styles/parts.ts'
import './install-step.ts'
import './sellers-step.ts'
import { FIELDS, STEPS, stepAt } from './steps.ts'
import { wizardStyles } from './wizard.css.ts'
import { say } from './words.ts'

/** Five short steps from nothing to a working button. Each saves; leaving and coming back goes on where it was. */
export class WizardPage extends LitElement {
  static override properties = {
    frame: {},
    path: {},
    rev: { state: true },
    busy: { state: true },
    problem: { state: true },
    badOrigin: { state: true },
  }
  static override styles = [controls, parts, wizardStyles]

  declare frame: Frame
  /** The step, as the address names it. */
  declare path: string
  declare rev: number
  declare busy?: boolean
  declare problem?: string
  /** What is typed as the shop's address is none. */
  declare badOrigin?: boolean
  #draft!: Draft
  #origin = ''
  /** What is shown until somebody says otherwise; nobody has changed it, so it is saved with a step and not before. */
  readonly #guesses = new Map<string, string>()
  readonly #facts = new Loaded(this, () => this.frame.call<Install>('GET', '/admin/install'))

  override connectedCallback() {
    super.connectedCallback()
    this.rev = 0
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#draft.removeEventListener('change', this.#changed)
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('frame') || this.#draft) return
    this.#draft = draftOf(this.frame.session)
    this.#draft.addEventListener('change', this.#changed)
    void this.#begin()
  }

  /** The first time, the language and the time zone of whoever sets it up are the best guess. */
  async #begin() {
    const draft = this.#draft
    if (!draft.document) await draft.load()
    if (this.frame.wizard?.state !== 'new') return
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    for (const [path, guess] of [
      ['region.timeZone', timeZone],
      ['region.locale', navigator.language],
    ] as const) {
      const schema = allFields.get(path)?.schema
      if (schema && draft.value(path) === schema.default && problemOf(schema, guess) === null)
        this.#guesses.set(path, guess)
    }
    this.rev++
  }

  #change = ({ path, value }: FieldChange) => {
    this.#guesses.delete(path)
    this.#draft.set(path, value)
  }

  protected override updated(changed: PropertyValues<this>) {
    if (!changed.has('path') || changed.get('path') === undefined) return
    window.scrollTo({ top: 0 })
    this.renderRoot.querySelector<HTMLElement>('h1')?.focus()
  }

  #changed = () => {
    this.rev++
  }

  get #step(): WizardStep {
    const { state, step = 'shop' } = this.frame.wizard ?? {}
    // Done with to the end, it is run again from the start.
    return stepAt(this.path) ?? (state === 'completed' && step === 'install' ? 'shop' : step)
  }

  /** Remembers how far it is; a failure there must not hold anybody up. */
  #tell = async (put: PutWizard) => {
    await this.frame.setWizard(put).catch((error) => this.frame.refused(asApiError(error)))
  }

  #next = () => this.#go(() => this.#saveStep())
  #settle = ({ detail }: CustomEvent<Set<string>>) =>
    this.#go(async () => this.#follow(await this.#draft.settle(detail)))

  /** Goes to the next step once the work of this one is stored. */
  async #go(work: () => Promise<boolean>) {
    if (this.busy) return
    this.busy = true
    this.problem = ''
    this.badOrigin = false
    try {
      if (await work()) await this.#goOn()
    } catch (error) {
      await this.#refuse(asApiError(error))
    } finally {
      this.busy = false
    }
  }

  async #refuse(failed: ApiError) {
    this.badOrigin = failed.code === 'invalid'
    if (!this.badOrigin && failed.code !== 'step_up_required') this.problem = refusal(failed)
    await this.updateComplete
    if (this.badOrigin) this.renderRoot.querySelector<HTMLElement>('#origin')?.focus()
  }

  async #saveStep(): Promise<boolean> {
    const draft = this.#draft
    for (const [path, guess] of this.#guesses) draft.set(path, guess)
    this.#guesses.clear()
    if (draft.problems.length) {
      this.renderRoot.querySelector<HTMLElement>('shopbell-field[wrong]')?.focus()
      return false
    }
    if (this.#step === 'shop' && this.#origin) await this.#addOrigin(this.#origin)
    return this.#follow(!draft.changed.length || (await draft.save()))
  }

  #follow(isSaved: boolean): boolean {
    const { refused } = this.#draft
    if (!isSaved && refused) this.problem = refusal(refused)
    return isSaved
  }

  /** What is wrong on another step or page stops this one too: all that was changed is saved together. */
  #elsewhere(step: WizardStep) {
    const wrong = this.#draft.problems.filter(({ field }) => !FIELDS[step].includes(field.path))
    if (!wrong.length) return nothing
    return html`<div class="banner banner-bad" role="alert">
      ${icon('alert')}
      <div>
        <p>${say('elsewhere')}</p>
        ${wrong.map(
          ({ field, problem }) => html`<p>
            <a href=${this.frame.href(placeOf(field))}>${say('elsewhereLine', { label: field.schema.label, problem })}</a>
          </p>`,
        )}
      </div>
    </div>`
  }

  async #addOrigin(text: string) {
    const origin = originOf(text)
    if (!origin) throw new ApiError('invalid')
    if (!this.#facts.value?.origins.some((one) => one.origin === origin && one.use === 'shop'))
      await this.frame.call('PUT', '/admin/origins', { origin, use: 'shop' })
    this.#origin = ''
    await this.#facts.load()
  }

  async #goOn() {
    const step = STEPS[STEPS.indexOf(this.#step) + 1]
    const state = this.frame.wizard?.state === 'completed' ? 'completed' : 'running'
    await this.#tell(step ? { state, step } : { state: 'completed', step: 'install' })
    this.frame.go(step ? `wizard/${step}` : 'settings')
  }

  async #skip() {
    await this.#tell({ state: 'skipped', step: 'shop' })
    this.frame.go('settings')
  }

  #field = (path: string) => {
    const field = allFields.get(path)
    const draft = this.#draft
    if (!field || !draft.isShown(field)) return nothing
    const problem = draft.problem(field)
    return html`<shopbell-field
      path=${path}
      .schema=${field.schema}
      .value=${this.#guesses.get(path) ?? draft.value(path)}
      .problem=${problem}
      ?wrong=${problem !== null}
      ?locked=${!this.frame.mayChange}
    ></shopbell-field>`
  }

  #shop() {
    const origins = (this.#facts.value?.origins ?? []).filter(({ use }) => use === 'shop').map(({ origin }) => origin)
    return html`
      <div class="field lone">
        <label for="origin">${say('origin')}</label>
        <p class="help" id="origin-hint">${say('originHint')}</p>
        ${origins.length ? html`<p class="help">${say('alreadyOrigins', { origins: origins.join(', ') })}</p>` : nothing}
        <input
          class="input"
          id="origin"
          type="url"
          placeholder="https://"
          aria-describedby="origin-hint"
          aria-invalid=${this.badOrigin ? 'true' : nothing}
          .value=${this.#origin}
          @input=${(event: Event) => {
            this.#origin = (event.target as HTMLInputElement).value.trim()
            this.badOrigin = false
          }}
        />
        ${this.badOrigin ? html`<div role="alert">${fault(say('badOrigin'))}</div>` : nothing}
      </div>
      ${FIELDS.shop.map(this.#field)}
      <p class="help">${say('chatsPage')}</p>
    `
  }

  #contexts = () =>
    ['product', 'order', 'post'].map((name) => {
      const group = findGroup(`contexts.${name}`)
      return html`<section class="card pad" aria-label=${group?.label ?? name}>
        <h2>${group?.label}</h2>
        ${FIELDS.contexts.filter((path) => path.startsWith(`contexts.${name}.`)).map(this.#field)}
      </section>`
    })

  #notifications = () =>
    ['notifications', 'guests'].map(
      (name) => html`<section class="card pad" aria-label=${findGroup(name)?.label ?? name}>
        <h2>${findGroup(name)?.label}</h2>
        ${FIELDS.notifications
          .filter((path) => path.startsWith(`${name}.`))
          .map((path) => {
            const inner = findGroup(path.split('.').slice(0, 2).join('.'))
            return html`${inner ? html`<h3>${inner.label}</h3>` : nothing}${this.#field(path)}`
          })}
      </section>`,
    )

  #body(step: WizardStep) {
    if (step === 'shop') return this.#shop()
    if (step === 'contexts') return this.#contexts()
    if (step === 'sellers') return html`<shopbell-sellers-step .frame=${this.frame}></shopbell-sellers-step>`
    if (step === 'notifications') return this.#notifications()
    return html`<shopbell-install-step .frame=${this.frame}></shopbell-install-step>`
  }

  #progress(step: WizardStep) {
    const at = STEPS.indexOf(step)
    return html`<nav aria-label=${say('steps')}>
      <p class="small muted">${say('progress', { n: at + 1, all: STEPS.length })}</p>
      <ol class="steps">
        ${STEPS.map(
          (one, index) => html`<li>
            <a class=${index < at ? 'past' : ''} href=${this.frame.href(`wizard/${one}`)} aria-current=${one === step ? 'step' : nothing}>
              <span class="sr">${say(one)}</span>
            </a>
          </li>`,
        )}
      </ol>
    </nav>`
  }

  #buttons(step: WizardStep) {
    const at = STEPS.indexOf(step)
    const before = STEPS[at - 1]
    return html`<div class="row buttons">
      ${
        before
          ? html`<a class="btn btn-quiet" href=${this.frame.href(`wizard/${before}`)}>${icon('back')}${say('back')}</a>`
          : this.frame.wizard?.state === 'new' || this.frame.wizard?.state === 'running'
            ? html`<button class="btn btn-quiet" @click=${this.#skip}>${say('skip')}</button>`
            : html`<a class="btn btn-quiet" href=${this.frame.href('settings')}>${say('leave')}</a>`
      }
      <span class="push"></span>
      <button class="btn btn-primary" aria-busy=${!!this.busy} @click=${this.#next}>
        ${this.busy ? icon('ring', 'turn') : nothing}${say(step === 'install' ? 'finish' : 'next')}
      </button>
    </div>`
  }

  protected override render() {
    const step = this.#step
    const draft = this.#draft
    if (!this.frame.mayChange)
      return html`<div class="main"><div class="empty">${icon('lock')}<p>${say('readOnly')}</p></div></div>`
    if (!draft?.document)
      return html`<div class="main"><p class="empty" role="status">${icon('ring', 'turn')}</p></div>`
    const lead = `${step}Lead` as const
    return html`<div class="main" @field-change=${this.#change}>
        ${this.#progress(step)}
        <div class="page-head"><h1 tabindex="-1">${say(step)}</h1><p class="lead">${say(lead)}</p></div>
        <div class="body">${this.#body(step)}</div>
        ${this.#elsewhere(step)}
        ${this.problem ? html`<p class="banner banner-bad" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
        ${this.#buttons(step)}
      </div>
      ${draft.conflict ? html`<shopbell-conflict .draft=${draft} .rev=${this.rev} @settle=${this.#settle}></shopbell-conflict>` : nothing}`
  }
}

/** Where a field is asked for: a step of these, else its page of the settings. */
function placeOf({ path }: Field): string {
  const step = STEPS.find((one) => FIELDS[one].includes(path))
  return step ? `wizard/${step}` : `settings/${pageOf(path)}`
}

/** Scheme, host and port of an address, however it was pasted; null where it is none. */
function originOf(text: string): string | null {
  try {
    const { protocol, origin } = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`)
    return /^https?:$/.test(protocol) ? origin : null
  } catch {
    return null // URL has no other way of saying it.
  }
}

customElements.define('shopbell-wizard', WizardPage)
