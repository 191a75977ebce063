import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Child, freePort } from '../support/child.ts'
import { crash } from '../support/crash.ts'
import { startFastWorker } from '../support/miniflare.ts'
import { makeSite } from '../support/site.ts'
import { call } from '../support/worker.ts'

it('loses nothing, doubles nothing and keeps one order while the server is killed 20 times', async () => {
  const report = await crash({ sends: 2_000, kills: 20, senders: 16, chats: 10, observers: 4, thinkMs: 160 })
  console.log(report)
  expect(report).toMatchObject({ lost: 0, twice: 0, holes: 0, moved: 0, outOfOrder: 0, observersDiffer: 0 })
  expect(report.acked).toBe(2_000)
  expect(report.kills).toBe(20)
}, 900_000)

it('refills no limit when the server is killed', async () => {
  const state = mkdtempSync(join(tmpdir(), 'shopbell-limits-'))
  const worker = await startFastWorker({ persistTo: state })
  const limits = {
    burstPerChat: 5,
    burstWindowSec: 3600,
    messagesPerWindow: 8,
    messageWindowSec: 3600,
    chatsPerWindow: 2,
  }
  const site = await makeSite(worker.env.DB, { limits })
  const { token } = await site.person()
  await worker.stop()

  const child = new Child(state, await freePort())
  const start = (id: string) => call(child.url, '/v1/chats', { token, body: { context: { type: 'product', id } } })
  const say = (chat: string, i: number) =>
    call(child.url, `/v1/chats/${chat}/messages`, { token, body: { clientId: `client-id-${chat}-${i}`, body: 'hi' } })
  const admitted = new Map<string, number>()
  const kinds = new Set<string>()
  try {
    for (let life = 0; life < 3; life++) {
      await child.start()
      for (const thing of ['a', 'b', 'c', 'd'].slice(life)) {
        const { status, body } = await start(`${thing}${life}`)
        if (status === 201) admitted.set(body.chat.id, 0)
        else kinds.add(body.code)
      }
      for (const chat of admitted.keys())
        for (let i = 0; i < 10; i++) {
          const { status, body } = await say(chat, life * 10 + i)
          if (status === 201) admitted.set(chat, (admitted.get(chat) ?? 0) + 1)
          else kinds.add(body.code)
        }
      await child.kill()
    }
    expect([...admitted.values()]).toEqual([5, 3])
    expect([...kinds].sort()).toEqual(['burst_limited', 'chats_limited', 'messages_limited'])
  } finally {
    await child.kill()
    rmSync(state, { recursive: true, force: true })
  }
}, 120_000)
