import * as z from 'zod'
import { Attachment } from './attachments.ts'
import { MAX_MESSAGE_FILES, PAGE_MESSAGES } from './bounds.ts'
import { ChatId, ClientId, FileId, ShopId, UserId } from './ids.ts'
import { HttpUrl, MessageText, Price, Title } from './text.ts'

export const ContextType = z.enum(['product', 'order', 'post'])
export type ContextType = z.infer<typeof ContextType>

/** What a page says about a thing. Shown as a claim until the catalog knows the thing; it never decides the seller. */
export const Claim = z.strictObject({
  title: Title.optional(),
  picture: HttpUrl.optional(),
  url: HttpUrl.optional(),
  /** As the page shows it, currency included. */
  price: Price.optional(),
})
/** Words, files, or both. Each file was uploaded by the sender before (`POST /files`) and goes into one message only. */
export const NewMessage = z
  .strictObject({
    clientId: ClientId,
    body: MessageText.default(''),
    attachments: z
      .array(FileId)
      .max(MAX_MESSAGE_FILES)
      .refine((files) => new Set(files).size === files.length, 'names a file twice')
      .optional(),
  })
  .refine(({ body, attachments }) => body !== '' || attachments?.length, { path: ['body'], message: 'is empty' })
export const NewChat = z.strictObject({
  context: z.strictObject({ type: ContextType, id: ShopId, claim: Claim.optional() }),
  /** Chooses among the sellers that the server knows for the thing; any other is refused. */
  seller: ShopId.optional(),
  message: NewMessage.optional(),
})

export const Side = z.enum(['customer', 'seller'])
export type Side = z.infer<typeof Side>

/** The card of what a chat is about. `known` is false while only the page claims it. */
export const Thing = z.strictObject({
  type: ContextType,
  id: z.string(),
  title: z.string().nullable(),
  picture: z.string().nullable(),
  url: z.string().nullable(),
  price: z.string().nullable(),
  /** An order's, in the shop's own word; only there while the order is known. */
  status: z.string().optional(),
  known: z.boolean(),
})

/** `side` is who speaks; `system` lines are written by Shopbell. `at` is ms since 1970 by the database's clock. */
export const Message = z.strictObject({
  chat: ChatId,
  /** 1, 2, 3 … without a hole in each chat. */
  seq: z.number().int().positive(),
  clientId: z.string(),
  side: z.enum(['customer', 'seller', 'system']),
  author: UserId,
  name: z.string().nullable(),
  /** Empty where the message is only files. */
  body: z.string(),
  at: z.number().int(),
  /** Its words are gone for good. What stands there is the site's placeholder, and nobody's: `side` is `system`. */
  erased: z.literal(true).optional(),
  /** Left out where there are none. */
  attachments: z.array(Attachment).optional(),
})

/** A chat as one participant sees it. `readSeq` is mine, `peerReadSeq` the furthest of the other side. */
export const Chat = z.strictObject({
  id: ChatId,
  thing: Thing,
  side: Side,
  state: z.enum(['open', 'closed', 'read_only']),
  customer: z.strictObject({ id: UserId, name: z.string().nullable(), blocked: z.boolean() }),
  seller: z.strictObject({ id: z.string(), name: z.string(), picture: z.string().nullable() }),
  lastSeq: z.number().int(),
  /** Time of the last message, or of the start; orders the list. */
  lastAt: z.number().int(),
  last: Message.pick({ seq: true, side: true, author: true, name: true, body: true, attachments: true }).nullable(),
  unread: z.number().int(),
  readSeq: z.number().int(),
  peerReadSeq: z.number().int(),
  /** The site's change number of what was last changed here. */
  changed: z.number().int(),
})

export const SentMessage = z.strictObject({ message: Message })
/** `message` is there when one was sent along. */
export const StartedChat = z.strictObject({ chat: Chat, message: Message.optional() })
export const OneChat = z.strictObject({ chat: Chat })

export const ChatFilter = z.enum(['all', 'unread', 'order', 'product', 'post'])
/** Newest first. `before` is the `next` of the page before; `q` matches title, people and last words. */
export const ListChats = z.strictObject({
  filter: ChatFilter.default('all'),
  q: z.string().trim().max(100).optional(),
  before: z
    .string()
    .regex(/^\d{1,15}\.chat_[\w-]{10,40}$/, 'is not a `next` of ours')
    .optional(),
  /** Only chats about this thing: `product:310`. */
  about: z.string().max(160).optional(),
})
export const ChatPage = z.strictObject({
  chats: z.array(Chat),
  next: z.string().nullable(),
  /** Chats with unread messages, over all pages. */
  unreadChats: z.number().int(),
})

/** At most one of `before` and `after` (sequence numbers, exclusive); the newest page without either. */
export const ListMessages = z
  .strictObject({
    before: z.coerce.number().int().positive().optional(),
    after: z.coerce.number().int().min(0).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(PAGE_MESSAGES),
  })
  .refine((query) => query.before === undefined || query.after === undefined, 'before and after exclude each other')
/** In rising `seq`. `more`: there are further ones in the direction asked for. */
export const MessagePage = z.strictObject({ messages: z.array(Message), more: z.boolean() })

export const ReadMark = z.strictObject({ seq: z.number().int().min(0) })
export const ChatState = z.strictObject({ state: z.enum(['open', 'closed']) })
export const BlockCustomer = z.strictObject({ blocked: z.boolean() })

/** What changed for me since a cursor. `reset` (whole, or a chat's): drop what you hold and load it anew. */
export const Sync = z.strictObject({
  cursor: z.string(),
  reset: z.boolean(),
  chats: z.array(Chat.extend({ reset: z.boolean() })),
  /** Chats that are no longer mine. */
  left: z.array(ChatId),
  more: z.boolean(),
})
export const SyncQuery = z.strictObject({ since: z.string().max(120).optional() })

export type NewChat = z.infer<typeof NewChat>
export type NewMessage = z.infer<typeof NewMessage>
export type Claim = z.infer<typeof Claim>
export type Thing = z.infer<typeof Thing>
export type Message = z.infer<typeof Message>
export type Chat = z.infer<typeof Chat>
export type ListChats = z.infer<typeof ListChats>
export type ChatFilter = z.infer<typeof ChatFilter>
export type ListMessages = z.infer<typeof ListMessages>
export type ChatPage = z.infer<typeof ChatPage>
export type MessagePage = z.infer<typeof MessagePage>
export type Sync = z.infer<typeof Sync>
