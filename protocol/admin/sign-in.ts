import * as z from 'zod'
import { SiteId } from '../ids.ts'
import { Email } from '../text.ts'

/** Which of the hosted pages somebody signs in to: `/admin` as staff, `/inbox` as a seller. */
export const Door = z.enum(['admin', 'inbox'])
export type Door = z.infer<typeof Door>

/** Made by the worker for one try to prove who one is; whoever holds it may answer it. */
export const ChallengeId = z.string().regex(/^chl_[A-Za-z0-9_-]{10,40}$/)
/** Six digits, as they came by mail. Spaces that a mail program or a person puts in do not count. */
export const Code = z
  .string()
  .max(20)
  .transform((text) => text.replace(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'must be the six digits from the mail'))

/**
 * What a hosted page must know before anybody is signed in. `site` is null where the deployment has several and the
 * page names none; `mail` says whether codes can be sent.
 */
export const HostedSite = z.strictObject({ site: SiteId.nullable(), name: z.string().nullable(), mail: z.boolean() })
export const HostedQuery = z.strictObject({ site: SiteId.optional() })
export type HostedSite = z.infer<typeof HostedSite>

/** `POST /sign-in/codes`: the answer is the same whether or not anybody of this address may sign in. */
export const AskForCode = z.strictObject({ site: SiteId, door: Door, email: Email })
/** `expiresAt` in ms since 1970. */
export const Challenge = z.strictObject({ challenge: ChallengeId, expiresAt: z.number().int() })
export const SignInWithCode = z.strictObject({ site: SiteId, challenge: ChallengeId, code: Code })

/** `POST /sessions` with `link` also takes a staff invitation or a setup code; `owner` is for a setup code alone. */
export const OwnerDetails = z.strictObject({ email: Email, name: z.string().trim().max(64).optional() })

export type AskForCode = z.infer<typeof AskForCode>
export type Challenge = z.infer<typeof Challenge>
export type SignInWithCode = z.infer<typeof SignInWithCode>
