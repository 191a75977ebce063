import { MAX_MESSAGE_CHARS } from '../../protocol/bounds.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { sendMessage } from '../messages/send.ts'
import { actByMail } from '../sessions/by-mail.ts'
import { answerRefusal } from './answer-refusal.ts'
import { findOwner, type Owner } from './find-owner.ts'
import { isAutomatic } from './is-automatic.ts'
import { keepFiles } from './keep-files.ts'
import { provenSender, senderOf } from './prove-sender.ts'
import { type Answer, readAnswer } from './read-answer.ts'
import { type Refusal, refusalOf } from './refusal-words.ts'

/** Email Routing takes 25 MiB; parsing takes a few times a mail's size. */
const MOST_BYTES = 20 * 1024 * 1024

export type IncomingMail = Pick<ForwardableEmailMessage, 'from' | 'to' | 'headers' | 'raw' | 'rawSize' | 'setReject'>

/**
 * An answer by mail becomes a message of whom its reply address was made for, through the same door as any other. The
 * address alone says where to and for whom: `To`, `Cc` and names in the mail add nobody. What is refused gets one helpful
 * answer a day, which goes to the owner's own address and never to a stranger's. Throws where the fault is ours, so that
 * the sender's server tries again; the same mail again is the same message.
 */
export async function receiveMail(env: Env, mail: IncomingMail): Promise<void> {
  const owner = await findOwner(env, mail.to)
  if (!owner) return mail.setReject('There is no such address.')
  if (isAutomatic(mail.from, (name) => mail.headers.get(name))) return
  const refusal = await take(env, owner, mail)
  if (refusal === 'unreadable') mail.setReject('This mail cannot be read.')
  else if (refusal) await answerRefusal(env, owner, refusal)
}

/** Null once the message is in the chat. */
async function take(env: Env, owner: Owner, mail: IncomingMail): Promise<Refusal | 'unreadable' | null> {
  if (mail.rawSize > MOST_BYTES) return 'too_large'
  const raw = new Uint8Array(await new Response(mail.raw).arrayBuffer())
  // Nested without end, or with a head of megabytes: it will be no better the next time.
  const answer = await readAnswer(raw).catch(() => null)
  if (!answer) return 'unreadable'
  return whyNot(owner, answer) ?? send(env, owner, answer)
}

function whyNot({ site, role, emails }: Owner, { headers, body, files }: Answer): Refusal | null {
  const claimed = senderOf(headers)
  if (claimed === null || !emails.includes(claimed)) return 'other_sender'
  if (provenSender(headers) !== claimed) return 'unproven'
  if (role === 'guest' && site.settings.guests.mode === 'none') return 'not_yours'
  if (body === '' && files.length === 0) return 'empty'
  if (files.length > site.settings.attachments.perMessage) return 'files'
  return body.length > MAX_MESSAGE_CHARS ? 'too_long' : null
}

async function send(env: Env, owner: Owner, { body, clientId, files }: Answer): Promise<Refusal | null> {
  try {
    const attachments = await keepFiles(env, owner.site, owner.user, files)
    await actByMail(env, owner.site, owner, (session) =>
      sendMessage(env, owner.site, session, owner.chat, { clientId, body, attachments }),
    )
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    // The same mail, read another way than the last time: what is in the chat stays.
    if (error.code === 'client_id_reused') return null
    const refusal = refusalOf(error.code)
    if (!refusal) throw error
    return refusal
  }
}
