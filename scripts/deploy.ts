import { parseArgs } from 'node:util'
import { readNames } from './deploy/own-config.ts'
import { KEPT, readKept } from './deploy/secret.ts'
import { stepsFor } from './deploy/steps.ts'
import { Stopped } from './deploy/wrangler.ts'

const USAGE = `Usage: npm run deploy                deploys to the Cloudflare account that wrangler is signed in to
       npm run deploy -- --dry-run   says what it would do, and bundles the Worker for real; needs no account`

async function deploy(dryRun: boolean) {
  for (const [index, step] of stepsFor(readNames()).entries()) {
    console.log(`${index + 1}. ${step.says}`)
    await (dryRun ? step.tries?.() : step.does())
  }
  console.log(dryRun ? '\nDry run: nothing was made, set or deployed.' : next())
}

const next = () => `
Deployed to ${readKept().SHOPBELL_URL}
Keep a copy of ${KEPT} in a safe place: whoever has the secret in it runs this deployment.
Next: npm run site -- create --name "Your shop" --origin https://your-shop.example`

try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } })
  await deploy(values['dry-run'])
} catch (error) {
  const told =
    error instanceof Stopped || (error instanceof Error && 'code' in error && /^ERR_PARSE/.test(String(error.code)))
  if (!told) throw error
  console.error(error instanceof Stopped ? error.message : `${(error as Error).message}\n\n${USAGE}`)
  process.exitCode = 1
}
