import { requireNode } from './start/node-version.mjs'

requireNode()
const { runInstalled } = await import('./start/toolchain.mjs')
await runInstalled('scripts/run-checks.ts')
