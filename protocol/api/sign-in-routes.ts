import { AskForPasskey, PasskeyOptions, SignInWithPasskey } from '../admin/passkeys.ts'
import { AskForCode, Challenge, HostedQuery, HostedSite, SignInWithCode } from '../admin/sign-in.ts'
import { Session } from '../sessions.ts'
import type { RouteGroup } from './route.ts'

export const signInGroup: RouteGroup = {
  title: 'Signing in to the hosted pages',
  about:
    'For `/admin` and `/inbox` of the deployment itself, and from nowhere else. One-time links and setup codes go to `POST /v1/sessions`.',
  routes: [
    {
      method: 'GET',
      path: '/v1/hosted',
      summary: 'Which site a hosted page speaks of',
      help: 'The one named; else the only one of the deployment, if it has only one.',
      auth: 'hosted',
      query: HostedQuery,
      answers: [{ status: 200, schema: HostedSite }],
    },
    {
      method: 'POST',
      path: '/v1/sign-in/codes',
      summary: 'Have a code sent',
      help: 'Six digits, good for ten minutes, five tries and one sign-in. The answer is the same for an address that nobody here has. At most five unused codes an hour and ten a day for an address from one network.',
      auth: 'hosted',
      body: AskForCode,
      answers: [{ status: 202, schema: Challenge }],
      errors: ['codes_limited'],
    },
    {
      method: 'POST',
      path: '/v1/sign-in/code',
      summary: 'Sign in with the code',
      auth: 'hosted',
      body: SignInWithCode,
      answers: [{ status: 201, schema: Session }],
      errors: ['code_invalid', 'codes_limited'],
    },
    {
      method: 'POST',
      path: '/v1/sign-in/passkey/options',
      summary: 'Begin to sign in with a passkey',
      auth: 'hosted',
      body: AskForPasskey,
      answers: [{ status: 200, schema: PasskeyOptions }],
      errors: ['codes_limited'],
    },
    {
      method: 'POST',
      path: '/v1/sign-in/passkey',
      summary: 'Sign in with a passkey',
      auth: 'hosted',
      body: SignInWithPasskey,
      answers: [{ status: 201, schema: Session }],
      errors: ['passkey_invalid', 'codes_limited'],
    },
  ],
}
