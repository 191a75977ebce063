import { afterEach, describe, expect, it } from 'vitest'
import type { ChatStore } from '../../widgets/client/store.ts'
import { createSite, type MadeSite } from '../support/identity.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { type Fault, focusPages, openPage, shown } from '../support/page.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
let worker: FastWorker | undefined
let pages: ChatStore[] = []

afterEach(async () => {
  for (const page of pages) page.close()
  pages = []
  await worker?.stop()
})

interface Shop {
  site: MadeSite
  tokens: Map<string, string>
  chats: string[]
}

/** Two desk members and two customers, each customer with two chats at the desk; limits off. */
async function openShop(main?: string): Promise<Shop> {
  worker = await startFastWorker(main ? { main } : {})
  const site = await createSite(worker as never)
  const server = { origin: null, token: site.server.secret, method: 'PUT' }
  await worker.call('/v1/sellers', {
    ...server,
    body: { sellers: [{ id: 'shop', name: 'Shop', members: ['s1', 's2'] }] },
  })
  await worker.call('/v1/settings', { ...server, body: { version: 1, settings: { limits: { enabled: false } } } })
  const tokens = new Map<string, string>()
  const chats: string[] = []
  for (const name of ['s1', 's2', 'c1', 'c2'])
    tokens.set(name, (await site.signIn(name, { role: name.startsWith('s') ? 'seller' : 'customer' })).token)
  for (const name of ['c1', 'c1', 'c2', 'c2']) {
    const context = { type: 'product', id: `thing-${chats.length}` }
    const { body } = await worker.call('/v1/chats', { token: tokens.get(name), body: { context } })
    chats.push(body.chat.id)
  }
  return { site, tokens, chats }
}

/** The pages of everybody, two of the first seller, each with its chats open. */
async function openPages({ site, chats }: Shop, fault?: Fault) {
  const { url } = worker as FastWorker
  for (const name of ['s1', 's1', 's2', 'c1', 'c2']) {
    const role = name.startsWith('s') ? 'seller' : 'customer'
    const assertion = () => site.assertion({ sub: name, role })
    const page = await openPage({ base: url, site: site.id, assertion, ...(fault ? { fault } : {}) })
    for (const chat of chats) await page.open(chat).catch(() => undefined)
    pages.push(page)
  }
}

const say = ({ tokens }: Shop, who: string, chat: string, body: string, clientId: string) =>
  (worker as FastWorker).call(`/v1/chats/${chat}/messages`, { token: tokens.get(who), body: { clientId, body } })

/** How many logs and read marks of all pages differ from the tables. */
async function differences({ chats }: Shop): Promise<number> {
  const db = (worker as FastWorker).env.DB
  const { results } = await db.prepare('SELECT * FROM messages ORDER BY chat, seq').all<any>()
  const marks = await db
    .prepare('SELECT chat, side, max(read_seq) seq FROM participants GROUP BY chat, side')
    .all<any>()
  let differing = 0
  for (const page of pages)
    for (const id of chats) {
      const chat = page.state.chats.get(id)
      if (!chat) continue
      const wanted = results.filter((m) => m.chat === id).map((m) => `${m.seq} ${m.client_id} ${m.body}`)
      const peer = marks.results.find((mark) => mark.chat === id && mark.side !== chat.side)
      if (shown(page, id) !== wanted.join('\n')) differing++
      if (chat.peerReadSeq !== (peer?.seq ?? 0)) differing++
    }
  return differing
}

async function settled(shop: Shop, withinMs: number): Promise<number> {
  const until = performance.now() + withinMs
  for (;;) {
    const left = await differences(shop)
    if (left === 0 || performance.now() > until) return left
    await pause(200)
  }
}

describe('every live client', () => {
  it('equals the table within 15 s though a third of the frames is lost and the rest comes in any order', async () => {
    const shop = await openShop()
    const weather = { bad: true, lost: 0 }
    await openPages(shop, () => {
      if (!weather.bad) return 0
      if (Math.random() > 0.35) return Math.random() * 400
      weather.lost++
      return 'lost'
    })
    for (let i = 0; i < 240; i++) {
      const chat = shop.chats[i % 4] as string
      const customer = i % 4 < 2 ? 'c1' : 'c2'
      const who = i % 3 === 0 ? customer : i % 3 === 1 ? 's1' : 's2'
      const { body } = await say(shop, who, chat, `message ${i}`, `client-id-${i}`)
      if (i % 7 === 0)
        await worker?.call(`/v1/chats/${chat}/read`, {
          token: shop.tokens.get(i % 2 ? customer : 's1'),
          method: 'PUT',
          body: { seq: body.message.seq },
        })
    }
    weather.bad = false
    expect(weather.lost).toBeGreaterThan(100)
    expect(await settled(shop, 15_000)).toBe(0)
  })

  it('equals the table at once after its next sync, without one frame', async () => {
    const shop = await openShop()
    await openPages(shop, () => 'lost')
    for (let i = 0; i < 40; i++) await say(shop, 's1', shop.chats[i % 4] as string, `message ${i}`, `client-id-${i}`)
    expect(await differences(shop)).toBeGreaterThan(0)
    focusPages()
    expect(await settled(shop, 2_000)).toBe(0)
  })

  it('hears within 15 s of a message whose room was killed between commit and fan-out', async () => {
    const shop = await openShop('test/support/faulty-worker.ts')
    await openPages(shop)
    const chat = shop.chats[0] as string
    const answer = await say(shop, 's2', chat, 'kill the room', 'client-id-deadly')
    expect(answer.status).toBeGreaterThanOrEqual(500)
    expect(await differences(shop)).toBeGreaterThan(0)
    expect(await settled(shop, 15_000)).toBe(0)
  })

  it('hears within 15 s of a chat that was closed, though the room never heard that it was', async () => {
    const shop = await openShop('test/support/faulty-worker.ts')
    await openPages(shop)
    const chat = shop.chats[0] as string
    // The room lives, and has told of something.
    expect((await say(shop, 's2', chat, 'Bye then', 'client-id-bye')).status).toBe(201)
    const close = { method: 'PUT', token: shop.tokens.get('s2'), body: { state: 'closed' } }
    expect((await (worker as FastWorker).call(`/v1/chats/${chat}/state`, close)).status).toBe(500)
    const states = () => pages.map((page) => page.state.chats.get(chat)?.state).filter(Boolean)
    await expect.poll(states, { timeout: 15_000 }).toEqual(['closed', 'closed', 'closed', 'closed'])
  })

  it('would not hear of it without the alarm: the control', async () => {
    const shop = await openShop('test/support/faulty-worker-without-alarm.ts')
    await openPages(shop)
    await say(shop, 's2', shop.chats[0] as string, 'kill the room', 'client-id-deadly')
    expect(await settled(shop, 15_000)).toBeGreaterThan(0)
    // And yet its next sync brings it, with nobody left to tell.
    focusPages()
    expect(await settled(shop, 2_000)).toBe(0)
  })
})
