import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { networkOf } from '../sessions/guest.ts'

/** `simple.period` of SIGN_IN_LIMIT in wrangler.toml. */
const SHED_MS = 60_000

/** Sheds floods of tries to sign in from one address: 429 `codes_limited`. Loopback and no address at all are a developer's. */
export async function shedTries(env: Env, address: string | undefined): Promise<void> {
  if (!address || address === '::1' || address.startsWith('127.')) return
  const { success } = await env.SIGN_IN_LIMIT.limit({ key: networkOf(address) })
  if (!success) throw new AppError('codes_limited', { retryAfterMs: SHED_MS })
}
