import * as z from 'zod'
import { MAX_ID_CHARS } from './bounds.ts'

const id = z.string().min(1).max(MAX_ID_CHARS)
const own = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[A-Za-z0-9_-]{10,40}$`))

/** Ids that Shopbell makes carry a prefix, so that a wrong one is seen at a glance. */
export const SiteId = own('site').brand<'SiteId'>()
export const UserId = own('usr').brand<'UserId'>()
export const ChatId = own('chat').brand<'ChatId'>()
export const SessionId = own('ses').brand<'SessionId'>()
export const KeyId = own('key').brand<'KeyId'>()
export const FileId = own('file').brand<'FileId'>()

/** Ids of the shop (products, sellers, customers, orders) are text: some exceed 2^53. */
export const ShopId = id.regex(/^[^\s\p{C}]+$/u, 'must have no spaces or control characters')

/** Made by the browser, one for each message; the same one again is the same message. */
export const ClientId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/)

export type SiteId = z.infer<typeof SiteId>
export type UserId = z.infer<typeof UserId>
export type ChatId = z.infer<typeof ChatId>
export type SessionId = z.infer<typeof SessionId>
export type KeyId = z.infer<typeof KeyId>
export type FileId = z.infer<typeof FileId>
