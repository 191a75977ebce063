import type { ChatId } from '../../protocol/ids.ts'

/** The chat that a page shows, and when it said so (ms). */
export interface Looking {
  chat: ChatId
  at: number
}

/** A page pings twice a minute. One that has not for so long is asleep, or its network is gone without a word. */
const HOLDS_MS = 90_000

/** Whether a page that was last heard at `heardAt` still shows the chat. */
export const isLookingAt = (chat: ChatId, looking: Looking | undefined, heardAt: number, now: number): boolean =>
  looking?.chat === chat && now - Math.max(looking.at, heardAt) < HOLDS_MS
