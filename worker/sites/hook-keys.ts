import type { HookSource } from '../../protocol/operator.ts'
import type { Env } from '../env.ts'
import { remember } from '../remember.ts'
import { hmacKey } from '../webhooks/verify-signature.ts'
import { readHookKeys, saveShop } from './hook-store.ts'
import { unwrapSecret } from './wrap-secret.ts'

/** The secrets that a source's hooks may be signed with now, and the shop that sends them, if it is known. */
interface Hook {
  keys: CryptoKey[]
  shop: string | null
}

/** How long an isolate may act on secrets that it has read: one that is revoked opens nothing within ten seconds. */
const FRESH_MS = 5_000
const known = remember<Hook>(FRESH_MS)

/** A site's hook, at most 5 s old. */
export const loadHook = (env: Env, site: string, source: HookSource): Promise<Hook> =>
  known.get(`${site} ${source}`, () => readHook(env, site, source))

/** Called after a change, so that this isolate obeys it at once. */
export const forgetHook = (site: string, source: HookSource) => known.forget(`${site} ${source}`)

async function readHook(env: Env, site: string, source: HookSource): Promise<Hook> {
  const { keys, address } = await readHookKeys(env, site, source)
  const unwrapped = keys.map(async ({ id, secret }) => hmacKey(await unwrapSecret(env, id, secret)))
  return { keys: await Promise.all(unwrapped), shop: address }
}

/** The shop whose Shopify hooks the site takes: as it was set, else the first that has sent one signed rightly. */
export async function shopOf(env: Env, site: string, sender: string): Promise<string | null> {
  const { shop } = await loadHook(env, site, 'shopify')
  if (shop !== null || !/^[a-z0-9][a-z0-9.-]{1,200}$/.test(sender)) return shop
  forgetHook(site, 'shopify')
  return saveShop(env, site, sender)
}
