import { readdirSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import * as activity from './activity.ts'
import * as chats from './chats.ts'
import * as mail from './mail.ts'
import * as people from './people.ts'
import * as privacy from './privacy.ts'
import * as shop from './shop.ts'
import * as sites from './sites.ts'
import * as staff from './staff.ts'

const declared: SQLiteTable[] = [activity, chats, mail, people, privacy, shop, sites, staff].flatMap(Object.values)

const db = new DatabaseSync(':memory:')
for (const name of readdirSync('migrations').sort())
  if (name.endsWith('.sql')) db.exec(readFileSync(`migrations/${name}`, 'utf8'))

const ask = (sql: string, ...values: string[]) => db.prepare(sql).all(...values) as Record<string, string | number>[]

const VIRTUAL = ask(
  `SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow') OR name LIKE 'sqlite_%'`,
).map(({ name }) => name)
const made = ask(`SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'`)
  .map(({ name }) => String(name))
  .filter((name) => !VIRTUAL.includes(name))

function columnsMade(table: string) {
  return ask('SELECT name, lower(type) type, "notnull", pk FROM pragma_table_info(?) ORDER BY cid', table).map(
    ({ name, type, notnull, pk }) => ({ name, type, notNull: notnull === 1 || Number(pk) > 0, key: Number(pk) > 0 }),
  )
}

function indexesMade(table: string) {
  const of = (index: string) =>
    ask('SELECT name FROM pragma_index_info(?) ORDER BY seqno', index).map(({ name }) => name)
  return ask(`SELECT name, "unique", partial FROM pragma_index_list(?) WHERE origin = 'c'`, table)
    .map(({ name, unique, partial }) => ({
      name,
      unique: unique === 1,
      partial: partial === 1,
      columns: of(String(name)),
    }))
    .sort(byName)
}

const byName = (a: { name: unknown }, b: { name: unknown }) => String(a.name).localeCompare(String(b.name))

describe('The tables as they are declared', () => {
  it('are those that the migrations make, each once', () => {
    expect(declared.map((table) => getTableConfig(table).name).sort()).toEqual(made.sort())
  })

  it.each(declared.map((table) => getTableConfig(table)))('$name: columns, keys and indexes', (table) => {
    const keys = table.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name))
    const columns = table.columns.map((one) => {
      const key = one.primary || keys.includes(one.name)
      return { name: one.name, type: one.getSQLType(), notNull: one.notNull || key, key }
    })
    expect([...columns].sort(byName)).toEqual(columnsMade(table.name).sort(byName))
    const indexes = table.indexes.map(({ config: { name, unique, where, columns } }) => ({
      name,
      unique,
      partial: where !== undefined,
      // An expression is none of the table's columns, for both sides.
      columns: columns.map((column) => ('name' in column ? column.name : null)),
    }))
    expect(indexes.sort(byName)).toEqual(indexesMade(table.name))
  })
})
