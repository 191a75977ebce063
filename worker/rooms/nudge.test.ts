import { expect, it } from 'vitest'
import type { Env } from '../env.ts'
import { nudge } from './nudge.ts'

it('tells no more people than one call may, over all that it does', async () => {
  const told: string[] = []
  const INBOX = { getByName: (name: string) => ({ deliver: async () => told.push(name) }) }
  const env = { INBOX } as unknown as Env
  const telling = { left: 5 }
  await nudge(env, 's', ['a', 'b', 'b', 'c'], telling)
  await nudge(env, 's', ['d', 'e', 'f'], telling)
  await nudge(env, 's', ['g'], telling)
  expect(told).toEqual(['s/a', 's/b', 's/c', 's/d', 's/e'])
})
