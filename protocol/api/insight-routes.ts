import { Analytics, AnalyticsCsvQuery, AnalyticsQuery } from '../analytics.ts'
import { Diagnostics, DiagnosticsQuery, HelloQuery, ShopVersions, SupportSnapshot } from '../diagnostics.ts'
import type { RouteGroup } from './route.ts'

export const insightGroup: RouteGroup = {
  title: 'Analytics and diagnostics',
  about:
    'How the chats go, and whether everything works. [What each number counts](analytics.md), [what each check looks at](diagnostics.md).',
  routes: [
    {
      method: 'GET',
      path: '/v1/analytics',
      summary: 'What happened in a range of days',
      help: 'With the same number of days before, to compare. At most 366 days.',
      auth: 'staff',
      query: AnalyticsQuery,
      answers: [{ status: 200, schema: Analytics }],
    },
    {
      method: 'GET',
      path: '/v1/analytics/csv',
      summary: 'One table of it as a file',
      help: 'CSV as in RFC 4180, in UTF-8. What a spreadsheet would take for a formula begins with an apostrophe.',
      auth: 'staff',
      query: AnalyticsCsvQuery,
      answers: [{ status: 200 }],
    },
    {
      method: 'GET',
      path: '/v1/diagnostics',
      summary: 'Is everything in order?',
      help: 'Runs every check anew, or one.',
      auth: 'staff',
      query: DiagnosticsQuery,
      answers: [{ status: 200, schema: Diagnostics }],
    },
    {
      method: 'GET',
      path: '/v1/diagnostics/snapshot',
      summary: 'What a helper needs to know',
      help: 'Versions, contexts, totals of the range, and the state of each check; no names, addresses, messages or keys.',
      auth: 'staff',
      query: AnalyticsQuery,
      answers: [{ status: 200, schema: SupportSnapshot }],
    },
    {
      method: 'POST',
      path: '/v1/sites/:site/hello',
      summary: 'My Chats is on this page',
      help: 'Sent by My Chats, without a body. Only pages that the settings name are noted.',
      auth: 'origin',
      query: HelloQuery,
      answers: [{ status: 204 }],
    },
    {
      method: 'PUT',
      path: '/v1/shop-versions',
      summary: 'Tell what the shop runs on',
      help: 'For diagnostics. The WordPress plugin sends it once a day; what is left out is not installed.',
      auth: 'key',
      body: ShopVersions,
      answers: [{ status: 204 }],
    },
  ],
}
