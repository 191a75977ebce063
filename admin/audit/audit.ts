import { css, html, LitElement, nothing } from 'lit'
import type { AuditEntry, AuditPage as Page } from '../../protocol/admin/audit.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { allFields, groupsOf } from '../form/schema.ts'
import { shortly } from '../form/shortly.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { Paged } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { KINDS, type Kind } from './kinds.ts'
import { enAudit, say } from './words.ts'

const KIND_NAMES = Object.keys(KINDS) as Kind[]

const styles = css`
  li.entry {
    align-items: start;
  }
  .entry time {
    flex: none;
    min-width: 176px;
    white-space: nowrap;
    color: var(--shopbell-muted);
    font-variant-numeric: tabular-nums;
  }
  .filter {
    width: auto;
  }
  .change {
    display: block;
    white-space: pre-line;
  }
  @container page (max-width: 519px) {
    .entry time {
      width: 100%;
    }
  }
`

/** Who did what, the newest first. */
export class AuditLog extends LitElement {
  static override properties = { frame: {} }
  static override styles = [controls, parts, pageStyles, styles]

  declare frame: Frame
  #kind: Kind | '' = ''
  readonly #page = new Paged(
    this,
    (before) => this.#ask(before),
    (page, next) => ({
      ...next,
      entries: [...page.entries, ...next.entries],
      names: { ...page.names, ...next.names },
    }),
  )

  #ask(before?: string): Promise<Page> {
    const query = new URLSearchParams({
      ...(this.#kind && { action: KINDS[this.#kind].join() }),
      ...(before && { before }),
    })
    return this.frame.call<Page>('GET', `/admin/audit?${query}`)
  }

  #filter = (event: Event) => {
    this.#kind = (event.target as HTMLSelectElement).value as Kind | ''
    void this.#page.load()
  }

  /** What it was done to, by name; a desk may be called by any id. */
  #subject(subject: string, action: string, names: Page['names']) {
    const name = isPersonOrChat(subject) || action.startsWith('seller.') ? names[subject] : undefined
    if (!name) return html`<code>${subject}</code>`
    if (!subject.startsWith('chat_')) return html`<bdi title=${subject}>${name}</bdi>`
    return html`<a href=${this.frame.href(`settings/chats/${subject}`)}><bdi>${name}</bdi></a>`
  }

  #entry = (entry: AuditEntry, names: Page['names']) => {
    const { at, actor, action, subject, field, from, to } = entry
    const isChange = (from !== null && from !== undefined) || (to !== null && to !== undefined)
    const words = (value: unknown) => inWords(value, field, names)
    return html`<li class="entry">
      <time datetime=${new Date(at).toISOString()}>${when(at)}</time>
      <span class="who">
        <span><b dir="auto">${nameOf(actor)}</b> <span class="muted">${isKnown(action) ? say(action) : action}</span></span>
        <span class="help">
          ${field ? placeOf(field) : nothing} ${subject && subject !== actor.id ? this.#subject(subject, action, names) : nothing}
          ${isChange ? html`<span class="change">${say('fromTo', { from: words(from), to: words(to) })}</span>` : nothing}
        </span>
      </span>
    </li>`
  }

  protected override render() {
    return html`
      <div class="row">
        <div class="push"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
        <select class="input filter" aria-label=${say('what')} @change=${this.#filter}>
          <option value="">${say('everything')}</option>
          ${KIND_NAMES.map((kind) => html`<option value=${kind}>${say(kind)}</option>`)}
        </select>
      </div>
      ${this.#page.show(
        ({ entries, next, names }) => html`
          ${
            entries.length
              ? html`<ol class="card list">${entries.map((entry) => this.#entry(entry, names))}</ol>`
              : html`<div class="card empty">${icon('list')}<b>${say('empty')}</b></div>`
          }
          ${next ? html`<button class="btn more" @click=${() => this.#page.more(this.frame.refused)}>${say('more')}</button>` : nothing}
        `,
      )}
    `
  }
}

const isKnown = (action: string): action is keyof typeof enAudit => Object.hasOwn(enAudit, action)

/** A setting with the sections that it stands in: several are called alike. */
function placeOf(field: string): string {
  const label = allFields.get(field)?.schema.label ?? field
  return groupsOf(field).reduceRight((inner, section) => say('within', { section: section.label, inner }), label)
}

const isPersonOrChat = (id: string) => /^(usr|chat)_/.test(id)

function inWords(value: unknown, field: string | null, names: Page['names']): string {
  if (value === null || value === undefined) return say('none')
  const setting = field ? allFields.get(field) : undefined
  if (setting && ['string', 'number', 'boolean'].includes(typeof value)) return shortly(setting.schema, value as string)
  if (typeof value !== 'string') return JSON.stringify(value)
  return (isPersonOrChat(value) && names[value]) || value
}

/** A key of the shop's server, and the operator, have no name of their own. */
function nameOf({ id, name }: AuditEntry['actor']): string {
  if (name) return name
  if (id === 'operator') return say('operator')
  return id.startsWith('key_') ? say('server') : id
}

customElements.define('shopbell-audit', AuditLog)
