import { html, LitElement, nothing, type PropertyValues } from 'lit'
import { controls } from '../../widgets/styles/controls.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { say as shell } from '../page-words.ts'
import { parts } from '../styles/parts.ts'
import type { Draft } from './draft.ts'
import { type Place, settingsPlaces, sitePlaces } from './places.ts'
import { sideStyles } from './side.css.ts'
import { say } from './words.ts'

/** The list of sections, with a dot where something is not saved yet. */
export class SettingsSide extends LitElement {
  static override properties = { frame: {}, draft: {}, path: {}, rev: {}, open: { state: true } }
  static override styles = [controls, parts, sideStyles]

  declare frame: Frame
  declare draft: Draft
  declare path: string
  declare rev: number
  declare open?: boolean

  protected override willUpdate(changed: PropertyValues<this>) {
    if (changed.has('path')) this.open = false
  }

  #link = ({ path, label, sign }: Place, isInner = false) => html`<a
    href=${this.frame.href(`settings/${path}`)}
    aria-current=${path === this.path ? 'page' : nothing}
  >
    ${isInner ? nothing : icon(sign)}${label}
    ${
      this.draft.isChanged(path)
        ? html`<span class="dot" role="img" aria-label=${say('changedHere')} title=${say('changedHere')}></span>`
        : nothing
    }
  </a>`

  #list = (places: readonly Place[]) =>
    places.map(
      (place) => html`${this.#link(place)}
        ${place.inner ? html`<div class="sub">${place.inner.map((inner) => this.#link(inner, true))}</div>` : nothing}`,
    )

  protected override render() {
    const site = sitePlaces()
    const all = [...settingsPlaces.flatMap((place) => [place, ...(place.inner ?? [])]), ...site]
    const here = all.find(({ path }) => path === this.path)
    return html`
      <button
        class="btn choose"
        aria-expanded=${!!this.open}
        aria-controls="places"
        @click=${() => {
          this.open = !this.open
        }}
      >
        ${icon(here?.sign ?? 'list')}${here?.label ?? shell('menu')}${icon('chevron')}
      </button>
      <nav id="places" class=${this.open ? 'open' : ''} aria-label=${say('sections')}>
        ${this.#list(settingsPlaces)}
        <h2>${say('site')}</h2>
        ${this.#list(site)}
      </nav>
    `
  }
}

customElements.define('shopbell-settings-side', SettingsSide)
