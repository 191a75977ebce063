import type { Env } from '../env.ts'
import { deploymentAddress } from '../http/address.ts'
import { addressKey, isReachable } from '../replies/may-mail.ts'
import { loadSite } from '../sites/load.ts'
import { composeDirect, type Sender } from './compose-direct.ts'
import { isAskedFor } from './kinds.ts'
import { type DueMail, endMail, putOff, takeMail } from './outbox-store.ts'
import { prepareNotice, type Verdict } from './prepare-notice.ts'
import { composeTest } from './preview.ts'
import type { MailRequest } from './transport.ts'

const NO_HOME_MS = 60_000

export interface Ready {
  request: MailRequest
  /** The pace of its site. */
  perSecond: number
}

/**
 * A due mail as it goes out now: rendered, once, and kept before the first try. Null where it does not go out yet or at
 * all, which is then written down.
 */
export async function prepareMail(env: Env, db: D1Database, mail: DueMail): Promise<Ready | null> {
  const site = await loadSite(env, mail.site)
  const verdict = site
    ? await decide({ env, site, home: await deploymentAddress(env) }, db, mail)
    : { drop: 'site_gone' }
  if (site && 'send' in verdict) return { request: verdict.send, perSecond: site.settings.notifications.mailsPerSecond }
  if ('drop' in verdict && verdict.drop !== null) await endMail(db, mail.id, 'dropped', verdict.drop)
  if ('waitMs' in verdict) await putOff(db, mail.id, { inMs: verdict.waitMs, reason: verdict.reason, counts: false })
  return null
}

async function decide(sender: Sender, db: D1Database, mail: DueMail): Promise<Verdict> {
  if (mail.kind === 'new_message' || mail.kind === 'chat_created') {
    // Nothing can be linked to before the operator has called once.
    if (sender.home === null) return { waitMs: NO_HOME_MS, reason: 'no_address_of_our_own' }
    return prepareNotice({ ...sender, home: sender.home }, db, mail)
  }
  if (mail.request !== null) return { send: JSON.parse(mail.request) }
  const { email } = mail
  if (email === null) return { drop: 'no_address' }
  if (!(await isReachable(db, email, { askedFor: isAskedFor(mail.kind) }))) return { drop: 'unwanted' }
  const compose = mail.kind === 'test' ? composeTest : composeDirect
  const request = await compose(sender, { ...mail, email })
  const isMine = await takeMail(db, { id: mail.id, address: await addressKey(email), request })
  return isMine ? { send: request } : { waitMs: 0, reason: null }
}
