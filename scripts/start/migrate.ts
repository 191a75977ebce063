import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.ts'
import { WRANGLER } from './wrangler.ts'

/** Brings the local database up to date. A list of what is applied lies beside it, so that most starts skip wrangler. */
export async function migrate(state: string) {
  const wanted = readdirSync('migrations')
    .filter((name) => name.endsWith('.sql'))
    .join('\n')
  const applied = join(state, 'migrations-applied.txt')
  if (readOr(applied, '') === wanted) return
  mkdirSync(state, { recursive: true })
  await runQuietly('Preparing the database', [
    WRANGLER,
    ...['d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', state],
  ])
  writeFileSync(applied, wanted)
}

function readOr(path: string, otherwise: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise
    throw error
  }
}
