import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, hexForm, hmac, jwt, type MadeSite, operate, seconds } from '../support/identity.ts'
import { SHOP, startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite
let other: MadeSite

beforeAll(async () => {
  worker = await startWorker()
  site = await createSite(worker)
  other = await createSite(worker)
  await operate(worker, `/sites/${site.id}/origins`, {
    method: 'PUT',
    body: { origin: 'https://office.example', use: 'admin' },
  })
})
afterAll(() => worker.stop())

const users = async () => (await worker.env.DB.prepare('SELECT count(*) n FROM users').first<number>('n')) ?? -1
const head = (more: object = {}) => ({ alg: 'HS256', typ: 'JWT', kid: site.identity.id, ...more })
const claims = (more: object = {}) => {
  const iat = seconds()
  return { iss: site.id, aud: 'shopbell', sub: 'u1', iat, exp: iat + 300, ...more }
}
const signed = (header: object | string, payload: object | string, hash?: string) =>
  jwt(header, payload, site.identity.secret, hash)
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const withKid = (more: object = {}) => claims({ kid: site.identity.id, ...more })

const now = seconds()
const REFUSED: Record<string, () => string> = {
  'alg none, no signature': () => `${part(head({ alg: 'none' }))}.${part(claims())}.`,
  'alg None in capitals': () => `${part(head({ alg: 'NONE' }))}.${part(claims())}.`,
  'alg none with a right signature': () => signed(head({ alg: 'none' }), claims()),
  'alg HS384, rightly signed': () => signed(head({ alg: 'HS384' }), claims(), 'sha384'),
  'alg HS512, rightly signed': () => signed(head({ alg: 'HS512' }), claims(), 'sha512'),
  'alg RS256 over an HMAC': () => signed(head({ alg: 'RS256' }), claims()),
  'alg ES256 over an HMAC': () => signed(head({ alg: 'ES256' }), claims()),
  'alg EdDSA over an HMAC': () => signed(head({ alg: 'EdDSA' }), claims()),
  'alg hs256 in small letters': () => signed(head({ alg: 'hs256' }), claims()),
  'alg missing': () => signed({ typ: 'JWT', kid: site.identity.id }, claims()),
  'alg as a list': () => signed(head({ alg: ['HS256'] }), claims()),
  'kid missing': () => signed({ alg: 'HS256', typ: 'JWT' }, claims()),
  'kid unknown': () => signed(head({ kid: 'key_AAAAAAAAAAAAAAAAAAAAAA' }), claims()),
  'kid of another site, signed with its key': () =>
    jwt(head({ kid: other.identity.id }), claims(), other.identity.secret),
  'kid of another site, signed with ours': () => signed(head({ kid: other.identity.id }), claims()),
  'key of another site under our kid': () => jwt(head(), claims(), other.identity.secret),
  'kid of a server key, signed with it': () => jwt(head({ kid: site.server.id }), claims(), site.server.secret),
  'kid of a server key, signed with its hash': () => jwt(head({ kid: site.server.id }), claims(), 'a'.repeat(64)),
  'kid with a path in it': () => signed(head({ kid: '../../dev/null' }), claims()),
  'kid with SQL in it': () => signed(head({ kid: "key_' OR 1=1 --" }), claims()),
  'an empty secret': () => jwt(head(), claims(), ''),
  'the deployment’s secret': () => jwt(head(), claims(), 'a-secret-of-the-tests-that-is-long-enough-0123456789'),
  'the secret decoded from base64url': () => {
    const input = `${part(head())}.${part(claims())}`
    const key = Buffer.from(site.identity.secret, 'base64url').toString('latin1')
    return `${input}.${hmac(input, key).digest('base64url')}`
  },
  'header jwk': () => signed(head({ jwk: { kty: 'oct', k: 'AAAA' } }), claims()),
  'header jku': () => signed(head({ jku: 'https://evil.example/keys' }), claims()),
  'header x5u': () => signed(head({ x5u: 'https://evil.example/cert' }), claims()),
  'header x5c': () => signed(head({ x5c: ['MIIB'] }), claims()),
  'header crit': () => signed(head({ crit: ['exp'] }), claims()),
  'header b64 false': () => signed(head({ b64: false }), claims()),
  'header typ of another kind': () => signed(head({ typ: 'at+jwt' }), claims()),
  'header with alg twice': () => signed(`{"alg":"none","alg":"HS256","kid":"${site.identity.id}"}`, claims()),
  'payload with sub twice': () => signed(head(), JSON.stringify(claims()).replace('{', '{"sub":"u9",')),
  'payload a list': () => signed(head(), '[]'),
  'payload a text': () => signed(head(), '"u1"'),
  'payload not JSON': () => signed(head(), 'u1'),
  'payload not UTF-8': () => {
    const input = `${part(head())}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}`
    return `${input}.${hmac(input, site.identity.secret).digest('base64url')}`
  },
  'payload changed after signing': () => {
    const [first, , last] = signed(head(), claims()).split('.')
    return `${first}.${part(claims({ sub: 'u2' }))}.${last}`
  },
  'signature cut off': () => signed(head(), claims()).slice(0, -4),
  'signature empty': () => `${part(head())}.${part(claims())}.`,
  'signature of another token': () =>
    [...signed(head(), claims()).split('.').slice(0, 2), signed(head(), claims({ sub: 'x' })).split('.')[2]].join('.'),
  'four parts': () => `${signed(head(), claims())}.x`,
  'one part': () => part(claims()),
  'spaces inside': () => signed(head(), claims()).replace('.', ' .'),
  'iss of another site': () => signed(head(), claims({ iss: other.id })),
  'iss missing': () => signed(head(), claims({ iss: undefined })),
  'aud of another service': () => signed(head(), claims({ aud: 'intercom' })),
  'aud of our own session tokens': () => signed(head(), claims({ aud: 'shopbell-session' })),
  'aud a list with ours in it': () => signed(head(), claims({ aud: ['shopbell'] })),
  'aud missing': () => signed(head(), claims({ aud: undefined })),
  'sub missing': () => signed(head(), claims({ sub: undefined })),
  'sub empty': () => signed(head(), claims({ sub: '' })),
  'sub a number': () => signed(head(), claims({ sub: 17 })),
  'sub with a line break': () => signed(head(), claims({ sub: 'u1\n' })),
  'sub too long': () => signed(head(), claims({ sub: 'u'.repeat(129) })),
  'exp missing': () => signed(head(), claims({ exp: undefined })),
  'exp a text': () => signed(head(), claims({ exp: String(now + 300) })),
  'exp not a whole number': () => signed(head(), claims({ exp: now + 300.5 })),
  'exp in milliseconds': () => signed(head(), claims({ exp: (now + 300) * 1000 })),
  'exp before iat': () => signed(head(), claims({ exp: now - 1, iat: now })),
  'exp 601 s after iat': () => signed(head(), claims({ iat: now, exp: now + 601 })),
  'expired by more than the skew': () => signed(head(), claims({ iat: now - 400, exp: now - 65 })),
  'iat missing': () => signed(head(), claims({ iat: undefined })),
  'iat in the future': () => signed(head(), claims({ iat: now + 120, exp: now + 300 })),
  'nbf in the future': () => signed(head(), claims({ nbf: now + 120 })),
  'too many orders': () => signed(head(), claims({ orders: Array.from({ length: 51 }, (_, i) => `${i}`) })),
  'role owner': () => signed(head(), claims({ role: 'owner' })),
  'role guest': () => signed(head(), claims({ role: 'guest' })),
  'role customer with the admin key': () => jwt(head({ kid: site.admin.id }), claims(), site.admin.secret),
  'role seller with the admin key': () =>
    jwt(head({ kid: site.admin.id }), claims({ role: 'seller' }), site.admin.secret),
  'longer than 8 KB': () => signed(head(), claims({ extra: 'x'.repeat(9000) })),
  'hex form: tampered payload': () => {
    const [, signature] = hexForm(withKid(), site.identity.secret).split('.')
    return `${part(withKid({ sub: 'u2' }))}.${signature}`
  },
  'hex form: signed without the padding, sent with it': () => {
    const padded = hexForm(withKid({ name: 'Ann' }), site.identity.secret, { padded: true }).split('.')[0] ?? ''
    const text = padded.endsWith('=') ? padded : `${padded}=`
    return `${text}.${hmac(text.replaceAll('=', ''), site.identity.secret).digest('hex')}`
  },
  'hex form: signature as base64url': () => {
    const first = part(withKid())
    return `${first}.${hmac(first, site.identity.secret).digest('base64url')}`
  },
  'hex form: signature too short': () => hexForm(withKid(), site.identity.secret).slice(0, -2),
  'hex form: SHA-1': () => `${part(withKid())}.${hmac(part(withKid()), site.identity.secret, 'sha1').digest('hex')}`,
  'hex form: kid missing': () => hexForm(claims(), site.identity.secret),
  'hex form: kid of another site': () => hexForm(withKid({ kid: other.identity.id }), other.identity.secret),
  'hex form: wrong secret': () => hexForm(withKid(), other.identity.secret),
  'hex form: expired': () => hexForm(withKid({ iat: now - 700, exp: now - 100 }), site.identity.secret),
  'hex form: a member twice': () =>
    hexForm(JSON.stringify(withKid()).replace('{', '{"role":"seller","role":"customer",'), site.identity.secret),
}

describe('an assertion that does not hold', () => {
  it.each(Object.entries(REFUSED))('%s: 401 and nobody is made', async (_, make) => {
    const before = await users()
    const { status, body, headers } = await site.open({ assertion: make() })
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'assertion_invalid' })
    expect(headers.get('access-control-allow-origin')).toBe(SHOP) // else the widget could not read why
    expect(await users()).toBe(before)
  })

  it('the same claims signed rightly do open a session (the control of the list above)', async () => {
    expect((await site.open({ assertion: signed(head(), claims()) })).status).toBe(201)
  })

  it('of a role that runs the site is refused from a shop page before anything is read, and with a signer’s key', async () => {
    const office = { origin: 'https://office.example' }
    const short = { iat: seconds(), exp: seconds() + 60, role: 'admin' }
    const good = () => site.assertion(short, site.admin)
    expect((await site.open({ assertion: good() })).body.code).toBe('origin_refused')
    expect((await site.open({ assertion: site.assertion(short) }, office)).status).toBe(401)
    const long = site.assertion({ role: 'admin', iat: seconds(), exp: seconds() + 61 }, site.admin)
    expect((await site.open({ assertion: long }, office)).status).toBe(401)
    const opened = await site.open({ assertion: good() }, office)
    expect(opened.body.user).toMatchObject({ role: 'admin' })
  })

  it('on another site is another person’s matter: the same sub is two users', async () => {
    const one = await site.signIn('same')
    const two = await other.signIn('same')
    expect(one.user.id).not.toBe(two.user.id)
    expect((await other.open({ assertion: site.assertion() })).status).toBe(401)
  })
})

