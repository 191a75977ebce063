import { html, LitElement, nothing } from 'lit'
import type { HookList } from '../../protocol/operator.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { fieldsOf } from '../page.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

type Hook = HookList['hooks'][number]

/** Added here, or sent to without being added; of any other there is nothing to say. */
const isKnown = ({ keys, counts, lastAt }: Hook) => keys.length + counts.length > 0 || lastAt !== null

/** Which platforms tell us about orders, and how their deliveries do. Events: `add-hook`, `revoke-hook`. */
export class Hooks extends LitElement {
  static override properties = { hooks: {}, locked: { type: Boolean } }
  static override styles = [controls, parts, pageStyles]

  declare hooks: readonly Hook[]
  declare locked?: boolean

  #emit = (name: string, detail: unknown) => this.dispatchEvent(new CustomEvent(name, { detail }))

  /** What the form holds is a secret: it goes as soon as it is kept. */
  clear() {
    this.renderRoot.querySelector('form')?.reset()
  }

  #health({ counts, lastAt, waiting, trouble }: Hook) {
    const refused = counts.find(({ outcome }) => outcome === 'refused')?.n ?? 0
    return html`<span class="help">
      ${lastAt ? say('lastHook', { time: when(lastAt) }) : say('noDelivery')}
      ${waiting ? html` · ${say('waiting', { n: waiting })}` : nothing}
      ${refused ? html` · <span class="bad">${say('refused', { n: refused })}</span>` : nothing}
      ${trouble ? html` · <span class="bad">${trouble}</span>` : nothing}
    </span>`
  }

  #hook = (hook: Hook) => html`<ul class="list" aria-label=${say(hook.source)}>
    <li>
      <span class="who"><b>${say(hook.source)}</b>${this.#health(hook)}<code>${hook.url}</code></span>
    </li>
    ${hook.keys.map(
      ({ id, createdAt }) => html`<li>
        <span class="who"><code>${id}</code><span class="help">${say('made', { time: when(createdAt) })}</span></span>
        ${
          this.locked
            ? nothing
            : html`<button class="btn btn-quiet" @click=${() => this.#emit('revoke-hook', id)}>
                ${say('revoke')}<span class="sr"> ${id}</span>
              </button>`
        }
      </li>`,
    )}
  </ul>`

  #shopify = (event: SubmitEvent) => {
    this.#emit('add-hook', { source: 'shopify', ...fieldsOf(event) })
  }

  protected override render() {
    const { locked } = this
    const hooks = this.hooks.filter(isKnown)
    return html`<section class="card">
      <header>
        <h2>${say('hooks')}</h2>
        ${locked ? nothing : html`<button class="btn" @click=${() => this.#emit('add-hook', { source: 'woocommerce' })}>${icon('plus')}${say('addWoo')}</button>`}
      </header>
      <p class="help pad">${hooks.length ? say('hooksHint') : say('noHooks')}</p>
      ${hooks.map(this.#hook)}
      ${
        locked
          ? nothing
          : html`<form class="form" @submit=${this.#shopify}>
              <div class="field"><label for="secret">${say('clientSecret')}</label><input class="input" id="secret" name="secret" type="password" autocomplete="off" required /></div>
              <div class="field"><label for="shop">${say('shopDomain')}</label><input class="input" id="shop" name="shop" placeholder="wool.myshopify.com" /></div>
              <button class="btn">${icon('plus')}${say('addShopify')}</button>
            </form>`
      }
    </section>`
  }
}

customElements.define('shopbell-hooks', Hooks)
