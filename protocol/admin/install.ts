import * as z from 'zod'
import { KeyId, SiteId } from '../ids.ts'
import { AnyUse, HookList } from '../operator.ts'

/** All that puts the site on a shop's pages; secrets are shown once, when they are made. Times are ms since 1970. */
export const Install = z.strictObject({
  site: SiteId,
  name: z.string(),
  /** The deployment's own address. */
  url: z.url(),
  /** The script tag to paste, as it stands. */
  tag: z.string(),
  keys: z.array(
    z.strictObject({
      id: KeyId,
      use: AnyUse,
      createdAt: z.number().int(),
      revokedAt: z.number().int().nullable(),
    }),
  ),
  origins: z.array(z.strictObject({ origin: z.string(), use: z.enum(['shop', 'admin']), createdAt: z.number().int() })),
  hooks: HookList.shape.hooks,
})
export type Install = z.infer<typeof Install>
