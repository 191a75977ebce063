import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KeySecret } from '../../protocol/operator.ts'
import { loadDemoSite } from './demo-site.ts'

const folder = mkdtempSync(join(tmpdir(), 'shopbell-demo-'))

test('makes the site once and finds it again', () => {
  const made = loadDemoSite(folder, 'a-secret')
  made.keep({ seededAt: 'http://localhost:8787' })
  const found = loadDemoSite(folder, 'a-secret')
  expect(found.vars).toEqual(made.vars)
  expect(found.seededAt).toBe('http://localhost:8787')
  expect(KeySecret.safeParse(found.identity.secret).success).toBe(true)
})

test('will not go on with a database that was made under another secret', () => {
  expect(() => loadDemoSite(folder, 'another')).toThrow('npm start -- --reset')
  rmSync(folder, { recursive: true })
})
