import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Child, freePort } from '../support/child.ts'
import { startFastWorker } from '../support/miniflare.ts'
import { blow, prepareStorm, readAftermath } from '../support/order-storm.ts'

const ORDERS = 300
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const calm = { starters: [1], wrongUnread: 0, waiting: 0 }

it('makes exactly one chat of each order and seller, with one starter, of 300 orders that come ten times in any order', async () => {
  const worker = await startFastWorker()
  try {
    const storm = await prepareStorm(worker, ORDERS)
    expect(await blow(worker.url, storm, 32)).toEqual([])
    for (const until = Date.now() + 60_000; Date.now() < until; await pause(200))
      if ((await readAftermath(worker, storm.shop.id)).waiting === 0) break
    expect(await readAftermath(worker, storm.shop.id)).toEqual({ ...calm, chats: storm.expected })
  } finally {
    await worker.stop()
  }
}, 240_000)

it('makes the same of them when the worker is killed in the middle, and they come again', async () => {
  const state = mkdtempSync(join(tmpdir(), 'shopbell-storm-'))
  const first = await startFastWorker({ persistTo: state })
  const storm = await prepareStorm(first, ORDERS)
  await first.stop()
  const child = new Child(state, await freePort())
  try {
    await child.start()
    const sending = blow(child.url, storm, 32)
    await pause(3_000)
    await child.kill()
    const failed = await sending
    expect(failed.length).toBeGreaterThan(0)
    expect(failed.length).toBeLessThan(storm.deliveries.length)
    await child.start()
    expect(await blow(child.url, storm, 32)).toEqual([])
    await pause(1_000)
  } finally {
    await child.kill()
  }
  const after = await startFastWorker({ persistTo: state })
  try {
    // What was in hand at the kill is free ten seconds after.
    for (const until = Date.now() + 40_000; Date.now() < until; await pause(1_000)) {
      await (await after.miniflare.getWorker()).scheduled({ cron: '* * * * *', scheduledTime: new Date() })
      if ((await readAftermath(after, storm.shop.id)).waiting === 0) break
    }
    expect(await readAftermath(after, storm.shop.id)).toEqual({ ...calm, chats: storm.expected })
  } finally {
    await after.stop()
    rmSync(state, { recursive: true, force: true })
  }
}, 240_000)

it('would show it if nothing kept a chat the only one', async () => {
  const worker = await startFastWorker()
  try {
    await worker.env.DB.prepare('DROP INDEX chats_one').run()
    const storm = await prepareStorm(worker, 4)
    await blow(worker.url, storm, 8)
    await pause(2_000)
    expect((await readAftermath(worker, storm.shop.id)).chats.length).toBeGreaterThan(storm.expected.length)
  } finally {
    await worker.stop()
  }
}, 60_000)
