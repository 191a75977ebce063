import { parseSync } from 'vite'

interface Node {
  type: string
  start: number
  end: number
  [key: string]: unknown
}

/** The titles of every test of a file, from the outermost `describe`, as written: a hole such as `%s` stays one. */
export function testTitles(source: string): string[][] {
  return titlesIn(parseSync('a.test.ts', source).program, [], source)
}

function titlesIn(node: unknown, above: string[], source: string): string[][] {
  if (Array.isArray(node)) return node.flatMap((one) => titlesIn(one, above, source))
  if (!isNode(node)) return []
  const title = node.type === 'CallExpression' ? titleOf(node, source) : null
  const name = title === null ? '' : calledName(node)
  if (title !== null && (name === 'it' || name === 'test')) return [[...above, title]]
  const inner = title !== null && name === 'describe' ? [...above, title] : above
  return Object.values(node).flatMap((one) => titlesIn(one, inner, source))
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** The text that a call begins with, or null. */
function titleOf(call: Node, source: string): string | null {
  const first: unknown = Array.isArray(call.arguments) ? call.arguments[0] : null
  if (!isNode(first)) return null
  if (first.type === 'TemplateLiteral') return source.slice(first.start + 1, first.end - 1)
  return first.type === 'Literal' && typeof first.value === 'string' ? first.value : null
}

/** `it` of `it(…)`, `it.each(…)(…)` and `it.skipIf(…).each(…)(…)`. */
function calledName(node: Node): string {
  const inner = node.type === 'MemberExpression' ? node.object : node.callee
  if (isNode(inner)) return calledName(inner)
  return typeof node.name === 'string' ? node.name : ''
}
