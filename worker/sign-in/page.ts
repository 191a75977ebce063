import type { Context } from 'hono'
import type { AppContext } from '../env.ts'
import type { HostedPage } from './confirm-passkey.ts'

/** Passkeys belong to the host that the deployment is reached at. */
export function pageOf(c: Context<AppContext>): HostedPage {
  const { origin, hostname } = new URL(c.req.url)
  return { origin, rpId: hostname }
}

/** The language that the browser asks for first. */
export const localeOf = (c: Context<AppContext>) =>
  c.req.header('Accept-Language')?.match(/^[a-z]{2,3}(-[a-z0-9]{2,8})*/i)?.[0]
