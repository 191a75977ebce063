import { readFileSync, writeFileSync } from 'node:fs'
import { apiPage } from './docs/api-page.ts'
import { expectedDatabase } from './docs/expected-database.ts'
import { openApi } from './docs/openapi.ts'
import { privacyPage } from './docs/privacy-page.ts'
import { settingsPage } from './docs/settings-page.ts'

// Writes what follows from the protocol and the migrations; with --check only says which of them are stale.
const PAGES: [path: string, text: string][] = [
  ['docs/api.md', apiPage()],
  ['docs/openapi.json', `${JSON.stringify(openApi(), null, 2)}\n`],
  ['docs/settings.md', settingsPage()],
  ['docs/privacy.md', privacyPage()],
  ['worker/db/expected-database.ts', expectedDatabase()],
]

const stale = PAGES.filter(([path, text]) => read(path) !== text)
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: run npm run docs.`)
  process.exitCode = stale.length ? 1 : 0
} else {
  for (const [path, text] of stale) writeFileSync(path, text)
  console.log(stale.length ? `Wrote ${stale.map(([path]) => path).join(', ')}.` : 'Nothing to write.')
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // Not written yet.
  }
}
