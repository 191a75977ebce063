import * as z from 'zod'
import { Message, Side } from './chats.ts'
import { ChatId } from './ids.ts'

/**
 * `n` is the site's change number of this write, `prev` this user's newest one before it. A client whose cursor
 * is complete up to `prev` may move it to `n`; any other must sync.
 */
const stamp = { n: z.number().int(), prev: z.number().int() }

/** What the server sends. A client ignores types that it does not know. */
export const ServerFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('message'), ...stamp, chat: ChatId, message: Message }),
  /** One side has read up to `seq`. `own`: it was this user. */
  z.strictObject({
    type: z.literal('read'),
    ...stamp,
    chat: ChatId,
    side: Side,
    own: z.boolean(),
    seq: z.number().int(),
    unread: z.number().int(),
  }),
  /** Something else changed: ask `/sync`, unless everything up to `upTo` is held already. */
  z.strictObject({ type: z.literal('sync'), upTo: z.number().int().optional() }),
])
export type ServerFrame = z.infer<typeof ServerFrame>

/** What a client may send, beside the text `ping`. */
export const ClientFrame = z.discriminatedUnion('type', [
  /** A newer session token, so that the socket outlives the first. */
  z.strictObject({ type: z.literal('token'), token: z.string().max(4096) }),
  /** The chat that is in front of the user, none without it: nobody is mailed what they are looking at. */
  z.strictObject({ type: z.literal('looking'), chat: ChatId.optional() }),
])
export type ClientFrame = z.infer<typeof ClientFrame>
