import { afterEach, expect, it, vi } from 'vitest'
import { logFailure } from './log-failure.ts'

afterEach(() => void vi.restoreAllMocks())

it('says what failed and where, and none of the values of people', () => {
  const written = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const failed = new Error('Failed query: SELECT 1\nparams: ada@secret.example')
  logFailure({ site: 'site_x' }, failed)
  logFailure({ site: 'site_y' }, new Error('wrapped: ada@secret.example', { cause: new Error('D1 is away') }))
  logFailure({ site: 'site_z' }, 'no error at all')
  const [first, second, third] = written.mock.calls.map(([line]) => JSON.parse(line))
  expect(first).toMatchObject({ site: 'site_x', error: 'Error', text: 'Failed query: SELECT 1' })
  expect(first.stack.length).toBeGreaterThan(0)
  expect([second.text, third.text]).toEqual(['D1 is away', 'no error at all'])
  expect(JSON.stringify(written.mock.calls)).not.toContain('ada@secret.example')
})
