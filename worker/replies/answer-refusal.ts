import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { deploymentAddress } from '../http/address.ts'
import { newId } from '../ids.ts'
import { chatUrl } from '../notifications/chat-url.ts'
import { queueMail, wakeMailer } from '../notifications/queue-mail.ts'
import type { Owner } from './find-owner.ts'
import { addressKey } from './may-mail.ts'
import { type Refusal, refusalWords } from './refusal-words.ts'
import { insertAsked } from './store.ts'

const MOST_A_DAY = 1

/** Tells somebody, at their own address and once a day, why their answer is not in the chat. */
export async function answerRefusal(env: Env, owner: Owner, why: Refusal): Promise<void> {
  const { site, chat, user, context } = owner
  const [email, home] = [owner.emails.at(-1), await deploymentAddress(env)]
  if (email === undefined || home === null) return
  const db = database(env, site.db)
  const id = newId('mail')
  const asked = { id, address: await addressKey(email), kind: 'reply_refused', most: MOST_A_DAY }
  if (!(await insertAsked(db, asked))) return
  const locale = owner.locale ?? site.settings.region.locale
  const side = owner.role === 'seller' ? 'seller' : 'customer'
  const payload = {
    reason: refusalWords(locale, why),
    chat_url: chatUrl(site, home, { id: chat, context, url: null }, side),
  }
  await queueMail(db, { id, site: site.id, to: { user, email }, kind: 'reply_refused', payload, locale }).run()
  await wakeMailer(env, site.db)
}
