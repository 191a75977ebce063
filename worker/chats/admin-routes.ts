import { Hono } from 'hono'
import { ListSiteChats } from '../../protocol/admin/chats.ts'
import { LinkFiles } from '../../protocol/attachments.ts'
import { ListMessages } from '../../protocol/chats.ts'
import type { AppContext } from '../env.ts'
import { requireStaff } from '../http/staff.ts'
import { body, query } from '../http/validate.ts'
import { chatId } from './chat-id.ts'
import { linkSiteFiles, readSiteLog, siteChat, siteChatPage } from './site-chats.ts'

const manager = requireStaff('admin', 'owner')

/** Every chat of a site, for those who run it. */
export const siteChatRoutes = new Hono<AppContext>()
  .get('/chats', manager, query(ListSiteChats), async (c) =>
    c.json(await siteChatPage(c.env, c.var.site, c.req.valid('query'))),
  )
  .get('/chats/:chat', manager, async (c) => c.json({ chat: await siteChat(c.env, c.var.site, chatId(c)) }))
  .get('/chats/:chat/messages', manager, query(ListMessages), async (c) => {
    const look = { chat: chatId(c), page: c.req.valid('query') }
    return c.json(await readSiteLog(c.env, c.var.site, c.var.actor, look))
  })
  .post('/chats/:chat/files/links', manager, body(LinkFiles), async (c) => {
    const wanted = { chat: chatId(c), files: c.req.valid('json').files, nowMs: Date.now() }
    return c.json(await linkSiteFiles(c.env, c.var.site, c.var, wanted))
  })
