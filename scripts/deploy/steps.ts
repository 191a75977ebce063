import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ensureDatabase, type Names, OWN_CONFIG, writeOwnConfig } from './own-config.ts'
import { ensureSecret, KEPT, keepAddress, readKept } from './secret.ts'
import { deployWorker, mustRun, mustWrangle, Stopped, wrangler } from './wrangler.ts'

/** One step of a deployment: what it says of itself, and what it does. */
export interface Step {
  says: string
  does(): Promise<void>
  /** What a dry run does of it, if anything. */
  tries?(): Promise<void>
}

const BUILD = 'scripts/build-widgets.ts'
const HEALTH_SECONDS = 60

const build = () => mustRun('Building the widgets', [BUILD])

/** All of a deployment, in order. Each step finds what is there and only makes what is missing, so it may be run again. */
export function stepsFor(names: Names): Step[] {
  return [
    {
      says: 'Build the widgets into dist/',
      does: build,
      tries: async () => (existsSync('dist/shopbell.js') ? undefined : build()),
    },
    {
      says: `Find the D1 database "${names.database}", or make it; write its id to ${OWN_CONFIG}`,
      does: async () => writeOwnConfig(await ensureDatabase(names.database)),
    },
    { says: `Find the R2 bucket "${names.bucket}", or make it`, does: () => ensureBucket(names.bucket) },
    {
      says: 'Apply the migrations to the database',
      does: () =>
        mustWrangle(
          'Applying the migrations',
          'd1',
          'migrations',
          'apply',
          names.database,
          '--remote',
          '--config',
          OWN_CONFIG,
        ),
    },
    {
      says: `Deploy the Worker "${names.worker}"; where it has no SHOPBELL_SECRET yet, set a new one and keep it in ${KEPT}`,
      does: () => deploy(names.worker),
      tries: tryDeploy,
    },
    { says: 'Ask /healthz of the deployment', does: checkHealth },
  ]
}

async function ensureBucket(name: string) {
  if ((await wrangler('r2', 'bucket', 'info', name)).code === 0) return
  await mustWrangle('Making the bucket', 'r2', 'bucket', 'create', name, '--update-config=false')
}

async function deploy(worker: string) {
  const secret = await ensureSecret(worker)
  const folder = mkdtempSync(join(tmpdir(), 'shopbell-'))
  try {
    const file = join(folder, 'secrets.env')
    if (secret !== null) writeFileSync(file, `SHOPBELL_SECRET=${secret}\n`, { mode: 0o600 })
    const url = await deployWorker('--config', OWN_CONFIG, ...(secret === null ? [] : ['--secrets-file', file]))
    if (url) keepAddress(url)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Bundles and checks for real; needs no account and no network. */
async function tryDeploy() {
  const folder = mkdtempSync(join(tmpdir(), 'shopbell-'))
  try {
    await mustWrangle('The dry run of wrangler', 'deploy', '--dry-run', '--outdir', folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function checkHealth() {
  const url = readKept().SHOPBELL_URL
  if (!url) throw new Stopped('Deployed, but wrangler told no address to ask /healthz at.')
  // A new address takes a while to be known everywhere.
  for (let second = 0; second < HEALTH_SECONDS; second += 2) {
    const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(10_000) }).catch(() => null)
    if (answer?.ok) return
    await sleep(2_000)
  }
  throw new Stopped(
    `${url}/healthz does not answer. See what the Worker says: npx wrangler tail --config ${OWN_CONFIG}`,
  )
}
