import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { build, type Plugin, type Rolldown } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { guestLit, leanLit } from '../../scripts/lean-lit.ts'
import { launchBrowser } from '../support/browser.ts'

const root = join(import.meta.dirname, '../..')
let browser: Browser

beforeAll(async () => {
  // Else Vite takes Lit's development build.
  vi.stubEnv('NODE_ENV', 'production')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})

async function bundled(plugins: Plugin[]): Promise<string> {
  const outputs = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins,
    build: {
      write: false,
      lib: { entry: join(root, 'widgets/lit/scene.ts'), formats: ['iife'], name: 'scene' },
    },
  })
  return (outputs as Rolldown.RolldownOutput[])[0]!.output[0].code
}

/** What the scene tells, and the error that it brings up. */
async function played(plugins: Plugin[]): Promise<string[]> {
  const page = await browser.newPage()
  await page.setContent('<!doctype html><body></body>')
  await page.addScriptTag({ content: await bundled(plugins) })
  const [{ message }, told] = await Promise.all([
    page.waitForEvent('pageerror'),
    page.evaluate(() => (window as unknown as { play(): Promise<string[]> }).play()),
  ])
  return [...told, message]
}

test('an element lives and draws with a shopper’s Lit as with Lit as it is', async () => {
  const whole = await played([])
  expect(whole.length).toBeGreaterThan(30)
  expect(whole).toContain('cannot draw this')
  expect(await played([guestLit()])).toEqual(whole)
  expect(await played([guestLit(), leanLit(root)])).toEqual(whole)
})

test('a shopper’s Lit that left out more would be noticed', async () => {
  const forgetful: Plugin = {
    name: 'forgetful',
    enforce: 'pre',
    transform: {
      filter: { id: /widgets\/lit\/lit\.ts/ },
      handler: (code) => code.replace('Reflect.set(this, name, value)', ''),
    },
  }
  expect(await played([guestLit(), leanLit(root), forgetful])).not.toEqual(await played([]))
})
