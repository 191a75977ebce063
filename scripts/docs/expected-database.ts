import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const LINE_CHARS = 120

interface Row {
  type: 'table' | 'index' | 'trigger'
  name: string
}

/** `worker/db/expected-database.ts`: what the migrations make, as a database that has run them says. */
export function expectedDatabase(): string {
  const migrations = readdirSync('migrations')
    .filter((name) => name.endsWith('.sql'))
    .sort()
  const db = new DatabaseSync(':memory:')
  for (const name of migrations) db.exec(readFileSync(`migrations/${name}`, 'utf8'))
  const rows = db
    .prepare(`SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name`)
    .all() as unknown as Row[]
  const named = (type: Row['type']) => rows.filter((row) => row.type === type).map(({ name }) => name)
  const columns = (table: string) =>
    db
      .prepare('SELECT name FROM pragma_table_info(?) ORDER BY cid')
      .all(table)
      .map(({ name }) => String(name))
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
  return `// Written by \`npm run docs\` from the migrations.

export const VERSION = ${quoted(version)}

${constant('MIGRATIONS', migrations)}

/** Tables and their columns. */
export const TABLES: Record<string, readonly string[]> = {
${named('table')
  .map((table) => `  ${table}: ${list(columns(table), `  ${table}: ,`)},`)
  .join('\n')}
}

${constant('INDEXES', named('index'))}

${constant('TRIGGERS', named('trigger'))}
`
}

function constant(name: string, items: readonly string[]): string {
  const start = `export const ${name} = `
  return start + list(items, start)
}

const quoted = (text: string) => `'${text}'`

/** As the formatter has it: on one line where there is room. */
function list(items: readonly string[], before: string): string {
  const line = `[${items.map(quoted).join(', ')}]`
  if (before.length + line.length <= LINE_CHARS) return line
  const indent = /^ */.exec(before)?.[0] ?? ''
  return `[\n${items.map((item) => `${indent}  ${quoted(item)},\n`).join('')}${indent}]`
}
