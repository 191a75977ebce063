import { ask } from './ask.ts'
import { operatorToken } from './operator-token.ts'

/** A link that lets the owner of the demo site into its settings, once. */
export async function ownerLink(site: string, url: string, secret: string): Promise<string> {
  const token = await operatorToken(secret)
  const { body } = await ask('POST', `${url}/v1/operator/sites/${site}/owner-link`, { token })
  return body.link
}
