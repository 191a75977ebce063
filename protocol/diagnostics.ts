import * as z from 'zod'
import { Counts, Day, FirstResponse } from './analytics.ts'
import { ContextType } from './chats.ts'
import { HttpUrl, PersonName } from './text.ts'

/** `broken`: people notice. `attention`: it works, but somebody should look. */
export const CheckState = z.enum(['ok', 'attention', 'broken'])

/** Every check there is, in the order in which they are shown. */
export const CheckId = z.enum([
  'database',
  'migrations',
  'tables',
  'live_updates',
  'file_storage',
  'background_jobs',
  'clock',
  'mail_provider',
  'sender_domain',
  'outbox',
  'replies_by_mail',
  'web_push',
  'webhooks',
  'origins',
  'script',
  'context_product',
  'context_order',
  'context_post',
  'limits',
  'versions',
])

/** One check. `says` and `remedy` are for people; `remedy` is null when all is well, `field` the setting that mends it. */
export const Check = z.strictObject({
  id: CheckId,
  state: CheckState,
  title: z.string(),
  says: z.string(),
  remedy: z.string().nullable(),
  field: z.string().nullable(),
})

/** `only`: one check, for a page that waits for it; of the shop’s addresses the script’s is then about the one listed last. */
export const DiagnosticsQuery = z.strictObject({ only: CheckId.optional() })

/** As bad as the worst of its checks. */
export const OverallState = z.enum(['healthy', 'needs_attention', 'broken'])

/** Made anew by every request. Times are ms since 1970. */
export const Diagnostics = z.strictObject({
  state: OverallState,
  checkedAt: z.number().int(),
  checks: z.array(Check),
})

const version = z
  .string()
  .trim()
  .max(40)
  .regex(/^[\w.+ ()~:-]*$/, 'must be a version such as 8.3.1')

/** What the shop runs on; names that are not here are refused. */
export const ShopVersions = z.strictObject({
  platform: PersonName.regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be a word such as wordpress'),
  plugin: version.optional(),
  wordpress: version.optional(),
  php: version.optional(),
  woocommerce: version.optional(),
  dokan: version.optional(),
  wcfm: version.optional(),
})

/** Where My Chats is shown: the page's address, without what comes after `#`. */
export const HelloQuery = z.strictObject({ page: HttpUrl })

/** What somebody may hand to a helper: no names, addresses, messages or keys. */
export const SupportSnapshot = z.strictObject({
  madeAt: z.iso.datetime(),
  versions: z.record(z.string(), z.string()),
  contexts: z.array(ContextType),
  range: z.strictObject({ from: Day, to: Day, zone: z.string() }),
  analytics: Counts.extend({
    averageMessages: z.number().nullable(),
    firstResponse: FirstResponse,
    unanswered: z.number().int(),
  }),
  diagnostics: z.strictObject({
    state: OverallState,
    checks: z.array(Check.pick({ id: true, state: true })),
  }),
})

export type CheckState = z.infer<typeof CheckState>
export type CheckId = z.infer<typeof CheckId>
export type Check = z.infer<typeof Check>
export type Diagnostics = z.infer<typeof Diagnostics>
export type OverallState = z.infer<typeof OverallState>
export type ShopVersions = z.infer<typeof ShopVersions>
export type SupportSnapshot = z.infer<typeof SupportSnapshot>
