import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import type { FieldChange } from '../form/field.ts'
import { type Field, findGroup } from '../form/schema.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { refusal, say as shell } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import './conflict.ts'
import { type Draft, draftOf } from './draft.ts'
import { pageOf } from './places.ts'
import { previewOf } from './preview.ts'
import './save-bar.ts'
import './section.ts'
import type { Section } from './section.ts'
import { settingsStyles } from './settings.css.ts'
import './side.ts'
import { say } from './words.ts'

/** Pages that are no settings, each a chunk of its own. */
const PAGES: Record<string, { bring: () => Promise<unknown>; show: (frame: Frame, inner: string) => unknown }> = {
  install: {
    bring: () => import('../install/install.ts'),
    show: (frame) => html`<shopbell-install .frame=${frame}></shopbell-install>`,
  },
  people: {
    bring: () => import('../people/people.ts'),
    show: (frame) => html`<shopbell-people .frame=${frame}></shopbell-people>`,
  },
  chats: {
    bring: () => import('../chats/chats.ts'),
    show: (frame, chat) => html`<shopbell-chats .frame=${frame} .chat=${chat}></shopbell-chats>`,
  },
  mail: {
    bring: () => import('../mail/mail.ts'),
    show: (frame) => html`<shopbell-mail .frame=${frame}></shopbell-mail>`,
  },
  requests: {
    bring: () => import('../privacy/privacy.ts'),
    show: (frame) => html`<shopbell-privacy .frame=${frame}></shopbell-privacy>`,
  },
  audit: {
    bring: () => import('../audit/audit.ts'),
    show: (frame) => html`<shopbell-audit .frame=${frame}></shopbell-audit>`,
  },
  account: {
    bring: () => import('../account/account.ts'),
    show: (frame) => html`<shopbell-account .frame=${frame}></shopbell-account>`,
  },
}

/** The settings: sections at the side, one column of fields, what they do beside them, and a bar to save. */
export class Settings extends LitElement {
  static override properties = { frame: {}, path: {}, rev: { state: true }, summary: { state: true } }
  static override styles = [controls, parts, settingsStyles]

  declare frame: Frame
  /** The section, as the address names it, and what is looked at in it: `chats/chat_…`. */
  declare path: string
  declare rev: number
  /** What must be fixed is listed on top: a save was tried. */
  declare summary: boolean
  #draft: Draft | null = null

  override connectedCallback() {
    super.connectedCallback()
    this.rev = 0
  }

  override disconnectedCallback() {
    super.disconnectedCallback()
    this.#draft?.removeEventListener('change', this.#changed)
  }

  protected override willUpdate(changed: PropertyValues<this>) {
    if (!changed.has('frame') || this.#draft) return
    this.#draft = draftOf(this.frame.session)
    this.#draft.addEventListener('change', this.#changed)
    if (!this.#draft.document) void this.#draft.load()
  }

  protected override updated(changed: PropertyValues<this>) {
    if (changed.has('path') && changed.get('path') !== undefined) window.scrollTo({ top: 0 })
  }

  #changed = () => {
    this.rev++
    if (!this.#draft?.problems.length) this.summary = false
  }

  /** Says what came of a save: why it was refused, or that it is done where the bar has no way back to offer. */
  async #follow(draft: Draft, isSaved: boolean) {
    if (draft.conflict) return
    if (isSaved) {
      if (!draft.saved) this.frame.tell(say('saved'))
      return
    }
    this.summary = true
    await this.updateComplete
    const summary = this.renderRoot.querySelector<HTMLElement>('.summary')
    summary?.focus({ preventScroll: true })
    summary?.scrollIntoView({ block: 'nearest' })
  }

  #undo = async () => {
    const refused = await this.#draft?.undo()
    const { tell } = this.frame
    if (!refused) tell(say('undone'))
    else tell(refused.code === 'settings_conflict' ? say('tooLate') : refusal(refused))
  }

