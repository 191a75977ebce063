// `node scripts/run.mjs script.ts arguments…`: any script of this folder on the packaged Node, installed if need be.
import { requireNode } from './start/node-version.mjs'

requireNode()
const { install, runScript } = await import('./start/toolchain.mjs')
install()
const [script, ...rest] = process.argv.slice(2)
process.exitCode = await runScript(script, rest)
