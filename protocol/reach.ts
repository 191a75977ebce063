import * as z from 'zod'
import { ChatId } from './ids.ts'
import { Email } from './text.ts'

/** `POST /me/link`: mails a guest a link that opens their chats in another browser. */
export const ContinueLink = z.strictObject({
  /** Where the guest has left no address yet, or another one. */
  email: Email.optional(),
  /** The chat that the link opens. */
  chat: ChatId.optional(),
  /** The language of the mail. */
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/)
    .optional(),
})
export type ContinueLink = z.infer<typeof ContinueLink>

const Key = (bytes: number) =>
  z
    .string()
    .regex(/^[\w-]+$/, 'must be base64url')
    .refine((text) => Math.floor((text.length * 3) / 4) === bytes, `must be ${bytes} bytes as base64url`)

/** What a browser's `PushManager` answers (`subscription.toJSON()`), and how its notifications shall read. */
export const PushSubscriptionIn = z.strictObject({
  endpoint: z.url({ protocol: /^https?$/ }).max(1000),
  keys: z.strictObject({ p256dh: Key(65), auth: Key(16) }),
  /** The message's own words on the lock screen; without it only who wrote. */
  words: z.boolean().default(false),
  locale: z.string().max(35).default('en'),
})
export type PushSubscriptionIn = z.infer<typeof PushSubscriptionIn>

/** The VAPID key (RFC 8292) for `PushManager.subscribe`, base64url; which browsers of this person ring. */
export const PushState = z.strictObject({ key: z.string(), subscribed: z.boolean(), words: z.boolean() })
export type PushState = z.infer<typeof PushState>
/** The `endpoint` of a browser's subscription, if it has one. */
export const PushEndpoint = z.strictObject({ endpoint: z.string().max(1000).optional() })
/** The browser that is meant. */
export const PushBrowser = z.strictObject({ endpoint: z.string().max(1000) })
