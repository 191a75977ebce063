import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readNames } from '../../scripts/deploy/own-config.ts'

const run = promisify(execFile)
const deploy = (...args: string[]) => {
  // No account and no way to one: a dry run that asked Cloudflare anything would fail.
  const env = { ...process.env, CLOUDFLARE_API_TOKEN: '', CLOUDFLARE_API_BASE_URL: 'http://127.0.0.1:9', CI: '1' }
  return run(process.execPath, ['scripts/deploy.ts', ...args], { env, maxBuffer: 16 * 1024 * 1024 })
}

describe('npm run deploy', () => {
  it('as a dry run says each step, bundles the Worker for real and leaves nothing behind', async () => {
    const before = ['wrangler.deploy.toml', '.shopbell/deploy.env'].map((file) => existsSync(file))
    const { stdout } = await deploy('--dry-run')
    const steps = stdout.match(/^\d\. .*/gm)
    expect(steps).toHaveLength(6)
    for (const word of [
      'widgets',
      'D1 database "shopbell"',
      'R2 bucket "shopbell-files"',
      'migrations',
      'SHOPBELL_SECRET',
      '/healthz',
    ])
      expect(stdout).toContain(word)
    expect(stdout).toMatch(/Total Upload: [\d.]+ KiB/)
    expect(stdout).toContain('Dry run: nothing was made')
    expect(['wrangler.deploy.toml', '.shopbell/deploy.env'].map((file) => existsSync(file))).toEqual(before)
  })

  it('tells the usage for an unknown flag, before any step', async () => {
    const failed = await deploy('--dryrun').catch((error) => error)
    expect(failed).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('npm run deploy -- --dry-run'),
    })
  })

  it('takes the names of what it makes from wrangler.toml', () => {
    expect(readNames()).toEqual({ worker: 'shopbell', database: 'shopbell', bucket: 'shopbell-files' })
  })
})