  /** Goes to a field, on another page too. */
  async #goTo({ path }: Field) {
    const page = pageOf(path)
    if (page !== this.path) this.frame.go(`settings/${page}`)
    // Another page is there once the address has changed and it is drawn.
    for (let tries = 0; tries < 60; tries++) {
      await new Promise(requestAnimationFrame)
      if (await this.renderRoot.querySelector<Section>('shopbell-section')?.focusField(path)) return
    }
  }

  #summary() {
    const { problems = [], refused } = this.#draft ?? {}
    if (!this.summary || (!problems.length && !refused)) return nothing
    const title = problems.length || !refused ? say('summaryTitle', { n: problems.length }) : refusal(refused)
    return html`<section class="summary" tabindex="-1" aria-labelledby="summary">
      <h2 id="summary">${icon('alert')}${title}</h2>
      <ul>
        ${problems.map(
          ({ field, problem }) => html`<li>
            <button class="link" @click=${() => this.#goTo(field)}>
              ${say('summaryLine', { label: field.schema.label, problem })}
            </button>
          </li>`,
        )}
      </ul>
    </section>`
  }

  get #place(): [section: string, inner: string] {
    const [section = '', inner = ''] = this.path.split('/')
    return [section, inner]
  }

  #page() {
    const { frame, path, rev } = this
    const draft = this.#draft
    const [section, inner] = this.#place
    const page = PAGES[section]
    if (page) {
      page.bring().catch(() => frame.tell(shell('offline')))
      return page.show(frame, inner)
    }
    const group = findGroup(path)
    if (!draft || !group) return this.#missing()
    if (draft.failed)
      return html`<div class="empty" role="alert">
        ${icon('alert')}<b>${shell('failed')}</b><p>${refusal(draft.failed)}</p>
        <button class="btn" @click=${() => draft.load()}>${shell('tryAgain')}</button>
      </div>`
    if (!draft.document) return html`<div class="empty" role="status">${icon('ring', 'turn')}${shell('loading')}</div>`
    return html`
      ${frame.mayChange ? nothing : html`<p class="banner">${icon('eye')}${shell('readOnly')}</p>`}
      ${this.#summary()}
      <shopbell-section .frame=${frame} .draft=${draft} .group=${group} .rev=${rev}></shopbell-section>
    `
  }

  #missing = () =>
    html`<div class="empty">${icon('search')}<h1 tabindex="-1">${shell('notFoundTitle')}</h1><p>${shell('notFoundHint')}</p></div>`

  protected override render() {
    const { frame, rev } = this
    const [path] = this.#place
    const draft = this.#draft
    if (!draft) return nothing
    const settle = async ({ detail }: CustomEvent<Set<string>>) => this.#follow(draft, await draft.settle(detail))
    const aside = draft.document ? previewOf(path, draft, frame, rev) : nothing
    // What was saved a while ago is of no interest where there is nothing to set.
    const isBarred = draft.changed.length > 0 || (draft.saved && !(draft.savedAt && PAGES[path]))
    return html`
      <div
        class="body ${aside === nothing ? 'wide' : ''} ${isBarred ? 'barred' : ''}"
        @field-change=${({ path, value }: FieldChange) => draft.set(path, value)}
      >
        <shopbell-settings-side .frame=${frame} .draft=${draft} .path=${path} .rev=${rev}></shopbell-settings-side>
        <div class="main">${this.#page()}</div>
        ${aside === nothing ? nothing : html`<section class="aside" aria-label=${say('aside')}>${aside}</section>`}
      </div>
      ${
        isBarred
          ? html`<shopbell-save-bar
              .draft=${draft}
              .rev=${rev}
              @save=${async () => this.#follow(draft, await draft.save())}
              @discard=${() => draft.discard()}
              @undo=${this.#undo}
            ></shopbell-save-bar>`
          : nothing
      }
      ${draft.conflict ? html`<shopbell-conflict .draft=${draft} .rev=${rev} @settle=${settle}></shopbell-conflict>` : nothing}
    `
  }
}

customElements.define('shopbell-settings', Settings)
