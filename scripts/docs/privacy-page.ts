import { readFileSync } from 'node:fs'
import { code, row } from './type-words.ts'

interface TableWords {
  about: string
  kept: string
  erased: string
  /** Says something about a person; `ids` are ours and say nothing once the person is erased. */
  personal: string[]
  ids: string[]
  other: string[]
}
export interface Classified {
  tables: Record<string, TableWords>
  /** Keys of the Durable Objects' storage. */
  objects: Record<string, { where: string; about: string }>
}

export const classified = (): Classified =>
  JSON.parse(readFileSync(new URL('../../docs/privacy-columns.json', import.meta.url), 'utf8'))

const MARK = '<!-- made from privacy-columns.json by npm run docs -->'

/** `docs/privacy.md`: what is written by hand, and the table of what is stored. */
export function privacyPage(): string {
  const page = readFileSync(new URL('../../docs/privacy.md', import.meta.url), 'utf8')
  const { tables, objects } = classified()
  const lines = Object.entries(tables).map(([name, { about, personal, ids, kept, erased }]) =>
    row(code(name), about, personal.map(code).join(', '), ids.map(code).join(', '), kept, erased),
  )
  const held = Object.entries(objects).map(([key, { where, about }]) => row(where, code(key), about))
  return `${page.split(MARK)[0]}${MARK}

| table | what | personal | our ids | kept | when a person is erased |
| --- | --- | --- | --- | --- | --- |
${lines.join('\n')}

| object | key | what |
| --- | --- | --- |
${held.join('\n')}
`
}
