import * as z from 'zod'
import { MailBody, MailSubject } from './settings/notifications.ts'

export const MailEvent = z.enum(['newMessage', 'chatCreated'])
export type MailEvent = z.infer<typeof MailEvent>

/** A template to look at, saved or not; what is left out is as the settings have it. */
export const MailDraft = z.strictObject({
  event: MailEvent,
  subject: MailSubject.optional(),
  body: MailBody.optional(),
  /** The reader's language; else the site's. */
  locale: z.string().max(35).optional(),
})
export type MailDraft = z.infer<typeof MailDraft>

/** The mail as somebody gets it, with an invented chat. `html` is a whole document: show it in a sandboxed frame. */
export const MailPreview = z.strictObject({ subject: z.string(), html: z.string(), text: z.string() })
export type MailPreview = z.infer<typeof MailPreview>

/** Where the test has gone. */
export const TestSent = z.strictObject({ to: z.string() })

export const MailState = z.enum(['waiting', 'sent', 'dropped', 'dead'])
export type MailState = z.infer<typeof MailState>

/** One mail of the outbox. Times in ms since 1970 by the database's clock. */
export const OutboxMail = z.strictObject({
  id: z.string(),
  kind: z.string(),
  state: MailState,
  /** Such as `p…@wool.example`; null once it is done with. */
  to: z.string().nullable(),
  chat: z.string().nullable(),
  createdAt: z.int(),
  /** When it is tried next; null once it is done with. */
  dueAt: z.int().nullable(),
  doneAt: z.int().nullable(),
  tries: z.int(),
  /** Why it waits, was dropped, or could not be sent: the provider's words, or one of ours. */
  reason: z.string().nullable(),
})
export type OutboxMail = z.infer<typeof OutboxMail>

export const ListOutbox = z.strictObject({
  state: MailState.default('waiting'),
  /** The `next` of the page before. */
  before: z.string().max(80).optional(),
})
export type ListOutbox = z.infer<typeof ListOutbox>

/** `delivery` says how mails go out: by Resend, into the dev mailbox, or not yet, for want of a key. Newest first. */
export const OutboxPage = z.strictObject({
  delivery: z.enum(['resend', 'dev_mailbox', 'none']),
  /** Of the last 30 days. */
  counts: z.strictObject({ waiting: z.int(), sent: z.int(), dropped: z.int(), dead: z.int() }),
  mails: z.array(OutboxMail),
  next: z.string().nullable(),
})
export type OutboxPage = z.infer<typeof OutboxPage>

/** These, or every mail that could not be sent. Codes and short-lived links are not sent late. */
export const RetryMails = z.strictObject({ ids: z.array(z.string().max(80)).min(1).max(100).optional() })
export const Retried = z.strictObject({ retried: z.int() })
