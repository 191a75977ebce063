import type { KeyId } from '../../protocol/ids.ts'
import { type AddHook, type HookList, HookSource, type NewHook } from '../../protocol/operator.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { newId, newSecret } from '../ids.ts'
import { decodeSpecialChars } from '../webhooks/decode-entities.ts'
import { readCounts } from '../webhooks/read-counts.ts'
import { forgetHook } from './hook-keys.ts'
import { readHookKeys, replaceShop } from './hook-store.ts'
import { keepKey } from './keys.ts'
import type { Site } from './load.ts'
import { wrapSecret } from './wrap-secret.ts'

/**
 * A secret that a platform's hooks may be signed with, beside the one in force; 409 when there are two already, 422
 * for Shopify without the app's secret. `at` is the deployment's address.
 */
export async function addHook(
  env: Env,
  site: Site,
  { source, secret, shop }: AddHook,
  { at, actor }: { at: string; actor: Actor },
): Promise<NewHook> {
  if (source === 'shopify' && secret === undefined) {
    const message = 'Shopify signs with the app’s client secret: give that one.'
    throw new AppError('invalid', { issues: [{ path: 'secret', message }] })
  }
  const id = newId<KeyId>('key')
  const given = secret ?? newSecret()
  const signing = source === 'woocommerce' ? decodeSpecialChars(given) : given
  await keepKey(env, site, { id, use: source, secret: await wrapSecret(env, id, signing) }, actor)
  if (source === 'shopify' && shop !== undefined) await replaceShop(env, site.id, shop)
  forgetHook(site.id, source)
  return { id, source, secret: given, url: hookUrl(at, source, site) }
}

/** The hooks of a site as they stand, for the operator and for diagnostics. */
export async function listHooks(env: Env, site: Site, at: string): Promise<HookList> {
  const countsOf = await readCounts(database(env, site.db), site.id)
  const hooks = HookSource.options.map(async (source) => {
    const { keys, address, trouble } = await readHookKeys(env, site.id, source)
    const shown = keys.map(({ id, createdAt }) => ({ id: id as KeyId, createdAt }))
    return { source, url: hookUrl(at, source, site), keys: shown, address, trouble, ...countsOf(source) }
  })
  return { hooks: await Promise.all(hooks) }
}

const hookUrl = (at: string, source: HookSource, site: Site) => `${at}/v1/hooks/${source}/${site.id}`
