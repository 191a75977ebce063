import { schema as whole } from 'shopbell:settings-schema'

export type Value = string | number | boolean | null

/** How the JSON Schema describes one setting; the words are `FieldMeta` of the protocol. */
export interface FieldSchema {
  label: string
  help: string
  control: string
  default: Value
  unit?: string
  options?: Record<string, string>
  tokens?: readonly string[]
  shownWhen?: Record<string, Value | readonly Value[]>
  group?: string
  enum?: readonly string[]
  anyOf?: readonly Bounds[]
}
export interface Bounds {
  type?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  pattern?: string
}
export interface GroupSchema {
  label: string
  help: string
  properties: Record<string, GroupSchema | FieldSchema>
}
export interface Field {
  /** Where it stands in the settings: `limits.burstPerChat`. */
  path: string
  schema: FieldSchema
}
export interface Group {
  path: string
  label: string
  help: string
  fields: Field[]
  groups: Group[]
}

const isGroup = (node: GroupSchema | FieldSchema): node is GroupSchema => 'properties' in node

function groupOf(path: string, { label, help, properties }: GroupSchema): Group {
  const at = (key: string) => (path ? `${path}.${key}` : key)
  const fields: Field[] = []
  const groups: Group[] = []
  for (const [key, node] of Object.entries(properties)) {
    if (isGroup(node)) groups.push(groupOf(at(key), node))
    else fields.push({ path: at(key), schema: node })
  }
  return { path, label, help, fields, groups }
}

const fieldsOf = (group: Group): Field[] => [...group.fields, ...group.groups.flatMap(fieldsOf)]

/** Every section of the settings, as the schema names them. */
export const sections: readonly Group[] = groupOf('', whole as GroupSchema).groups
export const allFields: ReadonlyMap<string, Field> = new Map(
  sections.flatMap(fieldsOf).map((field) => [field.path, field]),
)

/** The group at a path: `contexts.order`. */
export function findGroup(path: string, among = sections): Group | null {
  for (const group of among) {
    if (group.path === path) return group
    const inner = path.startsWith(`${group.path}.`) ? findGroup(path, group.groups) : null
    if (inner) return inner
  }
  return null
}

/** The groups that a field lies in, the outermost first. */
export function groupsOf(path: string): Group[] {
  const parts = path.split('.')
  return parts.flatMap((_, end) => findGroup(parts.slice(0, end).join('.')) ?? [])
}

/** The bounds of a value that is there: a field that may be empty says them beside `null`. */
export const boundsOf = (schema: FieldSchema): Bounds =>
  schema.anyOf?.find(({ type }) => type !== 'null') ?? (schema as Bounds)
export const mayBeEmpty = ({ anyOf }: FieldSchema) => Boolean(anyOf?.some(({ type }) => type === 'null'))
