import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TABLES } from '../../worker/db/expected-database.ts'
import { classified } from './privacy-page.ts'

const { tables, objects } = classified()
const HOW = 'add it to docs/privacy-columns.json (personal, ids or other), and erase what is personal'

it('knows of every column what it says about a person, and names no other', () => {
  const faults = Object.entries(TABLES).flatMap(([table, columns]) => {
    const words = tables[table]
    if (!words) return [`The table ${table} is not classified: ${HOW}`]
    const named = [...words.personal, ...words.ids, ...words.other]
    return [
      ...columns.filter((one) => !named.includes(one)).map((one) => `${table}.${one} is not classified: ${HOW}`),
      ...named.filter((one) => !columns.includes(one)).map((one) => `${table}.${one} is classified and not there`),
      ...named.filter((one, at) => named.indexOf(one) !== at).map((one) => `${table}.${one} is classified twice`),
    ]
  })
  expect(faults).toEqual([])
})

it('knows what the Durable Objects keep', () => {
  const files = readdirSync('worker', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const keys = files.flatMap((file) =>
    [...readFileSync(`worker/${file}`, 'utf8').matchAll(/storage\.kv\.put(?:<\w+>)?\(\s*'(\w+)'/g)].map(
      ([, key]) => key,
    ),
  )
  expect([...new Set(keys)].sort()).toEqual(Object.keys(objects).sort())
})
