import { graphOf, wayTo } from './graph.ts'
import { type Import, readImports } from './read-imports.ts'
import { mayTouchSql, RULES } from './rules.ts'

/** What is wrong with these sources (path from the root → text), a sentence each. */
export function checkBoundaries(sources: Map<string, string>): string[] {
  const imports = [...sources].flatMap(([path, text]) => readImports(path, text))
  return [...brokenRules(imports), ...looseStatements(sources), ...heavyLoader(imports), ...cycles(imports)]
}

const brokenRules = (imports: Import[]) =>
  imports.flatMap((imported) =>
    RULES.filter((rule) => rule.isBroken(imported)).map((rule) => `${imported.from} → ${imported.to}: ${rule.says}`),
  )

const looseStatements = (sources: Map<string, string>) =>
  [...sources]
    .filter(([path, text]) => path.startsWith('worker/') && !mayTouchSql(path) && /\.prepare\(/.test(text))
    .map(([path]) => `${path} prepares a statement: only stores touch the tables`)

/** However far down: what the loader brings along at once must not bring Lit. */
function heavyLoader(imports: Import[]) {
  const graph = graphOf(imports)
  const isLit = (to: string) => /^(lit|@lit\/.+|lit-[\w-]+)(\/|$)/.test(to)
  const ways = [...graph.keys()]
    .filter((path) => path.startsWith('widgets/loader/'))
    .flatMap((path) => [wayTo(graph, path, isLit) ?? []])
  return ways.filter((way) => way.length).map((way) => `${way.join(' → ')}: the loader never brings Lit`)
}

function cycles(imports: Import[]) {
  const graph = graphOf(imports)
  const rings = [...graph.keys()].map((path) => wayTo(graph, path, (next) => next === path))
  const seen = new Set<string>()
  return rings.flatMap((ring) => {
    const name = ring && [...new Set(ring)].sort().join()
    if (!ring || !name || seen.has(name)) return []
    seen.add(name)
    return [`${ring.join(' → ')}: imports run in one direction`]
  })
}
