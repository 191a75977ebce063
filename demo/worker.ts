import worker from '../worker/index.ts'
import { shop } from './shop/app.ts'
import type { DemoEnv } from './shop/env.ts'

export * from '../worker/index.ts'

/** The product as it is, with a shop beside it under /demo; nothing of the shop is deployed. */
export default {
  ...worker,
  fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    const isDemo = pathname === '/demo' || pathname.startsWith('/demo/')
    return isDemo ? shop.fetch(request, env, context) : worker.fetch(request, env, context)
  },
} satisfies ExportedHandler<DemoEnv>
