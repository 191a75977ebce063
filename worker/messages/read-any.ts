import type { ListMessages, MessagePage } from '../../protocol/chats.ts'
import { type ChatId, UserId } from '../../protocol/ids.ts'
import { readMessages } from './store.ts'

const NOBODY = UserId.parse('usr_nobody0000000')

/** One page of a chat's log for somebody who is not in it: whether they may is the caller's to say. */
export async function readAnyLog(db: D1Database, chat: ChatId, page: ListMessages): Promise<MessagePage> {
  const { messages, more } = await readMessages(db, chat, NOBODY, page)
  return { messages, more }
}
