import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChatId, SiteId, UserId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import { isMadeFor, type ReplyPlace, readReplyAddress, replyAddress } from './reply-address.ts'

const env = (domain: string) => ({ SHOPBELL_SECRET: 'x'.repeat(40), MAIL_REPLY_DOMAIN: domain }) as Env
const CATCH_ALL = env('reply.shop.example')
const PLUS = env('Chat@Shop.example')

const id = (prefix: string) => `${prefix}_${randomBytes(16).toString('base64url')}`
const PLACE: ReplyPlace = { site: id('site') as SiteId, chat: id('chat') as ChatId, user: id('usr') as UserId }
const OTHERS = Array.from({ length: 3 }, () => ({ ...PLACE, user: id('usr') as UserId }))

beforeAll(() => {
  // The worker's runtime has these; Node has them from 25 on.
  const define = (on: object, name: string, value: unknown) => name in on || Object.defineProperty(on, name, { value })
  define(Uint8Array, 'fromHex', (text: string) => new Uint8Array(Buffer.from(text, 'hex')))
  define(Uint8Array, 'fromBase64', (text: string) => new Uint8Array(Buffer.from(text, 'base64url')))
  define(Uint8Array.prototype, 'toHex', function (this: Uint8Array) {
    return Buffer.from(this).toString('hex')
  })
  define(Uint8Array.prototype, 'toBase64', function (this: Uint8Array) {
    return Buffer.from(this).toString('base64url')
  })
})

async function opens(from: Env, address: string, place = PLACE): Promise<boolean> {
  const token = readReplyAddress(from, address)
  return token?.chats.includes(place.chat) === true && (await isMadeFor(from, token, place))
}
const addressOf = async (from: Env, place = PLACE) =>
  (await replyAddress(from, place.site, place.chat, place.user)) ?? ''

describe.each([
  ['a domain of its own', CATCH_ALL],
  ['plus addresses', PLUS],
])('a reply address at %s', (_, from) => {
  it('is short enough for mail and survives being folded', async () => {
    const address = await addressOf(from)
    expect(address.split('@')[0]?.length).toBeLessThanOrEqual(64)
    expect(address).toBe(address.toLowerCase())
    expect(await opens(from, address)).toBe(true)
    expect(await opens(from, address.toUpperCase())).toBe(true)
  })

  it('knows chats that the database has named', async () => {
    const place = { ...PLACE, chat: `chat_${randomBytes(16).toString('hex')}` as ChatId }
    expect(await opens(from, await addressOf(from, place), place)).toBe(true)
  })

  it('is for one person of one chat of one site', async () => {
    const address = await addressOf(from)
    for (const other of [...OTHERS, { ...PLACE, site: id('site') as SiteId }])
      expect(await opens(from, address, other)).toBe(false)
    expect(await opens(from === PLUS ? CATCH_ALL : PLUS, address)).toBe(false)
  })
})

it('cannot be guessed: 10,000 tries open nothing', async () => {
  const right = await addressOf(CATCH_ALL)
  const [local = '', domain] = right.split('@')
  const letters = 'abcdefghijklmnopqrstuvwxyz234567'
  let opened = 0
  for (let i = 0; i < 10_000; i++) {
    const at = i % local.length
    const letter = letters[(letters.indexOf(local[at] ?? '') + 1 + (i % 31)) % 32]
    const behind = Array.from(randomBytes(26), (byte) => letters[byte % 32]).join('')
    const guess = i % 2 ? local.slice(0, at) + letter + local.slice(at + 1) : `${local.slice(0, 26)}${behind}`
    if (await opens(CATCH_ALL, `${guess}@${domain}`)) opened++
  }
  expect(opened).toBe(0)
  expect(await opens(CATCH_ALL, right)).toBe(true)
})

it('is none where no Email Routing is set up, or its name leaves no room', async () => {
  expect(await addressOf(env(''))).toBe('')
  expect(await addressOf(env('a-very-long-name@shop.example'))).toBe('')
})
