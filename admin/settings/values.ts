import type { Field, Value } from '../form/schema.ts'

type Tree = { [key: string]: Value | Tree }

export const valueAt = (tree: object, path: string): Value =>
  path.split('.').reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree) as Value

export const isSame = (one: Value, other: Value) => String(one ?? '') === String(other ?? '')
/** The server cuts the blanks around a text. */
export const isKept = (mine: Value, kept: Value) => isSame(String(mine ?? '').trim(), kept)

/** As the API takes it: numbers as numbers; a value that is the default anyway is one no longer set. */
function sent({ schema }: Field, value: Value): Value {
  if (isSame(value, schema.default)) return null
  return schema.control === 'number' ? Number(value) : value
}

/** A body of `PUT /settings`: each value where it stands. */
export function patchOf(values: Iterable<[Field, Value]>): Tree {
  const patch: Tree = {}
  for (const [field, value] of values) {
    const keys = field.path.split('.')
    const last = keys.pop() ?? ''
    let node = patch
    for (const key of keys) {
      node[key] ??= {}
      node = node[key] as Tree
    }
    node[last] = sent(field, value)
  }
  return patch
}
