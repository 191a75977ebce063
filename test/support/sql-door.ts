import type { Env } from '../../worker/env.ts'

export interface Statement {
  sql: string
  values: unknown[]
}

/** A worker beside ours that runs a test's statements on the same database, all of them in one transaction. */
export default {
  async fetch(request: Request, env: Pick<Env, 'DB'>): Promise<Response> {
    const statements: Statement[] = await request.json()
    try {
      const prepared = statements.map(({ sql, values }) => env.DB.prepare(sql).bind(...values))
      return Response.json(await env.DB.batch(prepared))
    } catch (error) {
      return new Response((error as Error).message, { status: 400 })
    }
  },
}
