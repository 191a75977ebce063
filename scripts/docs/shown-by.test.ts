import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { Settings } from '../../protocol/settings/index.ts'
import { leavesOf } from './settings-leaves.ts'
import { SHOWN_BY } from './shown-by.ts'
import { testTitles } from './test-titles.ts'

const settings = leavesOf(z.toJSONSchema(Settings, { io: 'input' })).map(({ path }) => path)

it('every setting is shown to work by a test, and nothing else is listed', () => {
  expect(Object.keys(SHOWN_BY)).toEqual(settings)
})

it.each(Object.entries(SHOWN_BY))('the test that shows %s is there', (_, [file, ...titles]) => {
  expect(existsSync(file), `${file} is gone: name another in scripts/docs/shown-by.ts`).toBe(true)
  expect(testTitles(readFileSync(file, 'utf8'))).toContainEqual(titles)
})

it('titles are read as they are written', () => {
  const source = `
describe.each([1, 2])(\`a limit of %i under \${MANY}\`, (most) => {
  it('admits \\'that\\' many', async () => {})
  describe('inside', () => {
    it.skipIf(never).each([1])(
      'takes $name',
      () => {},
    )
  })
})
test.each(ALL)("%s", () => {})
other('is no test', () => it)`
  expect(testTitles(source)).toEqual([
    [`a limit of %i under \${MANY}`, "admits 'that' many"],
    [`a limit of %i under \${MANY}`, 'inside', 'takes $name'],
    ['%s'],
  ])
})
