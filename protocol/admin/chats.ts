import * as z from 'zod'
import { Chat, ChatFilter, Message } from '../chats.ts'
import { UserId } from '../ids.ts'

/** A chat as who runs the site sees it. What was said is not in it: reading that is logged. */
export const SiteChat = Chat.pick({ id: true, thing: true, state: true, seller: true, lastSeq: true, lastAt: true })
  .extend({
    customer: z.strictObject({ id: UserId, name: z.string().nullable(), blocked: z.boolean(), guest: z.boolean() }),
    startedAt: z.number().int(),
  })
  .strict()

/** Newest first. `q` matches the thing's title and id, the customer's name and address, and the seller's name. */
export const ListSiteChats = z.strictObject({
  filter: ChatFilter.exclude(['unread']).default('all'),
  state: z.enum(['open', 'closed', 'read_only']).optional(),
  seller: z.string().max(128).optional(),
  q: z.string().trim().max(100).optional(),
  before: z
    .string()
    .regex(/^\d{1,15}\.chat_[\w-]{10,40}$/, 'is not a `next` of ours')
    .optional(),
})
/** `next` may be there on a page that found nothing: a search looks through some thousand chats at a time. */
export const SiteChatPage = z.strictObject({ chats: z.array(SiteChat), next: z.string().nullable() })
export const OneSiteChat = z.strictObject({ chat: SiteChat })
export const SiteMessagePage = z.strictObject({ messages: z.array(Message), more: z.boolean() })
export type SiteChat = z.infer<typeof SiteChat>
export type ListSiteChats = z.infer<typeof ListSiteChats>
export type SiteChatPage = z.infer<typeof SiteChatPage>
