import { sign } from 'hono/jwt'

const GOOD_FOR_SECONDS = 60

/** What the operator API asks for: a minute-long token signed with the deployment's own secret. */
export function operatorToken(secret: string): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  return sign({ aud: 'shopbell-operator', iat, exp: iat + GOOD_FOR_SECONDS }, secret, 'HS256')
}
