import * as z from 'zod'
import { SiteId } from '../ids.ts'
import { PersonName } from '../text.ts'
import { ChallengeId, Door } from './sign-in.ts'

const Base64Url = z
  .string()
  .min(1)
  .max(8192)
  .regex(/^[A-Za-z0-9_-]+$/)

/** A credential's id, as the authenticator made it. */
export const PasskeyId = Base64Url.max(1400)

// The browser's own JSON (`credential.toJSON()`, WebAuthn level 3); what is in it is verified, not listed here.
const Credential = z.looseObject({
  id: PasskeyId,
  rawId: Base64Url,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
})
export const PasskeyRegistration = Credential.extend({
  response: z.looseObject({ clientDataJSON: Base64Url, attestationObject: Base64Url }),
})
export const PasskeyAssertion = Credential.extend({
  response: z.looseObject({ clientDataJSON: Base64Url, authenticatorData: Base64Url, signature: Base64Url }),
})

/** `options` goes to `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`. */
export const PasskeyOptions = z.strictObject({
  challenge: ChallengeId,
  options: z.looseObject({ challenge: z.string() }),
})
export const AskForPasskey = z.strictObject({ site: SiteId })
export const SignInWithPasskey = z.strictObject({
  site: SiteId,
  door: Door,
  challenge: ChallengeId,
  passkey: PasskeyAssertion,
})
/** `name` is how its owner tells it from others, such as "Laptop". */
export const AddPasskey = z.strictObject({ challenge: ChallengeId, name: PersonName, passkey: PasskeyRegistration })

/** Times are ms since 1970. */
export const Passkey = z.strictObject({
  id: z.string(),
  name: z.string(),
  createdAt: z.number().int(),
  usedAt: z.number().int().nullable(),
})
export const PasskeyList = z.strictObject({ passkeys: z.array(Passkey) })

export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>
export type PasskeyOptions = z.infer<typeof PasskeyOptions>
export type SignInWithPasskey = z.infer<typeof SignInWithPasskey>
export type AddPasskey = z.infer<typeof AddPasskey>
export type Passkey = z.infer<typeof Passkey>
