import { afterEach, expect, it, vi } from 'vitest'
import { findShell, runs } from './find-browser.ts'

afterEach(() => void vi.unstubAllEnvs())

it.skipIf(process.platform !== 'linux')('takes a program for a browser only if it runs', () => {
  expect(runs('/bin/true')).toBe(true)
  expect(runs('/bin/false')).toBe(false)
  expect(runs('/nowhere/chromium')).toBe(false)
})

it('tests with the browser that is named, in a shell only if that is named too', () => {
  vi.stubEnv('CHROMIUM_PATH', '/opt/my-chromium')
  vi.stubEnv('CHROMIUM_SHELL_PATH', '')
  expect(findShell()).toBe(null)
  vi.stubEnv('CHROMIUM_SHELL_PATH', '/opt/my-shell')
  expect(findShell()).toBe('/opt/my-shell')
})
