import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { chatsOf, DemoFolder, stop } from './start-demo.ts'

let demo: DemoFolder

beforeEach(() => {
  demo = new DemoFolder()
})
afterEach(() => demo.remove())

const linkOf = ({ output }: { output(): string }) => output().match(/^ *Settings +(http\S+)$/m)?.[1] ?? ''

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
    expect(linkOf(second).split('#')[1]).not.toBe(linkOf(first).split('#')[1])
    expect(await stop(second, 'SIGTERM')).toBe(0)
    expect(demo.processes()).toEqual([])

    const third = await demo.open(['--reset'])
    expect(demo.siteId()).not.toBe(site)
    expect(await chatsOf('priya', third.url, demo.siteId())).toHaveLength(2)
  })

  test('prints a link that lets the owner into the settings, once', async () => {
    const one = await demo.open()
    const link = linkOf(one)
    expect(link.startsWith(`${one.url}/admin`)).toBe(true)
    const browser = await launchBrowser()
    const visit = async (address: string) => {
      const page = await (await browser.newContext()).newPage()
      await page.goto(address)
      return page
    }
    const account = (page: Page) => page.getByRole('button', { name: /^Your account/ })
    /** The first owner there ever is says who that is. */
    const begin = async (page: Page, email: string) => {
      await page.getByLabel('Your name').fill('Olga')
      await page.getByLabel('E-mail address').fill(email)
      await page.getByRole('button', { name: 'Begin' }).click()
    }
    try {
      const page = await visit(link)
      await begin(page, 'olga@northfold.example')
      await account(page).click()
      await page.getByText('Owner', { exact: true }).waitFor()
      expect(page.url()).not.toContain(link.split('=').at(-1))

      const other = await visit(link)
      await begin(other, 'thief@home.example')
      await other.getByText('This link or code is used up or too old.').waitFor()
      expect(await account(other).count()).toBe(0)
    } finally {
      await browser.close()
    }
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
