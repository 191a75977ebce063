import { html, LitElement, nothing } from 'lit'
import type { StaffMe, StaffSession } from '../../protocol/admin/me.ts'
import type { Passkey } from '../../protocol/admin/passkeys.ts'
import { controls } from '../../widgets/styles/controls.ts'
import { asApiError } from '../client/request.ts'
import { ask } from '../confirm.ts'
import type { Frame } from '../frame.ts'
import { icon } from '../icon.ts'
import { when } from '../locales/say.ts'
import { fieldsOf, Loaded } from '../page.ts'
import { refusal } from '../page-words.ts'
import { canUsePasskeys, makePasskey } from '../sign-in/passkey.ts'
import { pageStyles } from '../styles/page.ts'
import { parts } from '../styles/parts.ts'
import { say } from './words.ts'

/** Who I am here, my passkeys, and who is signed in. */
export class AccountPage extends LitElement {
  static override properties = { frame: {}, problem: { state: true } }
  static override styles = [controls, parts, pageStyles]

  declare frame: Frame
  declare problem?: string
  readonly #me = new Loaded(this, () => this.frame.call<StaffMe>('GET', '/admin/me'))
  readonly #sessions = new Loaded(this, () => this.frame.call<{ sessions: StaffSession[] }>('GET', '/admin/sessions'))
  readonly #passkeys = new Loaded(this, async () =>
    this.frame.host.vouch ? { passkeys: [] } : this.frame.call<{ passkeys: Passkey[] }>('GET', '/passkeys'),
  )

  async #do(work: () => Promise<unknown>, after: Loaded<unknown>) {
    this.problem = ''
    try {
      await work()
      await after.load()
    } catch (error) {
      const failed = asApiError(error)
      if (failed.code !== 'step_up_required') this.problem = refusal(failed)
    }
  }

  #rename = (event: SubmitEvent) => {
    const change = fieldsOf(event)
    const { name, email } = this.#me.value ?? {}
    const body = {
      ...(change.name && change.name !== name ? { name: change.name } : {}),
      ...(change.email && change.email !== email ? { email: change.email } : {}),
    }
    void this.#do(async () => {
      await this.frame.call('PUT', '/admin/me', body)
      this.frame.tell(say('saved'))
    }, this.#me)
  }

  #addPasskey = (event: SubmitEvent) => {
    const form = event.target as HTMLFormElement
    const { name } = fieldsOf(event)
    void this.#do(async () => {
      const made = await makePasskey((path) => this.frame.call('POST', `/${path}`))
      if (!made) return
      await this.frame.call('POST', '/passkeys', { name, ...made })
      form.reset()
    }, this.#passkeys)
  }

  async #removePasskey({ id, name }: Passkey) {
    if (await ask(this, { title: say('removePasskey', { name }), text: say('removePasskeyHint'), yes: say('remove') }))
      await this.#do(() => this.frame.call('DELETE', `/passkeys/${encodeURIComponent(id)}`), this.#passkeys)
  }

  #meCard = ({ name, email }: StaffMe) => html`<section class="card">
    <header><h2>${say('me')}</h2></header>
    <form class="form" @submit=${this.#rename}>
      <div class="field"><label for="name">${say('name')}</label><input class="input" id="name" name="name" maxlength="64" autocomplete="name" .value=${name ?? ''} /></div>
      <div class="field"><label for="email">${say('email')}</label><input class="input" id="email" name="email" type="email" autocomplete="email" .value=${email ?? ''} /></div>
      <button class="btn">${say('save')}</button>
    </form>
  </section>`

  #passkeyCard = ({ passkeys }: { passkeys: Passkey[] }) => html`<section class="card">
    <header><h2>${say('passkeys')}</h2></header>
    <p class="help pad">${say('passkeysHint')}</p>
    <ul class="list">
      ${passkeys.map(
        (passkey) => html`<li>
          ${icon('key')}
          <span class="who"><b dir="auto">${passkey.name}</b><span class="help">${passkey.usedAt ? say('used', { time: when(passkey.usedAt) }) : say('made', { time: when(passkey.createdAt) })}</span></span>
          <button class="btn btn-quiet" @click=${() => this.#removePasskey(passkey)}>${say('remove')}<span class="sr"> ${passkey.name}</span></button>
        </li>`,
      )}
      ${passkeys.length ? nothing : html`<li class="muted">${say('noPasskeys')}</li>`}
    </ul>
    ${
      canUsePasskeys()
        ? html`<form class="form" @submit=${this.#addPasskey}>
            <div class="field"><label for="passkey">${say('passkeyName')}</label><input class="input" id="passkey" name="name" maxlength="64" placeholder=${say('passkeySample')} required /></div>
            <button class="btn">${icon('plus')}${say('addPasskey')}</button>
          </form>`
        : html`<p class="help pad">${say('noSupport')}</p>`
    }
  </section>`

  #session = ({ id, name, email, device, openedBy, usedAt, current, user }: StaffSession) => {
    const mine = user === this.frame.session.me?.id
    const called = device ?? say('unknownDevice')
    return html`<li>
      <span class="who">
        <b>${called}</b>
        <span class="help">${mine ? nothing : html`<span dir="auto">${name ?? email}</span> · `}${say(openedBy)} · ${say('used', { time: when(usedAt) })}</span>
      </span>
      ${
        current
          ? html`<span class="tag tag-ok">${say('thisOne')}</span>`
          : html`<button class="btn btn-quiet" @click=${() => this.#do(() => this.frame.call('DELETE', `/admin/sessions/${id}`), this.#sessions)}>
              ${say('end')}<span class="sr"> ${called}</span>
            </button>`
      }
    </li>`
  }

  protected override render() {
    return html`
      <div class="page-head"><h1 tabindex="-1">${say('title')}</h1><p class="lead">${say('lead')}</p></div>
      ${this.problem ? html`<p class="banner banner-bad" role="alert">${icon('alert')}${this.problem}</p>` : nothing}
      ${this.frame.host.vouch ? nothing : this.#me.show(this.#meCard)}
      ${this.frame.host.vouch ? nothing : this.#passkeys.show(this.#passkeyCard)}
      ${this.#sessions.show(
        ({ sessions }) => html`<section class="card">
          <header><h2>${say('sessions')}</h2></header>
          <p class="help pad">${say('sessionsHint')}</p>
          <ul class="list">${sessions.map(this.#session)}</ul>
        </section>`,
      )}
    `
  }
}

customElements.define('shopbell-account', AccountPage)
