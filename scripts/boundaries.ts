import { globSync, readFileSync } from 'node:fs'
import { checkBoundaries } from './boundaries/check-boundaries.ts'

const FOLDERS = '{protocol,worker,widgets,admin,ui,demo}/**/*.ts'

const paths = globSync(FOLDERS).filter((path) => !path.endsWith('.test.ts'))
const sources = new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(path, 'utf8')]))
const wrong = checkBoundaries(sources)
for (const sentence of wrong) console.error(sentence)
console.log(wrong.length ? `${wrong.length} imports cross a boundary.` : `${sources.size} files keep their boundaries.`)
process.exitCode = wrong.length ? 1 : 0
