import { expect, test } from 'vitest'
import { AUDIT_ACTIONS, ListAudit } from '../../protocol/admin/audit.ts'
import { KINDS } from './kinds.ts'
import { enAudit } from './words.ts'

const kindsOf = (action: string) =>
  Object.values(KINDS).filter((begins) => begins.some((one) => action.startsWith(one)))

test.each(AUDIT_ACTIONS)('%s has words, and one kind by which it is found', (action) => {
  expect(Object.keys(enAudit)).toContain(action)
  expect(kindsOf(action)).toHaveLength(1)
})

test.each(Object.entries(KINDS))('the log can be asked for %s', (_, begins) => {
  expect(ListAudit.safeParse({ action: begins.join() }).success).toBe(true)
})
