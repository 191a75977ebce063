import type { Context } from 'hono'
import { sign } from 'hono/jwt'
import worker from '../../worker/index.ts'
import type { DemoContext, DemoEnv } from './env.ts'
import type { Person } from './people.ts'
import { whoIs } from './who.ts'

/**
 * To the hosted inbox, as the seller you are: what `npm run site -- seller invite` prints for an operator, the demo
 * makes here, since it runs beside the product and knows its secret.
 */
export async function openInbox(c: Context<DemoContext>) {
  const me = whoIs(c)
  const link = me?.sellers && (await invite(c, me, me.sellers))
  return c.redirect(link ?? '/inbox')
}

async function invite(c: Context<DemoContext>, { email, name }: Person, [seller]: string[]): Promise<string | null> {
  const request = new Request(new URL(`/v1/operator/sites/${c.env.DEMO_SITE}/invites`, c.req.url), {
    method: 'POST',
    headers: { Authorization: `Bearer ${await operatorToken(c.env)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ seller, email, name }),
  })
  const answer = await worker.fetch(request, c.env, c.executionCtx)
  return answer.ok ? (await answer.json<{ link: string }>()).link : null
}

function operatorToken(env: DemoEnv) {
  const iat = Math.floor(Date.now() / 1000)
  return sign({ aud: 'shopbell-operator', iat, exp: iat + 60 }, env.SHOPBELL_SECRET, 'HS256')
}
