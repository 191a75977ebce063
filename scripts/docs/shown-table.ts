import { leavesOf } from './settings-leaves.ts'
import type { JsonSchema } from './shapes.ts'
import { SHOWN_BY, type ShownBy } from './shown-by.ts'
import { code, row } from './type-words.ts'

const INTRO = `## What shows that it works

For each setting there is a test that fails if nobody obeys it. \`npm test -- test/worker/limits.test.ts\` runs one file of
them, \`npm test\` all.

| setting | name | test |
| --- | --- | --- |`

const tests = new Map<string, ShownBy>(Object.entries(SHOWN_BY))

/** The last table of `docs/settings.md`: which test shows that a setting does what it says. */
export function shownTable(settings: JsonSchema): string {
  const lines = leavesOf(settings).map(({ path, labels }) => {
    const shown = tests.get(path)
    if (!shown) throw new Error(`No test shows that ${path} does what it says: name it in scripts/docs/shown-by.ts`)
    return row(labels.join(' · '), code(path), link(shown))
  })
  return [INTRO, ...lines, ''].join('\n')
}

/** What is filled in when a test runs (`%s`, `${runs}`) is left open. */
const link = ([file, ...titles]: ShownBy) =>
  `[${titles.join(': ').replace(/%[a-z]|\$\{\w+\}|\$\w+/g, '…')}](../${file})`
