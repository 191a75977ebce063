import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { apiPage } from './api-page.ts'
import { openApi } from './openapi.ts'
import { readComments } from './read-comments.ts'
import { settingsPage } from './settings-page.ts'

const file = (path: string) => readFileSync(new URL(`../../docs/${path}`, import.meta.url), 'utf8')

describe('the generated docs', () => {
  it('are as the protocol says (npm run docs)', () => {
    expect(file('api.md')).toBe(apiPage())
    expect(file('settings.md')).toBe(settingsPage())
    expect(JSON.parse(file('openapi.json'))).toEqual(JSON.parse(JSON.stringify(openApi())))
  })

  it('link only to what is there', () => {
    const page = apiPage()
    const headings = [...page.matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
      text!
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    )
    const anchors = new Set([...headings, ...[...page.matchAll(/<a id="(.*?)">/g)].map(([, id]) => id)])
    for (const [, anchor] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(anchor)
  })
})

describe('the OpenAPI document', () => {
  const api = openApi()
  const operations = Object.entries<any>(api.paths).flatMap(([path, methods]) =>
    Object.values<any>(methods).map((operation) => ({ path, operation })),
  )

  it('refers only to schemas that it has', () => {
    for (const [, name] of JSON.stringify(api).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(api.components.schemas).toHaveProperty(name!)
  })

  it('names each operation once, with its path’s parameters', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((one: any) => one.in === 'path').map((one: any) => one.name)
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    }
  })

  it('holds requests to the letter and lets answers grow', () => {
    const { NewChat, Chat } = api.components.schemas
    expect(NewChat.additionalProperties).toBe(false)
    expect(Chat.additionalProperties).toBeUndefined()
  })
})

it('reads comments of schemas, fields and options', () => {
  const source = `
/** A thing. */
export const Thing = z.strictObject({
  /** How many
   * there are. */
  count: z.int(),
})
export const Other = z.string()
export const Frame = z.discriminatedUnion('type', [
  /** It was read. */
  z.strictObject({ type: z.literal('read') }),
])`
  expect(Object.fromEntries(readComments(source))).toEqual({
    Thing: 'A thing.',
    'Thing.count': 'How many there are.',
    'Frame:read': 'It was read.',
  })
})
