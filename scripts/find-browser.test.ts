import { expect, it } from 'vitest'
import { runs } from './find-browser.ts'

it.skipIf(process.platform !== 'linux')('takes a program for a browser only if it runs', () => {
  expect(runs('/bin/true')).toBe(true)
  expect(runs('/bin/false')).toBe(false)
  expect(runs('/nowhere/chromium')).toBe(false)
})
