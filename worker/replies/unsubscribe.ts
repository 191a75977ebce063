import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import { DAY_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { signMailLink } from './mail-link.ts'

/** Who got a mail, and about which chat; without `chat` about all of them. */
export interface Unsubscriber {
  site: SiteId
  user: UserId
  chat?: ChatId
}

/**
 * Where somebody stops the mails of a chat, or all. For `List-Unsubscribe` (RFC 8058, with `List-Unsubscribe-Post:
 * List-Unsubscribe=One-Click`): a POST stops them at once. A GET changes nothing and shows the preferences, so the same
 * address goes into the mail's foot. `origin` is the deployment's own.
 */
export const unsubscribeUrl = async (env: Env, origin: string, who: Unsubscriber): Promise<string> =>
  `${origin}/mail/${await signMailLink(env, { to: 'preferences', ...who })}`

/** Where somebody confirms, within a day and by a press, that an address is theirs. */
export const verifyAddressUrl = async (
  env: Env,
  origin: string,
  who: { site: SiteId; user: UserId; email: string },
): Promise<string> => `${origin}/mail/${await signMailLink(env, { to: 'verify', ...who, until: Date.now() + DAY_MS })}`
