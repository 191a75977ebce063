import type { MiddlewareHandler } from 'hono'
import { verify } from 'hono/jwt'
import * as z from 'zod'
import type { AppContext, Env } from '../env.ts'
import { OPERATOR } from '../http/actor.ts'
import { noteAddress } from '../http/address.ts'
import { AppError } from '../http/errors.ts'
import { bearer } from '../http/session.ts'

const AUDIENCE = 'shopbell-operator'
const MOST_SECONDS = 60
const SKEW_SECONDS = 60

const Claims = z.object({ aud: z.literal(AUDIENCE), iat: z.number().int(), exp: z.number().int() })

/**
 * The deployment's operator: a JWT of at most a minute, signed with the deployment's secret. 403 `forbidden` from a
 * browser, 401 `session_required` for anything that does not hold.
 */
export const requireOperator: MiddlewareHandler<AppContext> = async (c, next) => {
  if (c.req.header('Origin') !== undefined) throw new AppError('forbidden')
  const token = bearer(c.req.header('Authorization'))
  if (!token || !(await isOperator(c.env, token, Date.now() / 1000))) {
    throw new AppError('session_required', { detail: 'Sign with the SHOPBELL_SECRET of this deployment.' })
  }
  c.set('actor', OPERATOR)
  await noteAddress(c.env, new URL(c.req.url).origin)
  await next()
}

async function isOperator(env: Env, token: string, nowSec: number): Promise<boolean> {
  try {
    const options = { alg: 'HS256', exp: false, iat: false, nbf: false } as const
    const { iat, exp } = Claims.parse(await verify(token, env.SHOPBELL_SECRET, options))
    return exp - iat <= MOST_SECONDS && exp + SKEW_SECONDS > nowSec && iat - SKEW_SECONDS < nowSec
  } catch {
    return false // Whatever is wrong with it, it opens nothing; the caller answers 401.
  }
}
