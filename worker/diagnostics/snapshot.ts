import type { AnalyticsQuery } from '../../protocol/analytics.ts'
import { ContextType } from '../../protocol/chats.ts'
import type { SupportSnapshot } from '../../protocol/diagnostics.ts'
import { makeReport } from '../analytics/report.ts'
import { VERSION } from '../db/expected-database.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { diagnose } from './run.ts'
import { versionsOf } from './shop-versions.ts'

/** What a helper needs, field by field: what is not named here stays private. */
export async function makeSnapshot(env: Env, site: Site, query: AnalyticsQuery, now: number): Promise<SupportSnapshot> {
  const [{ range, totals }, { state, checks }, shop] = await Promise.all([
    makeReport(env, site, query, now),
    diagnose(env, site, now),
    versionsOf(env, site),
  ])
  const { contexts } = site.settings
  return {
    madeAt: new Date(now).toISOString(),
    versions: { shopbell: VERSION, ...shop },
    contexts: ContextType.options.filter((context) => contexts[context].enabled),
    range: { from: range.from, to: range.to, zone: range.zone },
    analytics: totals,
    // What a check says may name pages and domains of the shop: those are not handed on.
    diagnostics: { state, checks: checks.map((check) => ({ id: check.id, state: check.state })) },
  }
}
