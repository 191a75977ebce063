import { HookSource, type KeyUse, type NewKey } from '../../protocol/operator.ts'
import { auditIfChanged, type Deed } from '../audit/record.ts'
import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { endSessionsOfKey } from '../sessions/end.ts'
import { forgetHook } from './hook-keys.ts'
import type { Site } from './load.ts'
import { makeKey } from './make-key.ts'
import { insertKey, type KeyRow, liveKeys, MOST_KEYS, markKeyRevoked } from './store.ts'

/** A further key of a use, beside the one in force; 409 when there are two already. */
export async function addKey(env: Env, site: Site, use: KeyUse, actor: Actor): Promise<NewKey> {
  const { shown, row } = await makeKey(env, use)
  await keepKey(env, site, row, actor)
  return shown
}

/** Keeps a made key; 409 when there are two of its use already. */
export async function keepKey(env: Env, site: Site, row: KeyRow, actor: Actor): Promise<void> {
  const { id, use } = row
  const deed: Deed = { site: site.id, actor, action: 'key.added', subject: id, field: use }
  if (await insertKey(env, site.id, row, auditIfChanged(directory(env), deed))) return
  const live = await liveKeys(env, site.id, use)
  throw new AppError('already_exists', {
    detail: `This site has ${MOST_KEYS} ${use} keys in force (${live.join(', ')}). Revoke the one that you no longer use, then make a new one.`,
  })
}

/** Nothing signed with this key is accepted from now on, and every session that it opened ends. */
export async function revokeKey(env: Env, site: Site, key: string, actor: Actor): Promise<void> {
  const log = auditIfChanged(directory(env), { site: site.id, actor, action: 'key.revoked', subject: key })
  if (!(await markKeyRevoked(env, site.id, key, log))) throw new AppError('not_found')
  for (const source of HookSource.options) forgetHook(site.id, source)
  await endSessionsOfKey(env, site, key)
}
