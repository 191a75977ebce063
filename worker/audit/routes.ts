import { Hono } from 'hono'
import { ListAudit } from '../../protocol/admin/audit.ts'
import type { AppContext } from '../env.ts'
import { requireStaff } from '../http/staff.ts'
import { query } from '../http/validate.ts'
import { auditPage } from './list.ts'

/** Who did what. */
export const auditRoutes = new Hono<AppContext>().get(
  '/audit',
  requireStaff('admin', 'owner'),
  query(ListAudit),
  async (c) => c.json(await auditPage(c.env, c.var.site, c.req.valid('query'))),
)
