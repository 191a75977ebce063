import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('opens port 8787 and keeps its data under .wrangler when nothing is said', () => {
  expect(readOptions([], {})).toEqual({ port: 8787, state: resolve('.wrangler/state'), reset: false, verbose: false })
})

test('takes the port from PORT, and rather from --port', () => {
  expect(readOptions([], { PORT: '9000' })).toMatchObject({ port: 9000 })
  expect(readOptions(['--port', '9001'], { PORT: '9000' })).toMatchObject({ port: 9001 })
})

test.each(['0', '65536', 'abc', '80.5', ''])('refuses %j as a port in plain words', (port) => {
  expect(() => readOptions(['--port', port], {})).toThrow('choose a number from 1 to 65535')
})

test('refuses a word that it does not know', () => {
  expect(() => readOptions(['--rest'], {})).toThrow('--rest')
})
