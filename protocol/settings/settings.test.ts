import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { PutSettings, resolveSettings, Settings, settingsDiff, withChanges } from './index.ts'

type Node = Record<string, any>
interface Leaf {
  path: string[]
  schema: Node
}

const tree: Node = z.toJSONSchema(Settings, { io: 'input' })
const defaults = Settings.parse({})
const leaves = leavesOf(tree)

function leavesOf(node: Node, path: string[] = []): Leaf[] {
  if (!node.properties) return [{ path, schema: node }]
  return Object.entries<Node>(node.properties).flatMap(([key, inner]) => leavesOf(inner, [...path, key]))
}
const groupsOf = (node: Node): Node[] =>
  node.properties ? [node, ...Object.values<Node>(node.properties).flatMap(groupsOf)] : []

const EVENT = 'Enable event|Enable email channel|Email subject template|Email body template'
/** Names that merchants know, by the group that they look for them in. */
const NAMES: Record<string, string> = {
  general: 'Chats page URL',
  'contexts.post': 'Enable context|Page URL',
  'contexts.order':
    'Enable context|Routing|Endpoint label|Starter message|Add “Chat About This Order” button to order details page|Button position|Button label',
  'contexts.product': 'Enable context|Routing|Endpoint label|Button position|Button label',
  limits:
    'Enable rate limits|Chats per window|Chat window (sec)|Messages per window|Message window (sec)|Burst per chat|Burst window (sec)',
  notifications: 'Enable notifications',
  'notifications.newMessage': EVENT,
  'notifications.chatCreated': EVENT,
  privacy:
    'Enable personal data exporter|Enable personal data eraser|Redact erased user messages|Erased message placeholder|Delete erased user attachments',
}

describe('every setting', () => {
  it.each(leaves.map((leaf) => [leaf.path.join('.'), leaf.schema] as const))('%s is complete', (_, schema) => {
    expect(schema.label).toMatch(/\S/)
    expect(schema.help).toMatch(/\.$/)
    expect(schema.default).not.toBeUndefined()
    expect(isBounded(schema), JSON.stringify(schema)).toBe(true)
    expect(schema.control === 'select').toBe(schema.enum !== undefined)
    if (schema.enum) expect(Object.keys(schema.options)).toEqual(schema.enum)
    if (schema.control === 'number') expect(schema.unit).toMatch(/\S/)
  })

  it('is shown when a setting that exists has a value that it can have', () => {
    const known = new Map(leaves.map(({ path, schema }) => [path.join('.'), schema]))
    for (const { schema } of leaves) {
      for (const [path, wanted] of Object.entries<string | boolean | string[]>(schema.shownWhen ?? {})) {
        const values = known.get(path)?.enum ?? [true, false]
        for (const value of [wanted].flat()) expect(values, path).toContain(value)
      }
    }
  })

  it('stands in a group with a name, that refuses unknown keys', () => {
    for (const group of groupsOf(tree).slice(1))
      expect(group).toMatchObject({ additionalProperties: false, label: /./ })
    expect(tree.additionalProperties).toBe(false)
  })

  it.each(Object.entries(NAMES))('of the product that merchants know is in %s under its name', (group, names) => {
    const inGroup = leaves.filter(({ path }) => path.slice(0, -1).join('.') === group)
    expect(inGroup.map(({ schema }) => schema.label)).toEqual(expect.arrayContaining(names.split('|')))
  })
})

function isBounded(schema: Node): boolean {
  if (schema.anyOf) return schema.anyOf.every(isBounded)
  if (schema.type === 'boolean' || schema.type === 'null' || schema.enum) return true
  return schema.maxLength !== undefined || (schema.minimum !== undefined && schema.maximum !== undefined)
}

