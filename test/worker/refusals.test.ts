import { sign } from 'hono/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { openSocket } from '../support/socket.ts'
import { type CallOptions, startWorker, TEST_SECRET, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: TestSite
let shopper: Person
let chat: string

beforeAll(async () => {
  worker = await startWorker()
  site = await makeSite(worker.env.DB)
  shopper = await site.person()
  const { body } = await worker.call('/v1/chats', {
    token: shopper.token,
    body: { context: { type: 'product', id: '1' } },
  })
  chat = body.chat.id
})
afterAll(() => worker.stop())

/** Every route that takes a person's session, with a request that would pass. */
const personal = (): [string, CallOptions][] => [
  ['/v1/me', {}],
  ['/v1/chats', {}],
  ['/v1/chats', { body: { context: { type: 'product', id: '1' } } }],
  [`/v1/chats/${chat}`, {}],
  [`/v1/chats/${chat}/messages`, {}],
  [`/v1/chats/${chat}/messages`, { body: { clientId: 'client-id-1', body: 'hi' } }],
  [`/v1/chats/${chat}/read`, { method: 'PUT', body: { seq: 1 } }],
  [`/v1/chats/${chat}/state`, { method: 'PUT', body: { state: 'open' } }],
  [`/v1/chats/${chat}/block`, { method: 'PUT', body: { blocked: true } }],
  ['/v1/sync', {}],
]

describe('an origin', () => {
  it('that no site lists is refused before anything else, whatever else is wrong', async () => {
    for (const origin of ['https://evil.example', 'null', 'https://shop.example:444', 'https://sub.shop.example'])
      for (const [path, options] of [...personal(), ['/v1/sessions', { body: '{' }] as [string, CallOptions]]) {
        const refused = await worker.call(path, { ...options, token: 'nonsense', origin })
        expect(refused).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
        expect(refused.headers.get('Access-Control-Allow-Origin')).toBeNull()
      }
  })

  it('of another site is refused although it is somebody’s', async () => {
    const other = await makeSite(worker.env.DB)
    await worker.env.DB.prepare('UPDATE site_origins SET origin = ? WHERE site = ?')
      .bind('https://other.example', other.id)
      .run()
    const refused = await worker.call('/v1/chats', { token: shopper.token, origin: 'https://other.example' })
    expect(refused).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
  })

  it('may be missing only on a request from our own pages', async () => {
    expect(await worker.call('/v1/chats', { token: shopper.token, origin: null })).toMatchObject({ status: 403 })
    const headers = { 'Sec-Fetch-Site': 'same-origin' }
    expect((await worker.call('/v1/chats', { token: shopper.token, origin: null, headers })).status).toBe(200)
    expect((await worker.call('/v1/chats', { token: shopper.token, origin: worker.url })).status).toBe(200)
  })

  it('passes the preflight for two hours, without credentials', async () => {
    const { status, headers } = await worker.call('/v1/chats', { method: 'OPTIONS' })
    expect(status).toBe(204)
    expect(headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example')
    expect(headers.get('Access-Control-Max-Age')).toBe('7200')
    expect(headers.get('Vary')).toContain('Origin')
    expect(headers.get('Access-Control-Allow-Credentials')).toBeNull()
  })
})

describe('a session token', () => {
  it('that is missing, broken, expired, of another secret or of no site opens nothing', async () => {
    const claims = { aud: 'shopbell-session', sid: shopper.session, sub: shopper.id, site: site.id, role: 'customer' }
    const later = Math.floor(Date.now() / 1000) + 600
    const tokens = [
      undefined,
      'nonsense',
      `${shopper.token.slice(0, -3)}abc`,
      await sign({ ...claims, exp: later - 1200 }, TEST_SECRET),
      await sign({ ...claims, exp: later }, 'another secret that is long enough'),
      await sign({ ...claims, aud: 'shopbell', exp: later }, TEST_SECRET),
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ ...claims, exp: later })).toString('base64url')}.`,
    ]
    for (const token of tokens)
      for (const [path, options] of personal())
        expect(await worker.call(path, { ...options, token })).toMatchObject({
          status: 401,
          body: { code: 'session_required' },
        })
    const nowhere = await sign({ ...claims, site: `site_${'x'.repeat(22)}`, exp: later }, TEST_SECRET)
    expect(await worker.call('/v1/chats', { token: nowhere })).toMatchObject({
      status: 403,
      body: { code: 'site_unknown' },
    })
  })

  it('of a revoked session writes nothing more', async () => {
    const gone = await site.person()
    const start = (id: string) =>
      worker.call('/v1/chats', { token: gone.token, body: { context: { type: 'product', id } } })
    const { body } = await start('1')
    await worker.env.DB.prepare('UPDATE sessions SET revoked_at = 1 WHERE id = ?').bind(gone.session).run()
    const message = { clientId: 'client-id-9', body: 'hi' }
    for (const answer of [
      await start('2'),
      await worker.call(`/v1/chats/${body.chat.id}/messages`, { token: gone.token, body: message }),
    ])
      expect(answer).toMatchObject({ status: 401, body: { code: 'session_ended' } })
  })

  it('of a guest opens no route and no socket of a site that admits none', async () => {
    const strict = await makeSite(worker.env.DB, { guests: { mode: 'none' } })
    const guest = await strict.person({ role: 'guest' })
    for (const [path, options] of personal())
      expect(await worker.call(path, { ...options, token: guest.token })).toMatchObject({
        status: 403,
        body: { code: 'guests_refused' },
      })
    await expect(openSocket(worker.url, guest.token)).rejects.toThrow('socket refused')
    expect(await worker.call('/v1/sessions', { body: { site: strict.id } })).toMatchObject({ status: 403 })
    const customer = await strict.person()
    expect((await worker.call('/v1/chats', { token: customer.token })).status).toBe(200)
  })
})

describe('a body', () => {
  const send = (body: unknown, headers: Record<string, string> = {}) =>
    worker.call(`/v1/chats/${chat}/messages`, { token: shopper.token, method: 'POST', body, headers })
  const fine = { clientId: 'client-id-2', body: 'hi' }

  it('must be JSON, by type and by text', async () => {
    for (const text of ['', '{', 'hi', '{"a":1,}', '\ufeff{}x'])
      expect(await send(text)).toMatchObject({ status: 400, body: { code: 'invalid_json' } })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect(await send(JSON.stringify(fine), { 'Content-Type': type })).toMatchObject({
        status: 415,
        body: { code: 'not_json_type' },
      })
  })

  it('must have no unknown keys and only right ones; the answer names the field', async () => {
    for (const [body, path] of [
      [{ ...fine, role: 'admin' }, ''],
      [{ body: 'hi' }, 'clientId'],
      [{ ...fine, clientId: 'short' }, 'clientId'],
      [{ ...fine, clientId: "x' OR 1=1 --" }, 'clientId'],
      [{ ...fine, body: 7 }, 'body'],
      [{ ...fine, body: null }, 'body'],
      [[], ''],
      [null, ''],
      ['"text"', ''],
    ] as const) {
      const refused = await send(body)
      expect(refused).toMatchObject({ status: 422, body: { code: 'invalid' } })
      expect(refused.body.issues[0].path).toBe(path)
      expect(refused.headers.get('Content-Type')).toBe('application/problem+json')
    }
    expect(await send('{"__proto__":{"body":"hi"},"clientId":"client-id-3"}')).toMatchObject({ status: 422 })
  })

  it('of a query is checked too', async () => {
    for (const query of ['limit=0', 'limit=201', 'before=x', 'before=1&after=1', 'page=2'])
      expect(await worker.call(`/v1/chats/${chat}/messages?${query}`, { token: shopper.token })).toMatchObject({
        status: 422,
      })
    for (const query of ['filter=mine', 'q='.padEnd(200, 'x'), 'sort=asc'])
      expect(await worker.call(`/v1/chats?${query}`, { token: shopper.token })).toMatchObject({ status: 422 })
    for (const q of ["'; DROP TABLE chats; --", '%', '_', '\\', '"'])
      expect((await worker.call(`/v1/chats?q=${encodeURIComponent(q)}`, { token: shopper.token })).status).toBe(200)
  })
})

it('a path that does not exist is told so as a problem', async () => {
  expect(await worker.call('/v1/nothing', { token: shopper.token })).toMatchObject({
    status: 404,
    body: { code: 'not_found' },
  })
})

// Last: a refusal that leaves a body unread may cost the test's connection to the development proxy.
describe('a large body', () => {
  const send = (body: unknown) =>
    worker.call(`/v1/chats/${chat}/messages`, { token: shopper.token, method: 'POST', body })
  const fine = { clientId: 'client-id-2', body: 'hi' }

  it('is refused however it is sent', async () => {
    const large = JSON.stringify({ ...fine, body: 'x'.repeat(70_000) })
    expect(await send(large)).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new TextEncoder().encode('x'.repeat(5_000)))
        controller.close()
      },
    })
    const response = await fetch(`${worker.url}/v1/chats/${chat}/messages`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${shopper.token}`,
        Origin: 'https://shop.example',
        'Content-Type': 'application/json',
      },
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })
})
