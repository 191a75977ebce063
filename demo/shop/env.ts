import type { Env } from '../../worker/env.ts'

/** What `npm start` tells the demo Worker beside the product's own bindings. */
export interface DemoEnv extends Env {
  readonly DEMO_SITE: string
  /** Id and secret of the site's identity key: what a real shop keeps on its server. */
  readonly DEMO_KEY: string
  readonly DEMO_KEY_SECRET: string
}

export interface DemoContext {
  Bindings: DemoEnv
}
