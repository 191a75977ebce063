import type { Side } from '../../protocol/chats.ts'

/** Who gets the frame of a write, and the newest change number that each knew before it. */
export interface Recipient {
  user: string
  side: Side
  prev: number
  /** 1 while their inbox has somebody to tell; who has none learns it from their next sync. */
  online: 0 | 1
}

/** Everybody in the chat, ?1. */
export const RECIPIENTS = `
SELECT p.user, p.side, u.online, (SELECT max(changed) FROM participants q WHERE q.user = p.user) prev
FROM participants p JOIN users u ON u.id = p.user WHERE p.chat = ?1 AND p.left_n IS NULL`
