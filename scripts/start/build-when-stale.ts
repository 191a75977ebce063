import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.ts'

const SOURCES = ['widgets', 'ui', 'admin', 'protocol', 'scripts/build-widgets.ts', 'package-lock.json']

/** Builds the widgets where a source is newer than what lies in `dist/`. */
export async function buildWhenStale() {
  if (newest(SOURCES) < newest(['dist'])) return
  await runQuietly('Building the widgets', ['scripts/build-widgets.ts'])
}

/** Time of the newest file below, in ms; 0 when there is none. */
function newest(places: string[]): number {
  return Math.max(0, ...places.map(timeOf))
}

function timeOf(place: string): number {
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return place.endsWith('.test.ts') ? 0 : found.mtimeMs
  return newest(readdirSync(place).map((name) => join(place, name)))
}