describe('an assertion that holds', () => {
  it('makes the user once, and keeps what the shop tells', async () => {
    const first = await site.signIn('keeps', { name: 'Ann', email: 'ann@example.com', email_verified: true })
    expect(first.user).toEqual({
      id: first.user.id,
      site: site.id,
      role: 'customer',
      name: 'Ann',
      email: 'ann@example.com',
      sellers: [],
    })
    expect((await site.signIn('keeps')).user).toEqual(first.user)
    expect((await site.signIn('keeps', { name: 'Anna' })).user).toMatchObject({ id: first.user.id, name: 'Anna' })
    const me = await worker.call('/v1/me', { token: first.token })
    expect(me.body).toMatchObject({ id: first.user.id, name: 'Anna', email: 'ann@example.com' })
  })

  it('drops a name or e-mail that cannot be shown, and lets the person in', async () => {
    const { user } = await site.signIn('odd', { name: 'A\u202Eb', email: 'no address' })
    expect(user).toMatchObject({ name: null, email: null })
  })

  it('never joins two people by an equal e-mail', async () => {
    const one = await site.signIn('mail-1', { email: 'both@example.com', email_verified: true })
    const two = await site.signIn('mail-2', { email: 'both@example.com', email_verified: true })
    expect(one.user.id).not.toBe(two.user.id)
  })

  it.each([
    ['without padding', false],
    ['with padding', true],
  ])('in the hex form %s, whatever the length, and with capitals', async (_, padded) => {
    for (const name of ['A', 'Ab', 'Abc', 'Zoë ☕']) {
      const text = hexForm(withKid({ sub: 'hex', name }), site.identity.secret, { padded })
      const upper = `${text.split('.')[0]}.${text.split('.')[1]?.toUpperCase()}`
      expect((await site.open({ assertion: text })).body.user).toMatchObject({ name })
      expect((await site.open({ assertion: upper })).status).toBe(201)
    }
  })

  it('may be a minute off, either way', async () => {
    const at = seconds()
    expect((await site.open({ assertion: site.assertion({ iat: at + 50, exp: at + 600 }) })).status).toBe(201)
    expect((await site.open({ assertion: site.assertion({ iat: at - 600, exp: at - 50 }) })).status).toBe(201)
    expect((await site.open({ assertion: site.assertion({ iat: at, exp: at + 600 }) })).status).toBe(201)
  })

  it('may hold texts that look like members', async () => {
    expect((await site.open({ assertion: site.assertion({ orders: ['a', ':', '{"b":1}'] }) })).status).toBe(201)
  })
})

