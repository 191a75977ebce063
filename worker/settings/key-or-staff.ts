import type { MiddlewareHandler } from 'hono'
import type { AppContext } from '../env.ts'
import { requireServerKey } from '../http/server-key.ts'
import { bearer } from '../http/session.ts'
import { requireStaff } from '../http/staff.ts'

/** Whoever runs the site: its server by key, or a person with one of these roles. Sets `site`. */
export function keyOrStaff(...roles: Parameters<typeof requireStaff>): MiddlewareHandler<AppContext> {
  const staff = requireStaff(...roles)
  return (c, next) => {
    const isKey = bearer(c.req.header('Authorization'))?.startsWith('sk_')
    return isKey ? requireServerKey(c, next) : staff(c, next)
  }
}
