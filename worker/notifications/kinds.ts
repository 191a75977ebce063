import { HOUR_MS, MINUTE_MS } from '../durations.ts'

/** Longer than this after the first try, the provider may have forgotten a mail's key: a late try could send it twice. */
export const MOST_AGE_MS = 23 * HOUR_MS

interface Kind {
  /** 0 goes before everything that is 1. */
  rank: 0 | 1
  /** Never sent later than this after it was wanted. */
  lifeMs: number
  /** A person has it sent by hand, each time: a complaint about other mails does not hold it back. */
  askedFor?: true
}

/** Every kind of mail. Those of rank 0 are waited for by a person, and no cap holds them back. */
export const KINDS = {
  /** A code to sign in with. */
  code: { rank: 0, lifeMs: 10 * MINUTE_MS, askedFor: true },
  /** Lets a seller in for the first time. */
  invitation: { rank: 0, lifeMs: MOST_AGE_MS, askedFor: true },
  /** Lets somebody in who is to run the site. */
  staff_invitation: { rank: 0, lifeMs: MOST_AGE_MS, askedFor: true },
  /** Lets a guest go on with their chats where their browser has forgotten them. */
  guest_link: { rank: 0, lifeMs: 30 * MINUTE_MS, askedFor: true },
  /** Lets the guest who bought an order talk about it. */
  order_link: { rank: 0, lifeMs: MOST_AGE_MS },
  /** A code that proves an address, for what somebody asks about their own data. */
  privacy: { rank: 0, lifeMs: 10 * MINUTE_MS, askedFor: true },
  /** An answer by mail that could not be taken. */
  reply_refused: { rank: 0, lifeMs: MOST_AGE_MS, askedFor: true },
  /** What an admin asked to see. */
  test: { rank: 0, lifeMs: HOUR_MS, askedFor: true },
  verify_address: { rank: 1, lifeMs: MOST_AGE_MS },
  new_message: { rank: 1, lifeMs: MOST_AGE_MS },
  chat_created: { rank: 1, lifeMs: MOST_AGE_MS },
} as const satisfies Record<string, Kind>

/** Whether it goes even to somebody who called our mails spam. */
export const isAskedFor = (kind: MailKind): boolean => 'askedFor' in KINDS[kind]

export type MailKind = keyof typeof KINDS
/** Mails that say what their sender hands over; the others are written from a chat. */
export type DirectKind = Exclude<MailKind, 'new_message' | 'chat_created'>
