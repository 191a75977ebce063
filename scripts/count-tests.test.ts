import { expect, test } from 'vitest'
import { countTests, type Report } from './count-tests.ts'

const report = (fields: Partial<Report>): Report => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...fields,
})

test('says what passed and what was left out', () => {
  expect(countTests(report({ numPendingTests: 1, numTodoTests: 1 }), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('counts a file that broke before its first test', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
  ]
  expect(countTests(report({ numFailedTests: 1, testResults }), 1)).toMatchObject({ failed: 2 })
})

test.each([
  ['a run that ended badly though each test passed', report({}), 1],
  ['a run without a report', null, 0],
  ['a run of nothing', report({ numPassedTests: 0 }), 0],
])('never calls %s good', (_, result, code) => {
  expect(countTests(result, code)).toMatchObject({ failed: 1 })
})
