import { Resend } from 'resend'
import type { Env } from '../env.ts'

/** `sendOnly`: the key is right and may do nothing but send, so the domains cannot be seen. */
export type ProviderAnswer =
  | { answer: 'none' | 'no_answer' | 'key_refused' | 'sendOnly' }
  | { answer: 'domains'; domains: readonly { name: string; status: string }[] }

/** Asks the mail provider which domains the key may send from; `none` where no key is set up. */
export async function askProvider(env: Env): Promise<ProviderAnswer> {
  if (!env.RESEND_API_KEY || !env.MAIL_FROM) return { answer: 'none' }
  const resend = new Resend(env.RESEND_API_KEY, env.RESEND_BASE_URL ? { baseUrl: env.RESEND_BASE_URL } : {})
  // It never throws; what went wrong is in `error`.
  const { data, error } = await resend.domains.list()
  if (data) return { answer: 'domains', domains: data.data }
  if (error.name === 'restricted_api_key') return { answer: 'sendOnly' }
  const isKey = error.statusCode === 401 || error.statusCode === 403 || error.name === 'invalid_api_key'
  return { answer: isKey || /api key is invalid/i.test(error.message) ? 'key_refused' : 'no_answer' }
}
