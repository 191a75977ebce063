import { createHmac, randomBytes } from 'node:crypto'
import { type Answer, type CallOptions, SHOP, TEST_SECRET, type TestWorker } from './worker.ts'

export const seconds = () => Math.floor(Date.now() / 1000)

const base64url = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

export const hmac = (text: string, secret: string, hash = 'sha256') => createHmac(hash, secret).update(text)

/** A JWT made by hand, so that a test can make every mistake; `header` and `payload` may be raw JSON text. */
export function jwt(header: object | string, payload: object | string, secret: string, hash = 'sha256'): string {
  const signed = `${base64url(header)}.${base64url(payload)}`
  return `${signed}.${hmac(signed, secret, hash).digest('base64url')}`
}

/** The two-part form of template languages. */
export function hexForm(payload: object | string, secret: string, { padded = false } = {}): string {
  const text = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const url = text.toString('base64').replaceAll('+', '-').replaceAll('/', '_')
  const first = padded ? url : url.replaceAll('=', '')
  return `${first}.${hmac(first, secret).digest('hex')}`
}

export interface Key {
  id: string
  secret: string
}
export interface MadeSite {
  id: string
  identity: Key
  admin: Key
  server: Key
  /** Token of the code that makes the first owner. */
  setup: string
  /** Assertion of this site that holds; a claim given replaces, undefined leaves out. */
  assertion(claims?: Record<string, unknown>, key?: Key): string
  open(body?: Record<string, unknown>, options?: CallOptions): Promise<Answer>
  /** Opens a session by assertion and answers it; throws where it is refused. */
  signIn(sub: string, claims?: Record<string, unknown>, more?: Record<string, unknown>): Promise<any>
  guest(details?: object): Promise<any>
}

/** A request as the operator's command line makes it. */
export function operate(worker: Pick<TestWorker, 'call'>, path: string, options: CallOptions = {}): Promise<Answer> {
  const now = seconds()
  const token = jwt({ alg: 'HS256' }, { aud: 'shopbell-operator', iat: now, exp: now + 60 }, TEST_SECRET)
  return worker.call(`/v1/operator${path}`, { origin: null, token, ...options })
}

/** A site made through the operator's own route. */
export async function createSite(worker: Pick<TestWorker, 'call'>, origins = [SHOP]): Promise<MadeSite> {
  const name = `Shop ${randomBytes(4).toString('hex')}`
  const { status, body } = await operate(worker, '/sites', { body: { name, origins } })
  if (status !== 201) throw new Error(`No site: ${JSON.stringify(body)}`)
  const key = (use: string): Key => body.keys.find((one: { use: string }) => one.use === use)
  const identity = key('identity')
  const assertion = (claims: Record<string, unknown> = {}, by: Key = identity) => {
    const iat = seconds()
    const all = { iss: body.site, aud: 'shopbell', sub: 'u1', iat, exp: iat + 300, ...claims }
    return jwt({ alg: 'HS256', typ: 'JWT', kid: by.id }, all, by.secret)
  }
  const open: MadeSite['open'] = (more = {}, options = {}) =>
    worker.call('/v1/sessions', { ...options, body: { site: body.site, ...more } })
  const opened = async (answer: Promise<Answer>) => {
    const { status, body: session } = await answer
    if (status !== 201) throw new Error(`No session: ${JSON.stringify(session)}`)
    return session
  }
  return {
    id: body.site,
    identity,
    admin: key('admin'),
    server: key('server'),
    setup: body.setup.link.split('#setup=')[1],
    assertion,
    open,
    signIn: (sub, claims, more) => opened(open({ ...more, assertion: assertion({ ...claims, sub }) })),
    guest: (details) => opened(open(details ? { guest: details } : {})),
  }
}
