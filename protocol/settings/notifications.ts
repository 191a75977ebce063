import * as z from 'zod'
import { Email, Title } from '../text.ts'
import { field, section } from './field.ts'
import { template } from './template.ts'

export const MAIL_TOKENS = [
  'site_name',
  'chat_url',
  'sender_name',
  'recipient_name',
  'last_message',
  'context_type',
] as const

const MAX_BODY_CHARS = 10_000
const MAX_ADMINS = 10

const whole = (min: number, max: number) =>
  z.int('must be a whole number').min(min, `must be at least ${min}`).max(max, `must be at most ${max}`)

/** Addresses with commas between them, as one text. */
const Addresses = z
  .string()
  .max(1000)
  .overwrite((text) => addressesIn(text).join(', '))
  .refine(
    (text) => addressesIn(text).every((each) => Email.safeParse(each).success),
    'must be e-mail addresses, with commas between them',
  )
  .refine((text) => addressesIn(text).length <= MAX_ADMINS, `must be at most ${MAX_ADMINS} addresses`)
  .default('')

/** The addresses of such a text, each once. */
export const addressesIn = (text: string) => [
  ...new Set(
    text
      .split(/[,;\s]+/)
      .map((each) => each.toLowerCase())
      .filter((each) => each !== ''),
  ),
]

const on = { 'notifications.enabled': true }

/** A subject line with tokens. */
export const MailSubject = template(Title, MAIL_TOKENS)
/** Markdown with tokens. */
export const MailBody = template(z.string().trim().min(1).max(MAX_BODY_CHARS), MAIL_TOKENS)

interface EventDefaults {
  path: 'newMessage' | 'chatCreated'
  enabled: boolean
  why: string
  subject: string
  body: string
}

/** The same settings for each event that can send a mail. */
function eventFields({ path, enabled, why, subject, body }: EventDefaults) {
  const onEvent = { ...on, [`notifications.${path}.enabled`]: true }
  const onMail = { ...onEvent, [`notifications.${path}.email`]: true }
  return z
    .strictObject({
      enabled: field(z.boolean().default(enabled), {
        label: 'Enable event',
        help: why,
        control: 'toggle',
        shownWhen: on,
      }),
      email: field(z.boolean().default(true), {
        label: 'Enable email channel',
        help: 'Sends this event by e-mail.',
        control: 'toggle',
        shownWhen: onEvent,
      }),
      admins: field(Addresses, {
        label: 'Also tell',
        help: 'E-mail addresses of admins who want this event of every chat, with commas between them. Empty: nobody. The delay and the caps hold for them too.',
        control: 'addresses',
        shownWhen: onMail,
      }),
      subject: field(MailSubject.default(subject), {
        label: 'Email subject template',
        help: 'One line. Tokens are filled in for each mail.',
        control: 'text',
        tokens: MAIL_TOKENS,
        shownWhen: onMail,
      }),
      body: field(MailBody.default(body), {
        label: 'Email body template',
        help: 'Markdown and tokens. What people write is always shown as text, never as Markdown.',
        control: 'markdown',
        tokens: MAIL_TOKENS,
        shownWhen: onMail,
      }),
    })
    .prefault({})
}

export const Notifications = section(
  z
    .strictObject({
      enabled: field(z.boolean().default(true), {
        label: 'Enable notifications',
        help: 'The master switch. Off, no event sends anything; sign-in links and codes still go out.',
        control: 'toggle',
      }),
      delaySec: field(whole(0, 86_400).default(60), {
        label: 'Delay (sec)',
        help: 'How long a message may lie unread before a mail goes out. Whoever reads it in the chat meanwhile gets none.',
        control: 'number',
        unit: 'seconds',
        shownWhen: on,
      }),
      perChatMinutes: field(whole(1, 1440).default(15), {
        label: 'Minutes between mails of a chat',
        help: 'Nobody gets more than one mail about the same chat in this time. What comes meanwhile is gathered into the next.',
        control: 'number',
        unit: 'minutes',
        shownWhen: on,
      }),
      perHour: field(whole(1, 1000).default(10), {
        label: 'Mails an hour',
        help: 'The most notifications that one address gets in any hour, over all chats. Sign-in links and codes are not counted.',
        control: 'number',
        unit: 'mails',
        shownWhen: on,
      }),
      perDay: field(whole(1, 1000).default(30), {
        label: 'Mails a day',
        help: 'The most notifications that one address gets in any 24 hours.',
        control: 'number',
        unit: 'mails',
        shownWhen: on,
      }),
      mailsPerSecond: field(whole(1, 100).default(2), {
        label: 'Mails a second',
        help: 'How fast mails are handed to your mail provider. Leave it at what your account allows: 2 a second for a new one at Resend.',
        control: 'number',
        unit: 'mails',
      }),
      guestOrders: field(z.boolean().default(true), {
        label: 'Send guests a link to their order’s chat',
        help: 'Who orders without an account gets a link, to the address of the order, by which they can talk about it.',
        control: 'toggle',
        shownWhen: on,
      }),
      newMessage: section(
        eventFields({
          path: 'newMessage',
          enabled: true,
          why: 'Tells the other side of a chat about a new message that they have not read.',
          subject: 'New message from {{sender_name}} at {{site_name}}',
          body: `Hello {{recipient_name}},

{{sender_name}} wrote to you:

> {{last_message}}

[Answer in the chat]({{chat_url}})`,
        }),
        { label: 'New Message', help: 'Mail to whoever has a message waiting.' },
      ),
      chatCreated: section(
        eventFields({
          path: 'chatCreated',
          enabled: false,
          why: 'Tells the seller about every new chat. Off at first: many new chats are empty or opened by accident.',
          subject: '{{sender_name}} started a chat at {{site_name}}',
          body: `Hello {{recipient_name}},

{{sender_name}} started a chat with you about this {{context_type}}.

[Open the chat]({{chat_url}})`,
        }),
        { label: 'Chat Created', help: 'Mail to the seller when a chat begins.' },
      ),
    })
    .prefault({}),
  { label: 'Notifications', help: 'Which events send mails, and what the mails say.' },
)
