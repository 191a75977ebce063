import * as z from 'zod'
import { KeyId, ShopId, SiteId } from './ids.ts'
import { Email, PersonName } from './text.ts'

/** `identity` signs shoppers and sellers, `admin` the people who run the site, `server` is the shop's bearer key. */
export const KeyUse = z.enum(['identity', 'admin', 'server'])
export type KeyUse = z.infer<typeof KeyUse>

/** A platform whose hooks a site takes; each has secrets of its own beside the keys. */
export const HookSource = z.enum(['woocommerce', 'shopify'])
export type HookSource = z.infer<typeof HookSource>
export const AnyUse = z.enum([...KeyUse.options, ...HookSource.options])
export type AnyUse = z.infer<typeof AnyUse>

const Url = z.url({ protocol: /^https?$/, normalize: true })

/** As a browser sends it in `Origin`: scheme, host, and the port where it is not the scheme's own. */
export const Origin = z.string().max(300).refine(isOrigin, {
  error: 'must be exactly scheme://host or scheme://host:port, like https://shop.example',
})

/** 32 random bytes as base64url; the text itself is the HMAC key. */
export const KeySecret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 43 characters of base64url')

/** `id` and `keys` are for seeding; a use without a key here gets a new one. */
export const NewSite = z.strictObject({
  name: PersonName,
  origins: z.array(Origin).min(1).max(20),
  id: SiteId.optional(),
  keys: z
    .array(z.strictObject({ id: KeyId.optional(), use: KeyUse, secret: KeySecret }))
    .max(6)
    .default([])
    .refine((keys) => new Set(keys.flatMap(({ id }) => id ?? [])).size === keys.flatMap(({ id }) => id ?? []).length, {
      error: 'has one id twice',
    })
    .refine((keys) => KeyUse.options.every((use) => keys.filter((key) => key.use === use).length <= 2), {
      error: 'has more than two keys of one use',
    }),
})
/** A key as it is shown, once. For use `server` the secret is the whole `sk_…`. */
export const NewKey = z.strictObject({ id: KeyId, use: KeyUse, secret: z.string() })
/** `setup` makes whoever opens it first the site's owner, until `expiresAt` (ms since 1970). */
export const CreatedSite = z.strictObject({
  site: SiteId,
  name: z.string(),
  keys: z.array(NewKey),
  setup: z.strictObject({ link: z.url(), expiresAt: z.number().int() }),
})
/** `isSetup`: there is no owner yet, and whoever opens it first becomes one; else it signs the first owner in. */
export const OwnerLink = z.strictObject({ link: z.url(), expiresAt: z.number().int(), isSetup: z.boolean() })
export type OwnerLink = z.infer<typeof OwnerLink>
export const AddKey = z.strictObject({ use: KeyUse })

export const SiteOrigin = z.strictObject({ origin: Origin, use: z.enum(['shop', 'admin']).default('shop') })

/** Times are ms since 1970. */
export const SiteSummary = z.strictObject({
  site: SiteId,
  name: z.string(),
  defaultSeller: z.string(),
  origins: z.array(z.strictObject({ origin: z.string(), use: z.enum(['shop', 'admin']) })),
  keys: z.array(z.strictObject({ id: KeyId, use: AnyUse, createdAt: z.number().int(), revoked: z.boolean() })),
})
export const SiteList = z.strictObject({ sites: z.array(SiteSummary) })

/** What a platform signs its hooks with. Shopify's is the app's client secret; WooCommerce's is made here if left out. */
export const AddHook = z.strictObject({
  source: HookSource,
  secret: z
    .string()
    .min(20)
    .max(200)
    .regex(/^[!-~]+$/, 'must be printable ASCII')
    .optional(),
  /** Shopify: the shop's domain, as in its hooks; the first one that signs rightly where it is left out. */
  shop: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,200}$/, 'must be a domain such as wool.myshopify.com')
    .optional(),
})
/** `url` is where the platform sends its hooks; the secret is shown this once. */
export const NewHook = z.strictObject({ id: KeyId, source: HookSource, secret: z.string(), url: z.url() })
/** How often a hook brought what changed nothing, and when last (ms since 1970). */
const HookCount = z.strictObject({ outcome: z.string(), n: z.number().int(), lastAt: z.number().int() })
export const HookList = z.strictObject({
  hooks: z.array(
    z.strictObject({
      source: HookSource,
      url: z.url(),
      keys: z.array(z.strictObject({ id: KeyId, createdAt: z.number().int() })),
      /** Shopify: the shop that may send. WooCommerce: where missed orders are asked for. */
      address: z.string().nullable(),
      /** Why asking for missed orders failed last. */
      trouble: z.string().nullable(),
      /** Brought and not done with yet. */
      waiting: z.number().int(),
      /** When the last delivery came that was signed rightly, ms since 1970; null: none that is still remembered. */
      lastAt: z.number().int().nullable(),
      counts: z.array(HookCount),
    }),
  ),
})

/** Where a WooCommerce shop answers (`https://shop.example`), and a read key of it (WooCommerce, Advanced, REST API). */
export const SweepSource = z.strictObject({
  url: z.url({ protocol: /^https?$/, hostname: /.+/ }).max(300),
  key: z.string().regex(/^ck_\w{10,80}$/, 'must be a consumer key (ck_…)'),
  secret: z.string().regex(/^cs_\w{10,80}$/, 'must be a consumer secret (cs_…)'),
})
/** For each site that was asked: how many orders had not come, or why it could not be asked. */
export const SweepResult = z.strictObject({
  sites: z.array(z.strictObject({ site: SiteId, found: z.number().int(), trouble: z.string().nullable() })),
})

/** An address that bounced or complained, and is to get mail again. */
export const AllowAddress = z.strictObject({ email: Email })
/** `lifted`: mail was held back from it until now. */
export const AllowedAddress = z.strictObject({ lifted: z.boolean() })

export const DefaultSeller = z.strictObject({ seller: ShopId })
export const NewInvite = z.strictObject({ seller: ShopId, email: Email, name: PersonName.optional() })
/** The link opens one seller session, once, until `expiresAt` (ms since 1970). */
export const Invite = z.strictObject({ link: z.url(), expiresAt: z.number().int() })

export type NewSite = z.infer<typeof NewSite>
export type NewKey = z.infer<typeof NewKey>
export type CreatedSite = z.infer<typeof CreatedSite>
export type SiteOrigin = z.infer<typeof SiteOrigin>
export type SiteSummary = z.infer<typeof SiteSummary>
export type AddHook = z.infer<typeof AddHook>
export type NewHook = z.infer<typeof NewHook>
export type HookList = z.infer<typeof HookList>
export type SweepSource = z.infer<typeof SweepSource>
export type SweepResult = z.infer<typeof SweepResult>
export type AllowedAddress = z.infer<typeof AllowedAddress>
export type NewInvite = z.infer<typeof NewInvite>
export type Invite = z.infer<typeof Invite>

// Parsing writes international names in ASCII and drops default ports and capitals: what changes was not an origin.
function isOrigin(text: string): boolean {
  const parsed = Url.safeParse(text)
  return parsed.success && parsed.data === `${text}/` && !/[@*]/.test(text)
}
