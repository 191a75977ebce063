import { Hono } from 'hono'
import { AnalyticsCsvQuery, AnalyticsQuery } from '../../protocol/analytics.ts'
import type { AppContext } from '../env.ts'
import { requireStaff } from '../http/staff.ts'
import { query } from '../http/validate.ts'
import { toCsv } from './csv.ts'
import { makeReport } from './report.ts'

/** What happened in a range of days, for those who run the site. */
export const analyticsRoutes = new Hono<AppContext>()
  .get('/analytics', requireStaff('analyst', 'admin', 'owner'), query(AnalyticsQuery), async (c) =>
    c.json(await makeReport(c.env, c.var.site, c.req.valid('query'), Date.now())),
  )
  .get('/analytics/csv', requireStaff('analyst', 'admin', 'owner'), query(AnalyticsCsvQuery), async (c) => {
    const { table, ...range } = c.req.valid('query')
    const report = await makeReport(c.env, c.var.site, range, Date.now())
    const name = `shopbell-${table}-${report.range.from}-to-${report.range.to}.csv`
    c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
    c.header('Content-Disposition', `attachment; filename="${name}"`)
    return c.body(toCsv(report, table))
  })
