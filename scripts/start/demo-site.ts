import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './secret.ts'

/** The demo shop's own site: made once, kept beside the local database. */
export interface DemoSite {
  site: string
  identity: { id: string; secret: string }
  server: { id: string; secret: string }
  /** Which secret of `.dev.vars` the database was filled under. */
  under: string
  /** The address that the catalog's links name; none before the first seeding. */
  seededAt?: string
}
export interface LoadedDemoSite extends DemoSite {
  /** What the demo shop's server is told. */
  vars: Record<string, string>
  keep(news: Partial<DemoSite>): void
}

/** The demo site's ids and keys; throws words for a person where they no longer fit the deployment's secret. */
export function loadDemoSite(state: string, secret: string): LoadedDemoSite {
  const file = join(state, 'demo-site.json')
  const demo: DemoSite = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : makeDemoSite(secret)
  if (demo.under !== fingerprint(secret)) {
    throw new Error(
      'The secret in .dev.vars is not the one this database was made with. Put the old one back, or begin anew:\n\n  npm start -- --reset',
    )
  }
  const keep = (news: Partial<DemoSite>) => {
    mkdirSync(state, { recursive: true })
    writeFileSync(file, JSON.stringify(Object.assign(demo, news), null, 2), { mode: 0o600 })
  }
  keep({})
  const vars = { DEMO_SITE: demo.site, DEMO_KEY: demo.identity.id, DEMO_KEY_SECRET: demo.identity.secret }
  return { ...demo, vars, keep }
}

const text = (bytes: number) => randomBytes(bytes).toString('base64url')
const newKey = () => ({ id: `key_${text(16)}`, secret: text(32) })
const makeDemoSite = (secret: string): DemoSite => ({
  site: `site_${text(16)}`,
  identity: newKey(),
  server: newKey(),
  under: fingerprint(secret),
})
