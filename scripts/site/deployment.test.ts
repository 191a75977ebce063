import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deploymentAt } from './deployment.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'shopbell-operator-'))
  writeFileSync(join(root, '.dev.vars'), 'SHOPBELL_SECRET=local\n')
  vi.stubEnv('SHOPBELL_URL', undefined)
  vi.stubEnv('SHOPBELL_SECRET', undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
})

describe('the deployment that a command speaks to', () => {
  const deploy = () => {
    mkdirSync(join(root, '.shopbell'))
    const kept = 'SHOPBELL_SECRET=deployed\nSHOPBELL_URL=https://chat.wool.example\n'
    writeFileSync(join(root, '.shopbell/deploy.env'), kept)
  }

  it('is the local one where nothing was deployed', () => {
    expect(deploymentAt(undefined, root).url).toBe('http://localhost:8787')
  })

  it('is the one that was deployed from here, unless another is named', () => {
    deploy()
    expect(deploymentAt(undefined, root).url).toBe('https://chat.wool.example')
    vi.stubEnv('SHOPBELL_URL', 'https://other.example')
    expect(deploymentAt(undefined, root).url).toBe('https://other.example')
    expect(deploymentAt('http://localhost:8787', root).url).toBe('http://localhost:8787')
  })

  it('needs the secret of just that one', () => {
    expect(() => deploymentAt('https://chat.wool.example', root)).toThrow('.shopbell/deploy.env')
    deploy()
    rmSync(join(root, '.dev.vars'))
    expect(() => deploymentAt('http://localhost:8787', root)).toThrow('.dev.vars')
  })
})
