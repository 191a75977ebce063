import type { Import } from './read-imports.ts'

export type Graph = Map<string, string[]>

/** Who brings along whom at run time, at once. */
export function graphOf(imports: Import[]): Graph {
  const graph: Graph = new Map()
  for (const { from, to, kind } of imports) {
    if (kind !== 'value') continue
    graph.set(from, [...(graph.get(from) ?? []), to])
  }
  return graph
}

/** The way from a file to what must not be reached, or null. */
export function wayTo(graph: Graph, start: string, isGoal: (path: string) => boolean): string[] | null {
  const seen = new Set([start])
  const queue = [[start]]
  for (let way = queue.shift(); way; way = queue.shift()) {
    for (const next of graph.get(way.at(-1) ?? '') ?? []) {
      if (isGoal(next)) return [...way, next]
      if (seen.has(next)) continue
      seen.add(next)
      queue.push([...way, next])
    }
  }
  return null
}
