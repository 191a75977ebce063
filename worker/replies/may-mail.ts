import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import { newId, sha256 } from '../ids.ts'
import { insertAsked, isSuppressed, isUnwanted } from './store.ts'

interface Addressee {
  site: SiteId
  user: UserId
  email: string
  /** The chat that a notification is about. */
  chat: ChatId
}

/** Whether a notification may go out: the person has not stopped it, and the address neither bounced nor complained. */
export const mayNotify = async (db: D1Database, { site, user, email, chat }: Addressee): Promise<boolean> =>
  !(await isUnwanted(db, { site, user, chat, address: await addressKey(email) }))

/**
 * Whether anything may be mailed to an address at all: codes and links too only reach an address that takes mail. Who
 * called other mails spam still gets what is `askedFor`.
 */
export const isReachable = async (db: D1Database, email: string, { askedFor = false } = {}): Promise<boolean> =>
  !(await isSuppressed(db, await addressKey(email), askedFor))

/** How an address is kept where only its sameness counts. */
export const addressKey = (email: string) => sha256(`address ${email.trim().toLowerCase()}`)

/** Takes one of the mails of a kind that anybody may cause to an address within a day; false where they are used up. */
export const takeMailTurn = async (db: D1Database, email: string, kind: string, most: number): Promise<boolean> =>
  insertAsked(db, { id: newId('ask'), address: await addressKey(email), kind, most })
