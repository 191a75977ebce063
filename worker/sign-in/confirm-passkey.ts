import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server'
import type { PasskeyAssertion, PasskeyOptions } from '../../protocol/admin/passkeys.ts'
import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId, newSecret } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { notePasskeyUse, type PasskeyRow, readPasskey } from './passkey-store.ts'
import { insertChallenge, takeChallenge } from './store.ts'

/** The page that asks, as WebAuthn names it: passkeys belong to the deployment's own host. */
export interface HostedPage {
  origin: string
  rpId: string
}

/** What a passkey is to sign; `user` null: whichever passkey of this host the person chooses. */
export async function passkeyOptions(
  env: Env,
  site: Site,
  user: UserId | null,
  page: HostedPage,
): Promise<PasskeyOptions> {
  const challenge = newSecret()
  const options = await generateAuthenticationOptions({
    rpID: page.rpId,
    challenge: Uint8Array.fromBase64(challenge, { alphabet: 'base64url' }),
    userVerification: 'required',
  })
  const id = newId('chl')
  await insertChallenge(database(env, site.db), {
    id,
    site: site.id,
    use: 'passkey',
    user,
    answer: options.challenge,
    address: null,
  })
  return { challenge: id, options: { ...options } }
}

/**
 * Whose passkey signed the challenge, which is used up by this. 401 `passkey_invalid` for one that is not known, not
 * right, or copied (its counter does not rise).
 */
export async function confirmPasskey(
  env: Env,
  site: Site,
  { challenge, passkey }: { challenge: string; passkey: PasskeyAssertion },
  page: HostedPage,
): Promise<{ user: UserId }> {
  const db = database(env, site.db)
  const asked = await takeChallenge(db, site.id, challenge, 'passkey')
  const known = asked && (await readPasskey(db, site.id, passkey.id))
  if (!known || (asked.user !== null && asked.user !== known.user)) throw new AppError('passkey_invalid')
  const { verified, authenticationInfo } = await verifySigned({ passkey, asked: asked.answer, known, page })
  const isFresh = verified && (await notePasskeyUse(db, known.id, authenticationInfo.newCounter))
  if (!isFresh) throw new AppError('passkey_invalid')
  return { user: known.user }
}

interface Signed {
  passkey: PasskeyAssertion
  /** What was to be signed. */
  asked: string
  known: PasskeyRow
  page: HostedPage
}

async function verifySigned({ passkey, asked, known, page }: Signed) {
  try {
    return await verifyAuthenticationResponse({
      response: passkey,
      expectedChallenge: asked,
      expectedOrigin: page.origin,
      expectedRPID: page.rpId,
      credential: {
        id: known.id,
        publicKey: Uint8Array.fromBase64(known.publicKey, { alphabet: 'base64url' }),
        counter: known.counter,
      },
    })
  } catch (cause) {
    throw new AppError('passkey_invalid', { cause })
  }
}
