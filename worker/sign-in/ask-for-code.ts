import type { AskForCode, Challenge } from '../../protocol/admin/sign-in.ts'
import type { UserId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import { networkOf } from '../sessions/guest.ts'
import type { Site } from '../sites/load.ts'
import { keyedHash, newCode } from './code.ts'
import { mailCode } from './mail-code.ts'
import { findPerson, insertChallenge, type KnownPerson, type Use } from './store.ts'

interface Asked {
  use: Use
  person: KnownPerson | null
  /** By what it is counted: whose codes, and from where. */
  counted: { by: string[]; from: string | null }
  /** What else lets them in, where they have had too many. */
  instead: string
  locale: string | undefined
}
interface Asking {
  locale: string | undefined
  /** The IP address, if it is known. */
  from: string | undefined
}
interface Made {
  challenge: Challenge
  /** Puts the mail on its way, for the time after the answer: whether there is one must not show in how long it takes. */
  send: () => Promise<void>
}

/** A code for whoever signs in with this address, if anybody does. 429 `codes_limited`. */
export async function askForCode(
  env: Env,
  site: Site,
  { door, email }: AskForCode,
  { locale, from }: Asking,
): Promise<Made> {
  const person = await findPerson(database(env, site.db), site.id, door, email)
  // As it was typed; counted whether or not anybody has it.
  const counted = { by: ['address', site.id, email.toLowerCase()], from: networkOf(from ?? '') }
  const instead = 'A passkey lets you in, or a new link from whoever runs this site or this deployment.'
  return makeCode(env, site, { use: door, person, counted, instead, locale })
}

/** A code for somebody who is signed in, to show that it is still the same person. 404 without an address. */
export async function askToStepUp(
  env: Env,
  site: Site,
  { user, email }: { user: UserId; email: string | null },
  locale: string | undefined,
): Promise<Made> {
  if (email === null) throw new AppError('not_found', { detail: 'There is no address to send a code to.' })
  // Nobody who is not signed in as this person can use these up.
  const counted = { by: ['step_up', site.id, user], from: null }
  return makeCode(env, site, {
    use: 'step_up',
    person: { user, email },
    counted,
    instead: 'A passkey works now.',
    locale,
  })
}

async function makeCode(env: Env, site: Site, { use, person, counted, instead, locale }: Asked): Promise<Made> {
  const id = newId('chl')
  const code = newCode()
  const made = await insertChallenge(database(env, site.db), {
    id,
    site: site.id,
    use,
    user: person?.user ?? null,
    answer: await keyedHash(env, 'code', id, code),
    address: await keyedHash(env, ...counted.by),
    network: counted.from === null ? null : await keyedHash(env, ...counted.by, counted.from),
  })
  if ('waitMs' in made) throw new AppError('codes_limited', { retryAfterMs: made.waitMs, detail: instead })
  const send = async () => (person ? mailCode(env, site, { ...person, code, locale }) : undefined)
  return { challenge: { challenge: id, expiresAt: made.endsAt }, send }
}
