import type { Context } from 'hono'
import { ChatId } from '../../protocol/ids.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'

/** The chat that a path names; what cannot be one is answered like one that does not exist. */
export function chatId(c: Context<AppContext>): ChatId {
  const id = ChatId.safeParse(c.req.param('chat'))
  if (!id.success) throw new AppError('not_found')
  return id.data
}