describe('keys', () => {
  it('two of a use verify at once, and a revoked one from the next request on no more', async () => {
    const mine = await createSite(worker)
    const added = await operate(worker, `/sites/${mine.id}/keys`, { body: { use: 'identity' } })
    expect(added.status).toBe(201)
    const opened = await mine.open({ assertion: mine.assertion({ sub: 'old' }) })
    expect(opened.status).toBe(201)
    expect((await mine.open({ assertion: mine.assertion({}, added.body) })).status).toBe(201)

    const revoked = await operate(worker, `/sites/${mine.id}/keys/${mine.identity.id}`, { method: 'DELETE' })
    expect(revoked.status).toBe(204)
    expect((await mine.open({ assertion: mine.assertion() })).status).toBe(401)
    expect((await mine.open({ assertion: mine.assertion({}, added.body) })).status).toBe(201)
  })

  it('a revoked one ends the sessions that it opened, and no others', async () => {
    const mine = await createSite(worker)
    const opened = await mine.signIn('a')
    const guest = await mine.guest()
    await operate(worker, `/sites/${mine.id}/keys/${mine.identity.id}`, { method: 'DELETE' })
    expect((await worker.call('/v1/me', { token: opened.token })).body.code).toBe('session_ended')
    const refresh = (refreshToken: string) => worker.call('/v1/sessions/refresh', { body: { refreshToken } })
    expect((await refresh(opened.refreshToken)).body.code).toBe('session_ended')
    expect((await refresh(guest.refreshToken)).status).toBe(200)
  })

  it('there are at most two in force of a use, also under parallel requests', async () => {
    const mine = await createSite(worker)
    const add = () => operate(worker, `/sites/${mine.id}/keys`, { body: { use: 'server' } })
    const answers = await Promise.all(Array.from({ length: 8 }, add))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    const refused = answers.find(({ status }) => status === 409)
    expect(refused?.body.detail).toContain(mine.server.id)
  })

  it('are kept wrapped or hashed: no secret lies in the database', async () => {
    const { results } = await worker.env.DB.prepare('SELECT secret FROM site_keys').all<{ secret: string }>()
    const stored = results.map(({ secret }) => secret).join()
    for (const key of [site.identity, site.admin, site.server]) expect(stored).not.toContain(key.secret)
    expect(results.every(({ secret }) => /^(v1\.[\w-]+|[0-9a-f]{64})$/.test(secret))).toBe(true)
  })

  it('swapped between rows, a wrapped secret opens nothing', async () => {
    const mine = await createSite(worker)
    const db = worker.env.DB
    await db
      .prepare('UPDATE site_keys SET secret = (SELECT secret FROM site_keys WHERE id = ?) WHERE id = ?')
      .bind(mine.admin.id, mine.identity.id)
      .run()
    const forged = { id: mine.identity.id, secret: mine.admin.secret }
    expect((await mine.open({ assertion: mine.assertion({}, forged) })).status).toBe(500)
  })
})
