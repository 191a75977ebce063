// A worker of its own process group, for tests that kill it: STATE (folder, migrated already), PORT, SHOPBELL_BUNDLE, VARS.
import { whenParentEnds } from '../../scripts/start/when-parent-ends.mjs'
import { runWorker } from './miniflare.ts'

// A test that is ended leaves no worker behind. Its whole group, since the runtime is a process of its own.
whenParentEnds(() => process.kill(-process.pid, 'SIGKILL'))

const { STATE, PORT, VARS = '{}' } = process.env
if (!STATE || !PORT) throw new Error('STATE and PORT say where')
await runWorker({ persistTo: STATE, port: Number(PORT), vars: JSON.parse(VARS) })
console.log('ready')
