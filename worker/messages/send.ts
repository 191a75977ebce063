import type { Message, NewMessage } from '../../protocol/chats.ts'
import type { ChatId } from '../../protocol/ids.ts'
import { requireAllowedFiles } from '../attachments/sendable.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { notifyOf } from '../notifications/queue-mail.ts'
import { roomOf } from '../rooms/room-of.ts'
import { requireToldGuest } from '../sessions/guest-details.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'

/**
 * Sends one message through the chat's room. The same `clientId` again answers the stored message (`fresh` false).
 * Throws session_ended, not_found, blocked, chat_closed, chat_read_only, client_id_reused, messages_limited,
 * burst_limited, attachments_off, attachment_unknown, invalid (too many files), guest_details_required.
 */
export async function sendMessage(
  env: Env,
  site: Site,
  session: SessionClaims,
  chat: ChatId,
  input: NewMessage,
): Promise<{ message: Message; fresh: boolean }> {
  requireAllowedFiles(site, input)
  const { clientId, body, attachments = [] } = input
  await requireToldGuest(env, site, session)
  const sent = await roomOf(env, site.id, chat).append({
    db: site.db,
    site: site.id,
    chat,
    sender: session.sub,
    session: session.sid,
    clientId,
    body,
    notify: notifyOf(site, 'newMessage'),
    attachments,
    ...messageLimits(site),
  })
  if (sent.ok) return sent
  throw new AppError(sent.code, sent.retryAfterMs === undefined ? {} : { retryAfterMs: sent.retryAfterMs })
}

/** The two limits of a message, as the site sets them; null where they are off. */
export function messageLimits({ settings: { limits } }: Site) {
  if (!limits.enabled) return { userLimit: null, burstLimit: null }
  return {
    userLimit: { most: limits.messagesPerWindow, windowMs: limits.messageWindowSec * 1000 },
    burstLimit: { most: limits.burstPerChat, windowMs: limits.burstWindowSec * 1000 },
  }
}
