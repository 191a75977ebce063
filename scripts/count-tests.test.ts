import { expect, test } from 'vitest'
import { countTests, failedFiles, onlyPassedAgain, passedLater, type Report, replaceFiles } from './count-tests.ts'

const file = (name: string, statuses: string[], status = statuses.includes('failed') ? 'failed' : 'passed') => ({
  name,
  status,
  assertionResults: statuses.map((each, index) => ({ fullName: `test ${index}`, status: each })),
})
const report = (...testResults: Report['testResults']): Report => ({ testResults })
const good = file('good', ['passed', 'passed', 'passed'])

test('says what passed and what was left out', () => {
  const left = file('left', ['skipped', 'todo'])
  expect(countTests(report(good, left), 0)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('counts a file that broke before its first test', () => {
  const broken = file('broken', [], 'failed')
  expect(countTests(report(good, broken, file('bad', ['failed'])), 1)).toMatchObject({ passed: 3, failed: 2 })
})

test.each([
  ['a run that ended badly though each test passed', report(good), 1],
  ['a run without a report', null, 0],
  ['a run of nothing', report(), 0],
])('never calls %s good', (_, result, code) => {
  expect(countTests(result, code)).toMatchObject({ failed: 1 })
})

test('takes the second run of what failed, and names what passed only there', () => {
  const first = report(good, file('busy', ['passed', 'failed', 'failed']), file('late', [], 'failed'))
  const second = report(file('busy', ['passed', 'passed', 'failed']), file('late', ['passed']))
  expect(failedFiles(first).map(({ name }) => name)).toEqual(['busy', 'late'])
  expect(countTests(replaceFiles(first, second), 1)).toEqual({ passed: 6, failed: 1, skipped: 0 })
  expect(onlyPassedAgain(first, second)).toEqual([
    { file: 'busy', test: 'test 1' },
    { file: 'late', test: '(the file)' },
  ])
})

test('names what passed at a later try', () => {
  const late = { fullName: 'late', status: 'passed', failureMessages: ['not yet'] }
  const lost = { fullName: 'lost', status: 'failed', failureMessages: ['no', 'no'] }
  const tried = { name: 'tried', status: 'failed', assertionResults: [late, lost] }
  expect(passedLater(report(good, tried))).toEqual([{ file: 'tried', test: 'late' }])
})
