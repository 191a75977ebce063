import type { Issue } from '../../protocol/errors.ts'
import type { NewSession } from '../../protocol/sessions.ts'
import type { Settings } from '../../protocol/settings/index.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'

/** `simple.period` of GUEST_LIMIT in wrangler.toml. */
const SHED_MS = 60_000

type Details = NonNullable<NewSession['guest']>

/** What a guest tells, as far as the site asks: 403 `guests_refused`, 422 `guest_details_required` with what is missing. */
export function requireDetails(mode: Settings['guests']['mode'], { name, email }: Details): void {
  if (mode === 'none') throw new AppError('guests_refused')
  const issues: Issue[] = []
  if (mode !== 'free' && name === undefined) issues.push({ path: 'guest.name', message: 'Your name, please.' })
  if (mode === 'name_email' && email === undefined) {
    issues.push({ path: 'guest.email', message: 'Your e-mail address, please.' })
  }
  if (issues.length > 0) throw new AppError('guest_details_required', { issues })
}

/** Sheds floods of new guests from one address: 429 `guests_limited`. Loopback and no address at all are a developer's. */
export async function shedFlood(env: Env, site: Site, address: string | undefined): Promise<void> {
  if (!address || address === '::1' || address.startsWith('127.')) return
  const { success } = await env.GUEST_LIMIT.limit({ key: `${site.id} ${networkOf(address)}` })
  if (!success) throw new AppError('guests_limited', { retryAfterMs: SHED_MS })
}

/** One household or server gets a whole /64 of IPv6, so its addresses count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const all = [...groups, ...Array.from({ length: zeros }, () => '0'), ...rest]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}