const byControl: Record<string, (schema: Node) => fc.Arbitrary<unknown>> = {
  toggle: () => fc.boolean(),
  select: (schema) => fc.constantFrom(...schema.enum),
  number: (schema) => fc.integer({ min: schema.minimum, max: schema.maximum }),
  url: () => fc.option(fc.webUrl({ validSchemes: ['http', 'https'] })),
  color: () => fc.stringMatching(/^#[0-9a-f]{6}$/),
  locale: () => fc.constantFrom('en', 'de-AT', 'pt-BR', 'zh-Hant-TW'),
  time_zone: () => fc.constantFrom('UTC', 'Europe/Vienna', 'Asia/Kolkata'),
  text: (schema) => fc.stringMatching(/^[a-z]{1,30}$/).map((text) => text + tokenOf(schema)),
  addresses: () =>
    fc
      .uniqueArray(fc.stringMatching(/^[a-z]{1,10}@[a-z]{1,10}\.example$/), { maxLength: 10 })
      .map((all) => all.join(', ')),
  textarea: (schema) => fc.stringMatching(/^[a-z]{1,30}\n[a-z]{1,30}$/).map((text) => text + tokenOf(schema)),
  markdown: (schema) => fc.stringMatching(/^\*[a-z]{1,30}\*$/).map((text) => text + tokenOf(schema)),
}

describe('addresses', () => {
  const read = (admins: string) => Settings.safeParse({ notifications: { newMessage: { admins } } })
  it('are one text with commas, each once, in small letters', () => {
    expect(read('Ann@wool.example;  bob@wool.example,ann@wool.example').data?.notifications.newMessage.admins).toBe(
      'ann@wool.example, bob@wool.example',
    )
  })

  it('are refused where one is none, or there are too many', () => {
    expect(read('ann@wool.example, bob').success).toBe(false)
    const eleven = Array.from({ length: 11 }, (_, i) => `p${i}@wool.example`).join(',')
    expect(read(eleven).success).toBe(false)
  })
})

const tokenOf = ({ tokens }: Node) => (tokens ? ` {{${tokens[0]}}}` : '')

/** Some settings, as a patch; with `all` each of them. */
function settingsTree(node: Node, all: boolean): fc.Arbitrary<any> {
  if (!node.properties) return byControl[node.control]!(node)
  const parts = Object.entries<Node>(node.properties).map(([key, inner]) => [key, settingsTree(inner, all)] as const)
  return fc.record(Object.fromEntries(parts), all ? {} : { requiredKeys: [] })
}
const full: fc.Arbitrary<Settings> = settingsTree(tree, true)
const patch: fc.Arbitrary<object> = settingsTree(tree, false)
const valueAt = (settings: any, path: string[]) => path.reduce((value, key) => value?.[key], settings)

describe('stored settings', () => {
  it('come back as they were saved', () => {
    fc.assert(
      fc.property(full, (settings) => {
        expect(resolveSettings(JSON.stringify(settingsDiff(Settings.parse(settings))))).toEqual(settings)
      }),
    )
  })

  it('hold only what differs from the defaults', () => {
    expect(settingsDiff(defaults)).toEqual({})
    fc.assert(
      fc.property(full, (settings) => {
        const diff = settingsDiff(settings)
        for (const { path } of leaves) {
          const value = valueAt(settings, path)
          expect(valueAt(diff, path)).toEqual(value === valueAt(defaults, path) ? undefined : value)
        }
      }),
    )
  })

  it('never break a site, whatever they are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(resolveSettings(text)).toEqual(defaults)
      }),
    )
    expect(resolveSettings('{"__proto__":{"limits":{"enabled":false}},"limits":null,"brand":[]}')).toEqual(defaults)
  })

  it('keep each value that fits beside those that do not', () => {
    const isWrong = fc.constantFrom({}, [], 'x'.repeat(20_000), -1, {})
    fc.assert(
      fc.property(full, fc.constantFrom(...leaves), isWrong, (settings, { path }, wrong) => {
        const broken = structuredClone(settings) as any
        valueAt(broken, path.slice(0, -1))[path.at(-1)!] = wrong
        const read = resolveSettings(JSON.stringify(broken))
        expect(valueAt(read, path)).toEqual(valueAt(defaults, path))
        for (const other of leaves.filter((leaf) => leaf.path !== path))
          expect(valueAt(read, other.path)).toEqual(valueAt(settings, other.path))
      }),
    )
  })
})

describe('a change', () => {
  it('touches what it names and nothing else', () => {
    fc.assert(
      fc.property(full, patch, (settings, change) => {
        const next = Settings.parse(withChanges(settings, PutSettings.parse({ version: 1, settings: change }).settings))
        for (const { path } of leaves)
          expect(valueAt(next, path)).toEqual(valueAt(change, path) ?? withNull(settings, change, path))
      }),
    )
  })

  it('puts everything back with nulls', () => {
    const nulls = Object.fromEntries(Object.keys(defaults).map((key) => [key, null]))
    fc.assert(
      fc.property(full, (settings) => {
        expect(Settings.parse(withChanges(settings, nulls))).toEqual(defaults)
      }),
    )
  })

  it('cannot reach a prototype', () => {
    const change = JSON.parse('{"__proto__":{"polluted":1},"limits":{"__proto__":{"polluted":1}}}')
    expect(withChanges(defaults, change)).toEqual(defaults)
    expect(({} as any).polluted).toBeUndefined()
  })
})

/** What is there after a change that leaves `path` out, or sets it to null. */
function withNull(settings: Settings, change: object, path: string[]) {
  return valueAt(change, path) === null ? valueAt(defaults, path) : valueAt(settings, path)
}

it.each([
  ['an empty page', { general: { chatsPageUrl: '' } }, 'general.chatsPageUrl', null],
  ['capitals in a colour', { brand: { accent: '#0B655F' } }, 'brand.accent', '#0b655f'],
  ['a language in small letters', { region: { locale: 'pt-br' } }, 'region.locale', 'pt-BR'],
  ['space around a label', { contexts: { order: { buttonLabel: ' Ask ' } } }, 'contexts.order.buttonLabel', 'Ask'],
])('%s is put right', (_, settings, path, value) => {
  expect(valueAt(Settings.parse(settings), path.split('.'))).toBe(value)
})

it.each(['.a{}', '<b>', 'a\u0000b', 'x'.repeat(201)])('%j is no selector', (buttonSelector) => {
  expect(Settings.safeParse({ contexts: { product: { buttonSelector } } }).success).toBe(false)
})
