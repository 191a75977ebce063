import { html, LitElement, nothing } from 'lit'
import type { Install as Facts } from '../../protocol/admin/install.ts'
import type { NewHook, NewKey } from '../../protocol/operator.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { copyButton, fieldsOf, Loaded } from '../page.ts'
import { refusal } from '../page-words.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import type { Hooks } from './hooks.ts'
import './hooks.ts'
import './secret.ts'
import { say } from './words.ts'

type KeyOf = Facts['keys'][number]
const USES = ['identity', 'admin', 'server'] as const

/** Script tag, addresses, keys and webhooks. */
export class InstallPage extends LitElement {
  static override properties = { frame: {}, made: { state: true }, problem: { state: true } }
  static override styles = [controls, parts, pageStyles]

  declare frame: Frame
  /** A secret that was just made, shown once. */
  declare made?: NewKey | NewHook | undefined
  declare problem?: string
  readonly #facts = new Loaded(this, () => this.frame.call<Facts>('GET', '/admin/install'))

  /** Does something to the site, then looks at it anew. */
  async #do<T>(method: string, path: string, body?: object, words: Record<string, string> = {}): Promise<T | null> {
    this.problem = ''
    try {
      const answer = await this.frame.call<T>(method, path, body)
      await this.#facts.load()
      return answer
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code !== 'step_up_required') this.problem = words[failed.code] ?? refusal(failed)
      return null
    }
  }

  #addOrigin = async (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    const { origin = '', use } = fieldsOf(event)
    const body = { origin: origin.replace(/\/$/, ''), use }
    await this.#do('PUT', '/admin/origins', body, { invalid: say('badOrigin') })
    if (!this.problem) form.reset()
  }

  async #removeOrigin(origin: string, use: string) {
    const question = { title: say('removeOrigin', { origin }), text: say('removeOriginHint'), yes: say('remove') }
    if (await ask(this, question)) await this.#do('DELETE', `/admin/origins?${new URLSearchParams({ origin, use })}`)
  }

  async #addKey(use: string) {
    this.made =
      (await this.#do<NewKey>('POST', '/admin/keys', { use }, { already_exists: say('twoKeys') })) ?? undefined
  }

  #addHook = async ({ detail, target }: CustomEvent<object>) => {
    const words = { invalid: say('badSecret'), already_exists: say('twoKeys') }
    this.made = (await this.#do<NewHook>('POST', '/admin/hooks', detail, words)) ?? undefined
    if (this.made) (target as Hooks).clear()
  }

  async #revoke(id: string) {
    const question = { title: say('revokeTitle'), text: say('revokeHint'), yes: say('revoke') }
    if (await ask(this, question)) await this.#do('DELETE', `/admin/keys/${id}`)
  }

  #tag = ({ tag }: Facts) => html`<section class="card">
    <header><h2>${say('tag')}</h2></header>
    <div class="pad stack">
      <p class="help">${say('tagHint')}</p>
      <div class="snippet"><code>${tag}</code>${copyButton(tag, this.frame.tell)}</div>
    </div>
  </section>`

  #origins = ({ origins }: Facts) => html`<section class="card">
    <header><h2>${say('origins')}</h2></header>
    <p class="help pad">${say('originsHint')}</p>
    <ul class="list tight">
      ${origins.map(
        ({ origin, use }) => html`<li>
          <span class="who"><code>${origin}</code></span>
          <span class="tag">${say(use === 'admin' ? 'useAdmin' : 'useShop')}</span>
          ${
            this.frame.mayChange
              ? html`<button class="btn btn-quiet" @click=${() => this.#removeOrigin(origin, use)}>
                  ${say('remove')}<span class="sr"> ${origin}</span>
                </button>`
              : nothing
          }
        </li>`,
      )}
      ${origins.length ? nothing : html`<li class="muted">${say('noOrigins')}</li>`}
    </ul>
    ${
      this.frame.mayChange
        ? html`<form class="form" @submit=${this.#addOrigin}>
            <div class="field"><label for="origin">${say('origin')}</label><input class="input" id="origin" name="origin" type="url" placeholder="https://" required /></div>
            <div class="field"><label for="use">${say('use')}</label><select class="input" id="use" name="use"><option value="shop">${say('useShop')}</option><option value="admin">${say('useAdmin')}</option></select></div>
            <button class="btn">${icon('plus')}${say('add')}</button>
          </form>`
        : nothing
    }
  </section>`

  #key = ({ id, createdAt, revokedAt }: KeyOf) => html`<li>
    <span class="who">
      <code>${id}</code>
      <span class="help">${revokedAt ? say('revoked', { time: when(revokedAt) }) : say('made', { time: when(createdAt) })}</span>
    </span>
    ${
      revokedAt || !this.frame.mayChange
        ? nothing
        : html`<button class="btn btn-quiet" @click=${() => this.#revoke(id)}>${say('revoke')}<span class="sr"> ${id}</span></button>`
    }
  </li>`

  #keys = ({ keys }: Facts) => html`<section class="card">
    <header><h2>${say('keys')}</h2></header>
    <p class="help pad">${say('keysHint')}</p>
    ${USES.map(
      (use) => html`<ul class="list tight" aria-label=${say(use)}>
        <li>
          <span class="who"><b>${say(use)}</b></span>
          ${this.frame.mayChange ? html`<button class="btn" @click=${() => this.#addKey(use)}>${icon('plus')}${say('rotate')}<span class="sr">: ${say(use)}</span></button>` : nothing}
        </li>
        ${keys.filter((key) => key.use === use && !key.revokedAt).map(this.#key)}
      </ul>`,
    )}
  </section>`

  protected override render() {
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      ${this.problem ? html`<p class="banner banner-bad" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
      ${this.#facts.show(
        (facts) => html`${this.#tag(facts)}${this.#origins(facts)}${this.#keys(facts)}
          <shopbell-hooks
            .hooks=${facts.hooks}
            ?locked=${!this.frame.mayChange}
            @add-hook=${this.#addHook}
            @revoke-hook=${({ detail }: CustomEvent<string>) => this.#revoke(detail)}
          ></shopbell-hooks>`,
      )}
      ${
        this.made
          ? html`<shopbell-secret
              .made=${this.made}
              .tell=${this.frame.tell}
              @close=${() => {
                this.made = undefined
              }}
            ></shopbell-secret>`
          : nothing
      }
    `
  }
}

customElements.define('shopbell-install', InstallPage)
