import type { Chat, ContextType, Message, NewChat } from '../../protocol/chats.ts'
import type { ChatId } from '../../protocol/ids.ts'
import { requireSendable } from '../attachments/sendable.ts'
import { sellersOf } from '../catalog/sellers-of.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import { sendMessage } from '../messages/send.ts'
import { notifyOf, wakeMailer } from '../notifications/queue-mail.ts'
import { findOrder } from '../orders/find.ts'
import { sendStarters } from '../orders/take.ts'
import { nudge } from '../rooms/nudge.ts'
import { requireToldGuest } from '../sessions/guest-details.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { type Created, createChat } from './start-store.ts'
import { readChat } from './view-store.ts'

interface Started {
  chat: Chat
  message?: Message
  /** A chat or a message is new. */
  fresh: boolean
}

/**
 * The one chat of (customer, thing, seller), made if need be, and the first message through the same door as every
 * other. All steps are idempotent. Throws context_off, not_found (order not proven), seller_unknown, blocked,
 * chats_limited, and what `sendMessage` throws.
 */
export async function startChat(env: Env, site: Site, session: SessionClaims, input: NewChat): Promise<Started> {
  const { type, claim } = input.context
  refuseIfOff(site, type)
  await requireToldGuest(env, site, session)
  const { thing, sellers } = await placeOf(env, site, session, input)
  const notify = notifyOf(site, 'chatCreated')
  if (input.message) await requireSendable(env, site, session.sub, input.message)
  const created = await createChat(database(env, site.db), {
    id: newId<ChatId>('chat'),
    site: site.id,
    customer: session.sub,
    session: session.sid,
    seller: chooseSeller(sellers, input.seller),
    context: type,
    thing,
    claim: claim ? JSON.stringify(claim) : null,
    limit: chatLimit(site),
    notify,
  })
  if (created.chat === null) throw refusal(created)
  if (created.fresh && notify) await wakeMailer(env, site.db, notify.delayMs)
  // An earlier attempt may have made the chat and no more.
  if (type === 'order') await sendStarters(env, site, [thing])
  return withMessage(env, site, session, created, input)
}

function refuseIfOff({ settings: { contexts } }: Site, type: ContextType) {
  if (!contexts[type].enabled) throw new AppError('context_off')
  if (type === 'order' && !contexts.order.button) {
    throw new AppError('context_off', { detail: 'Chats about orders begin by themselves here, not by hand.' })
  }
}

/** What the chat is about, and the sellers that the server knows for it, the first to be taken. */
async function placeOf(env: Env, site: Site, session: SessionClaims, { context: { type, id }, seller }: NewChat) {
  if (type === 'order') return findOrder(env, site, session, id, seller)
  return { thing: id, sellers: await sellersOf(database(env, site.db), site, type, id) }
}

async function withMessage(
  env: Env,
  site: Site,
  session: SessionClaims,
  created: { chat: ChatId; fresh: boolean },
  input: NewChat,
): Promise<Started> {
  const sent = input.message && (await sendMessage(env, site, session, created.chat, input.message))
  // Nobody has written yet: only the customer's other pages need to know.
  if (!sent && created.fresh) await nudge(env, site.id, [session.sub])
  const chat = await readChat(database(env, site.db), site.id, session.sub, created.chat)
  if (!chat) throw new AppError('not_found')
  return { chat, fresh: created.fresh || sent?.fresh === true, ...(sent ? { message: sent.message } : {}) }
}

/** A request may only choose among the sellers that the server knows for the thing. */
function chooseSeller(known: readonly string[], seller: string | undefined): string {
  const chosen = seller ?? known[0]
  if (chosen === undefined || !known.includes(chosen))
    throw new AppError('seller_unknown', { issues: [{ path: 'seller', message: 'does not sell this' }] })
  return chosen
}

function chatLimit({ settings: { limits } }: Site) {
  return limits.enabled ? { most: limits.chatsPerWindow, windowMs: limits.chatWindowSec * 1000 } : null
}

function refusal(no: Extract<Created, { chat: null }>): AppError {
  if (no.sessionEnded) return new AppError('session_ended')
  if (no.blocked) return new AppError('blocked')
  if (no.ownDesk) return new AppError('seller_unknown', { detail: 'You answer for this seller yourself.' })
  if (no.waitMs !== null) return new AppError('chats_limited', { retryAfterMs: Math.max(1000, no.waitMs) })
  return new AppError('unavailable', { retryAfterMs: 1000 })
}
