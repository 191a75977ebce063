import * as z from 'zod'
import { FileKind } from './attachments.ts'
import { SiteId } from './ids.ts'

const page = z.string().nullable()
const routing = z.enum(['static', 'account'])

/**
 * All that a shopper's browser may know of a site; built field by field, so that a new setting is private until
 * it is put here. Cacheable, no session.
 */
export const PublicSite = z.strictObject({
  site: SiteId,
  name: z.string(),
  accent: z.string(),
  /** The colour of text on the accent, at least 4.5:1. */
  onAccent: z.string(),
  theme: z.enum(['auto', 'light', 'dark']),
  locale: z.string(),
  timeZone: z.string(),
  guests: z.enum(['none', 'free', 'name', 'name_email']),
  opens: z.enum(['auto', 'panel']),
  chatsPage: page,
  /** What may be attached to a message; null: nothing. */
  attachments: z.strictObject({ perMessage: z.int(), maxBytes: z.int(), kinds: z.array(FileKind) }).nullable(),
  contexts: z.strictObject({
    product: z.strictObject({
      enabled: z.boolean(),
      routing,
      page,
      position: z.enum(['manual', 'before_summary', 'summary', 'after_summary']),
      /** The merchant's own place for the button: a CSS selector, not checked; empty where `position` decides. */
      selector: z.string(),
      label: z.string(),
      endpointLabel: z.string(),
    }),
    order: z.strictObject({
      enabled: z.boolean(),
      routing,
      page,
      button: z.boolean(),
      position: z.enum(['after_order_table', 'view_order']),
      label: z.string(),
      endpointLabel: z.string(),
    }),
    post: z.strictObject({ enabled: z.boolean(), page }),
  }),
})
export type PublicSite = z.infer<typeof PublicSite>
