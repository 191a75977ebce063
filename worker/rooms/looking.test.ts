import { expect, it } from 'vitest'
import type { ChatId } from '../../protocol/ids.ts'
import { isLookingAt } from './looking.ts'

const [mine, other] = ['chat_mine', 'chat_other'] as ChatId[] as [ChatId, ChatId]
const looking = { chat: mine, at: 1_000_000 }

it('is at the chat that the page has said, and at no other', () => {
  expect(isLookingAt(mine, looking, 0, 1_000_000)).toBe(true)
  expect(isLookingAt(other, looking, 0, 1_000_000)).toBe(false)
  expect(isLookingAt(mine, undefined, 1_000_000, 1_000_000)).toBe(false)
})

it('holds while the page pings, and ends with a computer that fell asleep', () => {
  const hour = 3_600_000
  expect(isLookingAt(mine, looking, looking.at + hour, looking.at + hour + 60_000)).toBe(true)
  expect(isLookingAt(mine, looking, 0, looking.at + 60_000)).toBe(true)
  expect(isLookingAt(mine, looking, 0, looking.at + 90_000)).toBe(false)
  expect(isLookingAt(mine, looking, looking.at + hour, looking.at + hour + 90_000)).toBe(false)
})
