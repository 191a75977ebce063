import { posix } from 'node:path'

/** One import of a file. `to` is a path from the repository's root, or a package. `lazy`: asked for when it is needed. */
export interface Import {
  from: string
  to: string
  kind: 'value' | 'type' | 'lazy'
}

const STATIC = /^[ \t]*(?:import|export)\s+(type\s)?([\w*\s{},$]*?)\s*from\s*['"]([^'"]+)['"]/gm
const BARE = /^[ \t]*import\s*['"]([^'"]+)['"]/gm
const LAZY = /\bimport\(\s*['"]([^'"]+)['"]/g

/** All that a file imports or re-exports. TypeScript 7 has no API to ask, and our own code needs no more than this. */
export function readImports(from: string, source: string): Import[] {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const to = (name: string) => (name.startsWith('.') ? posix.join(posix.dirname(from), name) : name)
  return [
    ...[...text.matchAll(STATIC)].map(([, type, names = '', name = '']) => ({
      from,
      to: to(name),
      kind: type || isTypesAlone(names) ? ('type' as const) : ('value' as const),
    })),
    ...[...text.matchAll(BARE)].map(([, name = '']) => ({ from, to: to(name), kind: 'value' as const })),
    ...[...text.matchAll(LAZY)].map(([, name = '']) => ({ from, to: to(name), kind: 'lazy' as const })),
  ]
}

/** `{ type A, type B }` leaves nothing behind at run time. */
function isTypesAlone(names: string) {
  const inside = names.match(/^\{([\s\S]*)\}$/)?.[1]
  const each = inside?.split(',').flatMap((name) => name.trim() || [])
  return Boolean(each?.length && each.every((name) => name.startsWith('type ')))
}
