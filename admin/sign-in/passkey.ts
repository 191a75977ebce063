import type { PasskeyOptions } from '../../protocol/admin/passkeys.ts'

/** The browser's own JSON of WebAuthn level 3; older browsers sign in by code. */
export const canUsePasskeys = () =>
  typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

type Ask = (path: string) => Promise<PasskeyOptions>

interface Given {
  challenge: string
  passkey: unknown
}

/** Asks for a passkey of this person; null where the person turns it down. */
export async function givePasskey(ask: Ask): Promise<Given | null> {
  const { challenge, options } = await ask('passkey/options')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never)
  return asked(challenge, navigator.credentials.get({ publicKey }))
}

/** Makes a passkey on this device; null where the person turns it down. */
export async function makePasskey(ask: Ask): Promise<Given | null> {
  const { challenge, options } = await ask('passkeys/options')
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never)
  return asked(challenge, navigator.credentials.create({ publicKey }))
}

/** Browsers say `NotAllowedError` for a person who closes the question, and tell no more. */
async function asked(challenge: string, answer: Promise<Credential | null>): Promise<Given | null> {
  try {
    const credential = await answer
    return credential instanceof PublicKeyCredential ? { challenge, passkey: credential.toJSON() } : null
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotAllowedError') return null
    throw error
  }
}
