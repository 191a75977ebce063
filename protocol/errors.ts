import * as z from 'zod'
import { SettingsConflict } from './settings/conflict.ts'

/** Every way a request can be refused, with its status and the title people may read. */
export const ERRORS = {
  invalid_json: [400, 'The body is not JSON.'],
  session_required: [401, 'Sign in to continue.'],
  assertion_invalid: [401, 'The shop could not confirm who you are. Sign in again.'],
  session_ended: [401, 'Your session has ended. Sign in again.'],
  link_invalid: [401, 'This link is used up or too old. Ask for a new one.'],
  code_invalid: [401, 'This code is wrong, used or too old. Ask for a new one.'],
  passkey_invalid: [401, 'This passkey could not be confirmed. Try again, or use a code.'],
  signature_invalid: [401, 'The signature does not fit what was sent.'],
  site_unknown: [403, 'No such site.'],
  origin_refused: [403, 'This address is not one of the site’s origins.'],
  guests_refused: [403, 'This shop asks you to sign in before you write.'],
  forbidden: [403, 'Your role does not allow this.'],
  step_up_required: [403, 'Show that it is still you, then try again.'],
  context_off: [403, 'Chats of this kind are switched off.'],
  attachments_off: [403, 'This shop takes no files in chats.'],
  blocked: [403, 'You cannot write to this seller.'],
  privacy_off: [403, 'This shop answers such requests itself. Please ask the shop.'],
  not_found: [404, 'Not found.'],
  chat_closed: [409, 'This chat is closed. Reopen it to write.'],
  chat_read_only: [409, 'This chat can be read but not written to.'],
  client_id_reused: [409, 'This clientId already belongs to a message with another text.'],
  settings_conflict: [409, 'Somebody else saved these settings in the meantime.'],
  already_exists: [409, 'It exists already.'],
  last_owner: [409, 'A site keeps at least one owner. Make somebody else an owner first.'],
  too_many: [409, 'There is no room for more.'],
  person_is_staff: [409, 'They help to run this site. Take their role away first.'],
  length_required: [411, 'Say with Content-Length how long the file is.'],
  body_too_large: [413, 'The body is too large.'],
  file_too_large: [413, 'This file is too large.'],
  not_json_type: [415, 'Send application/json.'],
  file_refused: [415, 'Files of this kind cannot be sent.'],
  invalid: [422, 'Some fields are not right.'],
  file_empty: [422, 'This file is empty.'],
  picture_too_large: [422, 'This picture has too many pixels.'],
  attachment_unknown: [422, 'A file of this message is not there any more, or was sent already.'],
  guest_details_required: [422, 'The shop asks for your details first.'],
  seller_unknown: [422, 'This seller does not sell that.'],
  messages_limited: [429, 'Too many messages in a short time.'],
  burst_limited: [429, 'Too many messages in this chat in a short time.'],
  chats_limited: [429, 'Too many new chats in a short time.'],
  codes_limited: [429, 'Too many tries to sign in. Wait a while.'],
  mails_limited: [429, 'Too many mails in a short time.'],
  uploads_limited: [429, 'Too many files in a short time.'],
  guests_limited: [429, 'Too many new visitors from this address.'],
  internal: [500, 'Something went wrong on our side.'],
  unavailable: [503, 'The service is busy. Try again in a moment.'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorCode = keyof typeof ERRORS

const codes = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

/** One wrong field: where (`message.body`) and what to do about it. */
export const Issue = z.strictObject({ path: z.string(), message: z.string() })
export type Issue = z.infer<typeof Issue>

/** `application/problem+json` (RFC 9457) and nothing else; `retryAfterMs` comes with every 429. */
export const Problem = z.strictObject({
  code: z.enum(codes),
  title: z.string(),
  detail: z.string().optional(),
  issues: z.array(Issue).optional(),
  retryAfterMs: z.number().int().positive().optional(),
  /** With `settings_conflict`: what was changed in the meantime, and by whom. */
  conflict: SettingsConflict.optional(),
})
export type Problem = z.infer<typeof Problem>
