import type { Env } from '../env.ts'

// Where browsers' subscriptions lead: Chrome and its kin, Firefox, Safari, Edge on Windows.
const HOSTS = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', 'push.apple.com', 'notify.windows.com']

/** Whether an address is a push service's: a subscription must not make this Worker call anybody else. */
export function isPushService(env: Env, endpoint: string): boolean {
  const { protocol, hostname, host } = new URL(endpoint)
  const own = (env.PUSH_HOSTS ?? '').split(',').map((one) => one.trim())
  if (own.includes(host)) return true
  return protocol === 'https:' && HOSTS.some((known) => hostname === known || hostname.endsWith(`.${known}`))
}
