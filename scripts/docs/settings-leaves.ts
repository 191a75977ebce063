import type { JsonSchema } from './shapes.ts'

interface Leaf {
  path: string
  /** Its own label after those of the groups that it is in. */
  labels: string[]
}

/** Every single setting of the settings’ JSON Schema, in order. */
export function leavesOf(group: JsonSchema, path: string[] = [], labels: string[] = []): Leaf[] {
  return Object.entries<JsonSchema>(group.properties).flatMap(([key, schema]) => {
    const [at, around] = [
      [...path, key],
      [...labels, schema.label],
    ]
    return schema.properties ? leavesOf(schema, at, around) : [{ path: at.join('.'), labels: around }]
  })
}
