import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { chatsOf, DemoFolder, stop } from './start-demo.ts'

let demo: DemoFolder

beforeEach(() => {
  demo = new DemoFolder()
})
afterEach(() => demo.remove())

describe('npm start', () => {
  test('opens a seeded demo, keeps its data over a restart, and begins anew when asked', async () => {
    const first = await demo.open()
    expect(first.output()).toContain(`${first.url}/demo/`)
    expect(first.output()).not.toContain('wrangler')
    const site = demo.siteId()
    const seeded = await chatsOf('priya', first.url, site)
    expect(seeded).toHaveLength(2)
    expect(demo.processes().length).toBeGreaterThan(1)
    expect(await stop(first, 'SIGINT')).toBe(0)
    expect(demo.processes()).toEqual([])

    const second = await demo.open()
    expect(await chatsOf('priya', second.url, site)).toEqual(seeded)
    expect(await stop(second, 'SIGTERM')).toBe(0)
    expect(demo.processes()).toEqual([])

    const third = await demo.open(['--reset'])
    expect(demo.siteId()).not.toBe(site)
    expect(await chatsOf('priya', third.url, demo.siteId())).toHaveLength(2)
  })

  test('leaves no process behind when it is killed without a word', async () => {
    const one = await demo.open()
    one.child.kill('SIGKILL')
    await expect.poll(() => demo.processes(), { timeout: 10_000 }).toEqual([])
  })

  test('tells in plain words that the port is busy, and how to choose another', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const one = demo.start(['--port', `${port}`])
    expect(await one.ended).toBe(1)
    server.close()
    expect(one.output()).toContain(`Port ${port} is busy`)
    expect(one.output()).toContain(`npm start -- --port ${port + 1}`)
    expect(one.output()).not.toContain('    at ')
  })

  test('tells in plain words that Node is too old', async () => {
    const old = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"18.19.0"}})'
    const one = demo.start([], ['--import', old])
    expect(await one.ended).toBe(1)
    expect(one.output()).toContain('Shopbell needs Node 20 or newer; this is Node 18.19.0.')
  })
})
