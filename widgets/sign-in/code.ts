import type { Challenge } from '../../protocol/admin/sign-in.ts'
import type { Session } from '../../protocol/sessions.ts'
import { type ApiError, request } from '../client/api.ts'
import type { Host } from '../loader/host.ts'
import type { SignInTexts } from './words/en.ts'

// As the server counts them: it answers every code that does not work in the same way.
const MOST_TRIES = 5
const GOOD_FOR_MS = 10 * 60_000

/** A code that was asked for. */
export interface AskedCode {
  challenge: string
  email: string
  /** By this browser's clock. */
  at: number
  wrong: number
}

const post = <T>({ base, site }: Host, path: string, body: object) =>
  request<T>('POST', `${base}/v1/sign-in/${path}`, undefined, { site, ...body })

/** Has a code mailed to a seller. Throws an ApiError. */
export async function askForCode(host: Host, email: string): Promise<AskedCode> {
  const { challenge } = await post<Challenge>(host, 'codes', { door: 'inbox', email })
  return { challenge, email, at: Date.now(), wrong: 0 }
}

/** Opens the session. Throws an ApiError, `code_invalid`. */
export const answerCode = (host: Host, { challenge }: AskedCode, code: string) =>
  post<Session>(host, 'code', { challenge, code })

/** The digits of what was typed, those of Arabic keyboards too. */
export const digitsOf = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => `${digit.charCodeAt(0) & 15}`).replace(/\D/g, '')

/** Why a code was refused; counts the try. */
export function whyRefused(asked: AskedCode, now: number): 'codeOld' | 'codeUsedUp' | 'codeWrong' {
  asked.wrong += 1
  if (now - asked.at > GOOD_FOR_MS) return 'codeOld'
  return asked.wrong < MOST_TRIES ? 'codeWrong' : 'codeUsedUp'
}

/** “in 12 minutes”, in the reader’s language. */
function inTime(lang: string, ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  const format = new Intl.RelativeTimeFormat(lang)
  return minutes < 90 ? format.format(minutes, 'minute') : format.format(Math.ceil(minutes / 60), 'hour')
}

/** What to tell a person about any other refusal. */
export function problemOf({ code, retryAfterMs }: ApiError, texts: SignInTexts, lang: string): string {
  if (code === 'codes_limited') return texts.tooMany.replace('{when}', inTime(lang, retryAfterMs))
  if (code === 'offline') return texts.offline
  return code === 'invalid' ? texts.emailWrong : texts.failed
}
