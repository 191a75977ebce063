import { Hono } from 'hono'
import { ListMessages, NewMessage } from '../../protocol/chats.ts'
import { chatId } from '../chats/chat-id.ts'
import { database } from '../db/client.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { requireSession } from '../http/session.ts'
import { body, query } from '../http/validate.ts'
import { sendMessage } from './send.ts'
import { readMessages } from './store.ts'

/** A chat's messages: send one, read a page. */
export const messageRoutes = new Hono<AppContext>()
  .post('/chats/:chat/messages', requireSession, body(NewMessage), async (c) => {
    const { site, session } = c.var
    const { message, fresh } = await sendMessage(c.env, site, session, chatId(c), c.req.valid('json'))
    return c.json({ message }, fresh ? 201 : 200)
  })
  .get('/chats/:chat/messages', requireSession, query(ListMessages), async (c) => {
    const { site, session } = c.var
    const page = await readMessages(database(c.env, site.db), chatId(c), session.sub, c.req.valid('query'))
    if (!page.isMine) throw new AppError('not_found')
    return c.json({ messages: page.messages, more: page.more })
  })
