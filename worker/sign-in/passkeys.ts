import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server'
import type {
  AddPasskey,
  Passkey,
  PasskeyOptions,
  PasskeyRegistration,
  SignInWithPasskey,
} from '../../protocol/admin/passkeys.ts'
import type { Session } from '../../protocol/sessions.ts'
import { auditIfChanged } from '../audit/record.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { base64url, newId, newSecret } from '../ids.ts'
import { openAsUser } from '../sessions/open-known.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { confirmPasskey, type HostedPage } from './confirm-passkey.ts'
import { deletePasskey, insertPasskey, listPasskeys } from './passkey-store.ts'
import { insertChallenge, readName, takeChallenge } from './store.ts'

/** Opens a session for whoever the passkey belongs to, at a door that is theirs. */
export async function signInWithPasskey(
  env: Env,
  site: Site,
  { door, challenge, passkey }: Omit<SignInWithPasskey, 'site'>,
  page: HostedPage & { device: string | null },
): Promise<Session> {
  const { user } = await confirmPasskey(env, site, { challenge, passkey }, page)
  const session = await openAsUser(env, site, { user, door, by: 'passkey', device: page.device })
  if (!session) throw new AppError('passkey_invalid')
  return session
}

export const passkeysOf = (env: Env, site: Site, { sub }: SessionClaims): Promise<Passkey[]> =>
  listPasskeys(database(env, site.db), site.id, sub)

/** What the browser needs to make a passkey for me; one that I have already is not made again. */
export async function registrationOptions(
  env: Env,
  site: Site,
  session: SessionClaims,
  page: HostedPage,
): Promise<PasskeyOptions> {
  const db = database(env, site.db)
  const [mine, known] = await Promise.all([readName(db, site.id, session.sub), listPasskeys(db, site.id, session.sub)])
  const shop = site.settings.brand.name ?? site.name
  const options = await generateRegistrationOptions({
    rpName: shop,
    rpID: page.rpId,
    userID: new Uint8Array(new TextEncoder().encode(session.sub)),
    userName: `${mine?.email ?? mine?.name ?? 'me'} · ${shop}`,
    userDisplayName: mine?.name ?? mine?.email ?? shop,
    challenge: Uint8Array.fromBase64(newSecret(), { alphabet: 'base64url' }),
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const id = newId('chl')
  await insertChallenge(db, {
    id,
    site: site.id,
    use: 'register',
    user: session.sub,
    answer: options.challenge,
    address: null,
  })
  return { challenge: id, options: { ...options } }
}

/** Keeps a passkey that was just made. 401 `passkey_invalid`, 409 `already_exists` for one that is known or one too many. */
export async function addPasskey(
  env: Env,
  site: Site,
  session: SessionClaims,
  { challenge, name, passkey }: AddPasskey,
  page: HostedPage,
): Promise<Passkey[]> {
  const db = database(env, site.db)
  const asked = await takeChallenge(db, site.id, challenge, 'register')
  if (asked?.user !== session.sub) throw new AppError('passkey_invalid')
  const { credential } = await verifyNew(passkey, asked.answer, page)
  const [saved] = await db.batch([
    insertPasskey(db, {
      id: credential.id,
      site: site.id,
      user: session.sub,
      name,
      publicKey: base64url(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ? JSON.stringify(credential.transports) : null,
    }),
    auditIfChanged(db, { ...deedOf(site, session), action: 'passkey.added' }),
  ])
  if (saved?.meta.changes !== 1) throw new AppError('already_exists')
  return listPasskeys(db, site.id, session.sub)
}

async function verifyNew(response: PasskeyRegistration, expectedChallenge: string, page: HostedPage) {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: page.origin,
      expectedRPID: page.rpId,
    })
    if (verified) return registrationInfo
  } catch (cause) {
    throw new AppError('passkey_invalid', { cause })
  }
  throw new AppError('passkey_invalid')
}

export async function removePasskey(env: Env, site: Site, session: SessionClaims, id: string): Promise<void> {
  const db = database(env, site.db)
  const [gone] = await db.batch([
    deletePasskey(db, site.id, session.sub, id),
    auditIfChanged(db, { ...deedOf(site, session), action: 'passkey.removed' }),
  ])
  if (gone?.meta.changes !== 1) throw new AppError('not_found')
}

const deedOf = (site: Site, { sub, role }: SessionClaims) => ({ site: site.id, actor: { id: sub, role }, subject: sub })
