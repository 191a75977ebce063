import type { KeyId } from '../../protocol/ids.ts'
import type { KeyUse, NewKey } from '../../protocol/operator.ts'
import type { Env } from '../env.ts'
import { newId, newSecret, sha256 } from '../ids.ts'
import type { KeyRow } from './store.ts'
import { wrapSecret } from './wrap-secret.ts'

interface Seed {
  id?: KeyId | undefined
  secret?: string
}

/**
 * A key as its owner is told it, and as it is kept: signing secrets wrapped, because they must sign again; a server
 * key only as its hash, because it is only compared. The server key carries its id, so that checking it is one read.
 */
export async function makeKey(env: Env, use: KeyUse, seed: Seed = {}): Promise<{ shown: NewKey; row: KeyRow }> {
  const id = seed.id ?? newId<KeyId>('key')
  const secret = seed.secret ?? newSecret()
  if (use !== 'server') {
    return { shown: { id, use, secret }, row: { id, use, secret: await wrapSecret(env, id, secret) } }
  }
  const bearer = `sk_${id.slice('key_'.length)}_${secret}`
  return { shown: { id, use, secret: bearer }, row: { id, use, secret: await sha256(bearer) } }
}
