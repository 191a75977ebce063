import type { Session as Grant, Me } from '../../protocol/sessions.ts'
import type { Host } from '../loader/host.ts'
import { ApiError, asApiError, request } from './api.ts'
import { oneTab, slot } from './storage.ts'

export interface GuestDetails {
  name?: string
  email?: string
}
interface Kept {
  refreshToken: string
  /** The user's id. */
  id?: string
  /** Whom the shop vouched for; nobody for guests. */
  who?: string
}

const SOON_MS = 60_000
const LONGEST_MS = 15 * 60_000

/** All that an assertion claims but its times: the same person with the same rights, or not. */
function claimed(assertion: string): string {
  try {
    const [first = '', second] = assertion.split('.')
    const part = assertion.split('.').length > 2 ? second : first
    const claims = JSON.parse(atob((part ?? '').replaceAll('-', '+').replaceAll('_', '/')))
    return JSON.stringify({ ...claims, iat: 0, exp: 0, jti: 0 })
  } catch {
    return assertion
  }
}

/** The session of this page: opened when something needs it, renewed before it runs out. */
export class Session {
  user: Me | null = null
  /** The guest that this person was until now. */
  was: string | undefined
  readonly #host: Host
  readonly #renewed: (token: string) => void
  readonly #guest
  readonly #person
  #token = ''
  #soonAt = 0
  #timer = 0
  #current: Kept | null = null
  #renewing: Promise<void> | null = null

  constructor(host: Host, renewed: (token: string) => void) {
    this.#host = host
    this.#renewed = renewed
    this.#guest = slot<Kept>('localStorage', `shopbell:${host.site}`)
    this.#person = slot<Kept>('sessionStorage', `shopbell:${host.site}`)
  }

  /** Takes up whom the shop vouches for, or the guest of an earlier visit; false where there is neither. */
  async resume(): Promise<boolean> {
    const assertion = await this.#vouched()
    if (assertion) {
      await this.#identify(assertion)
      return true
    }
    this.#current = this.#guest.get()
    if (!this.#current) return false
    try {
      await this.#exchange(this.#guest)
      return true
    } catch (error) {
      const { code, passing } = asApiError(error)
      if (!passing) this.#guest.set(null)
      if (code === 'session_ended') return false
      throw error
    }
  }

  /** Opens a guest's session; called when there is a first message to send. */
  async enter(guest: GuestDetails): Promise<void> {
    this.#accept(await this.#post('', { site: this.#host.site, guest }), this.#guest)
  }

  /** Takes up the guest of a mailed link; this browser's guest so far comes along. Throws an ApiError, `link_invalid`. */
  async redeem(link: string): Promise<void> {
    const { refreshToken: guestToken } = this.#guest.get() ?? {}
    this.#accept(await this.#post('', { site: this.#host.site, link, guestToken }), this.#guest)
  }

  /** The bearer of a request. `renew`: the last one was refused. */
  async token(renew = false): Promise<string> {
    if (!this.#current) throw new ApiError('session_required')
    if (renew || Date.now() > this.#soonAt) await this.#renew()
    return this.#token
  }

  forget(): void {
    clearTimeout(this.#timer)
    this.#guest.set(null)
    this.#person.set(null)
    this.#current = this.user = null
  }

  async #vouched(): Promise<string | null> {
    try {
      return await this.#host.identity()
    } catch (error) {
      const lost = !navigator.onLine || (error as Error).name === 'NetworkError'
      throw new ApiError(lost ? 'offline' : 'assertion_invalid')
    }
  }

  async #identify(assertion: string): Promise<void> {
    const who = claimed(assertion)
    const { refreshToken: guestToken, id } = this.#guest.get() ?? {}
    this.was = id
    this.#current = this.#person.get()
    if (this.#current?.who === who && !guestToken) {
      const kept = await this.#exchange(this.#person, who).then(
        () => true,
        (error) => {
          if (asApiError(error).passing) throw error
          return false
        },
      )
      if (kept) return
    }
    const body = { site: this.#host.site, assertion, ...(guestToken ? { guestToken } : {}) }
    this.#accept(await this.#post('', body), this.#person, who)
    this.#guest.set(null)
  }

  #post(path: string, body: object): Promise<Grant> {
    return request<Grant>('POST', `${this.#host.base}/v1/sessions${path}`, undefined, body)
  }

  #renew(): Promise<void> {
    const keep = this.#current?.who ? this.#person : this.#guest
    const id = this.user?.id
    this.#renewing ??= this.#exchange(keep, this.#current?.who)
      .catch(async (error) => {
        // The session is over, but the shop may still vouch for this person.
        if (asApiError(error).passing || !this.#current?.who) throw error
        this.#person.set(null)
        // After an erasure it vouches for somebody new, who has none of what this page holds.
        if (!(await this.resume()) || this.user?.id !== id) throw error
      })
      .finally(() => {
        this.#renewing = null
      })
    return this.#renewing
  }

  /** A refresh token works once: another tab may have used ours and left a newer one. */
  #exchange(keep: { get(): Kept | null; set(kept: Kept): void }, who?: string): Promise<void> {
    return oneTab(`shopbell:${this.#host.site}`, async () => {
      const used = (who ? this.#current : keep.get()) ?? this.#current
      const refresh = (refreshToken = '') => this.#post('/refresh', { refreshToken })
      const grant = await refresh(used?.refreshToken).catch((error) => {
        const newer = keep.get()
        if (!newer || newer.refreshToken === used?.refreshToken) throw error
        return refresh(newer.refreshToken)
      })
      this.#accept(grant, keep, who)
    })
  }

  #accept(grant: Grant, keep: { set(kept: Kept): void }, who?: string): void {
    this.user = grant.user
    this.#token = grant.token
    this.#current = { refreshToken: grant.refreshToken, id: grant.user.id, ...(who ? { who } : {}) }
    keep.set(this.#current)
    // A wrong clock must neither renew at every request nor never.
    const left = Math.min(Math.max(grant.expiresAt - Date.now(), 2 * SOON_MS), LONGEST_MS)
    this.#soonAt = Date.now() + left - SOON_MS
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#renew().catch(() => undefined), left - SOON_MS)
    this.#renewed(grant.token)
  }
}
