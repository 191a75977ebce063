import type { Session as Grant, Me } from '../../protocol/sessions.ts'
import { oneTab, slot } from '../../widgets/client/storage.ts'
import type { PanelHost } from '../host.ts'
import { ApiError, asApiError, type Call, request, send } from './request.ts'

type Status = 'connecting' | 'out' | 'in' | 'refused' | 'offline'

/** The person is gone from here: signed out, or `next` has come in that one's place. What was theirs goes too. */
export class Left extends Event {
  constructor(readonly next: Me | null) {
    super('left')
  }
}

const ENDED = new Set(['session_ended', 'session_required', 'assertion_invalid'])

/**
 * The session of somebody who runs the site. A call that meets its end waits until the person has signed in again, and
 * then goes on: what was being edited is never lost, and never done in anybody else's name. Events: `change`, `left`.
 */
export class StaffSession extends EventTarget {
  status: Status = 'connecting'
  me: Me | null = null
  /** The session ended under a page that is in use: signing in happens in place. */
  ended = false
  /** Why the last way in did not work. */
  refusal: ApiError | null = null
  /** Asked for a fresh proof of who is there: resolves once given, rejects where the person gives up. */
  stepUp: (() => Promise<void>) | null = null
  /** Whether something of this person is not saved yet; whoever holds it says so. */
  hasUnsaved = () => false
  readonly #host
  #token = ''
  #renewing: Promise<void> | null = null
  #waiting: { go: () => void; giveUp: (error: Error) => void }[] = []

  constructor(host: PanelHost) {
    super()
    this.#host = host
  }

  /** Asked for anew: which site it is may be known only after a while. */
  get #kept() {
    const { vouch, site } = this.#host
    return slot<string>(vouch ? 'sessionStorage' : 'localStorage', `shopbell-admin:${site}`)
  }

  /** Takes up the session of an earlier page, else whom the merchant's server vouches for. */
  async resume(): Promise<void> {
    this.#set('connecting')
    try {
      if (this.#kept.get()) await this.#renew()
      else if (!(await this.#vouched())) this.#set('out')
    } catch (error) {
      this.#fail(asApiError(error))
    }
  }

  /** Opens a session with what `POST /v1/sessions` takes beside the site. */
  async open(proof: { assertion: string } | { link: string; owner?: { email: string; name?: string } }): Promise<void> {
    this.accept(await this.#post('', { site: this.#host.site, ...proof }))
  }

  /** Takes a session that was just opened, by whichever way. */
  accept(grant: Grant): void {
    if (this.me && this.me.id !== grant.user.id) this.leave(grant.user)
    this.me = grant.user
    this.#token = grant.token
    this.#kept.set(grant.refreshToken)
    this.refusal = null
    this.ended = false
    for (const { go } of this.#waiting.splice(0)) go()
    this.#set('in')
  }

  /** One request with the session; `path` is below `/v1`. */
  call: Call = <T>(method: string, path: string, body?: unknown): Promise<T> =>
    this.#persist(() => request<T>(method, `${this.#host.base}/v1${path}`, this.#token, body))

  /** The answer as it comes, for files; `path` is below `/v1`. */
  async fetch(path: string): Promise<Response> {
    return this.#persist(async () => {
      const answer = await send('GET', `${this.#host.base}/v1${path}`, this.#token)
      if (answer.ok) return answer
      const problem = await answer.json().catch(() => null)
      throw new ApiError(problem?.code ?? 'unavailable', problem ?? {})
    })
  }

  /** The merchant's server may vouch again by now. */
  async vouchAgain(): Promise<void> {
    await this.#vouched().catch(() => false)
  }

  /** Signs out here; the page starts anew. */
  async signOut(): Promise<void> {
    await this.call('DELETE', '/sessions/current').catch(() => null)
    this.forget()
  }

  forget(): void {
    this.#kept.set(null)
    this.leave()
    this.me = null
    this.#set('out')
  }

  /** Whoever holds something of the person who was here lets it go. */
  leave(next: Me | null = null): void {
    this.hasUnsaved = () => false
    this.dispatchEvent(new Left(next))
  }

  /** Nobody signs in again now: what waited for it is told so. */
  giveUp(): void {
    this.ended = false
    for (const { giveUp } of this.#waiting.splice(0)) giveUp(new ApiError('session_ended'))
    this.dispatchEvent(new Event('change'))
  }

  /** Does it again once the person is back, or has shown anew who is there. */
  async #persist<T>(ask: () => Promise<T>): Promise<T> {
    const { me } = this
    try {
      return await ask()
    } catch (error) {
      const { code } = asApiError(error)
      if (ENDED.has(code)) await this.#comeBack()
      else if (code === 'step_up_required' && this.stepUp) await this.stepUp()
      else throw error
      // What one person began is not done as another.
      if (me && me.id !== this.me?.id) throw new ApiError('session_ended')
      return ask()
    }
  }

  async #comeBack(): Promise<void> {
    try {
      await this.#renew()
    } catch (error) {
      const refusal = asApiError(error)
      if (refusal.passing) throw refusal
      this.ended = true
      this.dispatchEvent(new Event('change'))
      await new Promise<void>((go, giveUp) => this.#waiting.push({ go, giveUp }))
    }
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#exchange().finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  /** The next token, or a session anew where the merchant's server still vouches. */
  async #exchange(): Promise<void> {
    try {
      await oneTab(`shopbell-admin:${this.#host.site}`, async () => {
        const refreshToken = this.#kept.get()
        if (!refreshToken) throw new ApiError('session_ended')
        this.accept(await this.#post('/refresh', { refreshToken }))
      })
    } catch (error) {
      const refusal = asApiError(error)
      if (refusal.passing) throw refusal
      this.#kept.set(null)
      if (!(await this.#vouched())) throw refusal
    }
  }

  async #vouched(): Promise<boolean> {
    const assertion = await this.#host.vouch?.().catch(() => {
      throw new ApiError('assertion_invalid')
    })
    if (!assertion) return false
    await this.open({ assertion })
    return true
  }

  #post(path: string, body: object): Promise<Grant> {
    return request<Grant>('POST', `${this.#host.base}/v1/sessions${path}`, undefined, body)
  }

  #fail(refusal: ApiError): void {
    this.refusal = refusal
    if (refusal.passing) this.#set('offline')
    else this.#set(refusal.code === 'session_ended' && !this.#host.vouch ? 'out' : 'refused')
  }

  #set(status: Status): void {
    this.status = status
    this.dispatchEvent(new Event('change'))
  }
}
