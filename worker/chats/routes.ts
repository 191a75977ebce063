import { type Context, Hono } from 'hono'
import { BlockCustomer, ChatState, ListChats, NewChat, ReadMark, SyncQuery } from '../../protocol/chats.ts'
import { database } from '../db/client.ts'
import type { AppContext } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { requireSession } from '../http/session.ts'
import { requireStaff } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { messageLimits } from '../messages/send.ts'
import type { Refused } from '../rooms/chat-room.ts'
import { homeOf, roomOf } from '../rooms/room-of.ts'
import { blockUser } from './block-user.ts'
import type { Changed, InChat } from './change-store.ts'
import { chatId } from './chat-id.ts'
import { listPage } from './list.ts'
import { startChat } from './start.ts'
import { syncSince } from './sync.ts'
import { readChat } from './view-store.ts'

/** Chats: start, list, read one, read mark, state, block, and what changed since a cursor. */
export const chatRoutes = new Hono<AppContext>()
  .post('/chats', requireSession, body(NewChat), async (c) => {
    const { fresh, ...started } = await startChat(c.env, c.var.site, c.var.session, c.req.valid('json'))
    return c.json(started, fresh ? 201 : 200)
  })
  .get('/chats', requireSession, query(ListChats), async (c) => {
    const { site, session } = c.var
    return c.json(await listPage(database(c.env, site.db), site, session.sub, c.req.valid('query')))
  })
  .get('/chats/:chat', requireSession, async (c) => c.json({ chat: await chatOf(c) }))
  .put('/chats/:chat/read', requireSession, body(ReadMark), async (c) => {
    const { room, home, by } = doorOf(c)
    done(await room.markRead(home, by, c.req.valid('json').seq))
    return c.body(null, 204)
  })
  .put('/chats/:chat/state', requireSession, body(ChatState), async (c) => {
    const { room, home, by, limit } = doorOf(c)
    done(await room.changeState(home, by, c.req.valid('json').state, limit))
    const chat = await chatOf(c)
    if (chat.state === 'read_only') throw new AppError('chat_read_only')
    return c.json({ chat })
  })
  .put('/chats/:chat/block', requireSession, body(BlockCustomer), async (c) => {
    if ((await chatOf(c)).side !== 'seller') throw new AppError('forbidden')
    const { room, home, by, limit } = doorOf(c)
    done(await room.block(home, by, c.req.valid('json').blocked, limit))
    return c.json({ chat: await chatOf(c) })
  })
  .put('/users/:user/block', requireStaff('admin', 'owner'), body(BlockCustomer), async (c) => {
    const { site, actor } = c.var
    await blockUser(c.env, site, actor, c.req.param('user'), c.req.valid('json').blocked)
    return c.body(null, 204)
  })
  .get('/sync', requireSession, query(SyncQuery), async (c) => {
    const { site, session } = c.var
    return c.json(await syncSince(database(c.env, site.db), site, session.sub, c.req.valid('query').since))
  })

async function chatOf(c: Context<AppContext>) {
  const { site, session } = c.var
  const chat = await readChat(database(c.env, site.db), site.id, session.sub, chatId(c))
  if (!chat) throw new AppError('not_found')
  return chat
}

/** Every write to a chat goes through its room. */
function doorOf(c: Context<AppContext>) {
  const { site, session } = c.var
  const chat = chatId(c)
  const by: InChat = { site: site.id, chat, user: session.sub, session: session.sid }
  return { room: roomOf(c.env, site.id, chat), home: homeOf(site, chat), by, limit: messageLimits(site).burstLimit }
}

function done(result: Changed | Refused) {
  if (result.ok) return
  throw new AppError(result.code, result.retryAfterMs === undefined ? {} : { retryAfterMs: result.retryAfterMs })
}
