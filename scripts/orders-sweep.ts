// `npm run orders:sweep [-- --url https://…]`: asks every shop that gave a read key for orders that never came.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { SweepResult } from '../protocol/operator.ts'
import { deploymentAt, Told } from './site/deployment.ts'

try {
  const { values } = parseArgs({ options: { url: { type: 'string' } } })
  const { sites } = await deploymentAt(values.url, resolve(import.meta.dirname, '..')).ask<SweepResult>(
    'POST',
    '/sweep',
  )
  for (const { site, found, trouble } of sites) console.log(`${site}  ${trouble ?? `${found} missed orders`}`)
  if (sites.length === 0)
    console.log('No shop gave a read key: npm run site -- hook sweep --site … --at … --key … --secret …')
  process.exitCode = sites.some(({ trouble }) => trouble) ? 1 : 0
} catch (error) {
  if (!(error instanceof Told)) throw error
  console.error(error.message)
  process.exitCode = 1
}
