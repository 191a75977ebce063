import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, type MadeSite, operate } from '../support/identity.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite

beforeAll(async () => {
  worker = await startWorker()
  site = await createSite(worker, ['https://shop.example', 'https://xn--bcher-kva.example', 'http://shop.test:8080'])
})
afterAll(() => worker.stop())

/** As a client that may say anything: `fetch` would mend or refuse some of these headers. */
function raw(origin: string, method = 'POST'): Promise<{ status: number; headers: Record<string, unknown> }> {
  const headers = { Origin: Buffer.from(origin).toString('latin1'), 'Content-Type': 'application/json' }
  return new Promise((resolve, reject) => {
    const sent = request(`${worker.url}/v1/sessions`, { method, headers }, (answer) => {
      answer.resume().on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
    })
    sent.on('error', reject)
    sent.end(method === 'POST' ? JSON.stringify({ site: site.id }) : undefined)
  })
}

const HOSTILE = [
  'null',
  'https://evil.example',
  'https://shop.example.evil.example',
  'https://evilshop.example',
  'https://shop.example.',
  'https://shop.exampl',
  'https://shop.examplee',
  'https://sub.shop.example',
  'https://www.shop.example',
  'http://shop.example',
  'https://shop.example:443',
  'https://shop.example:8443',
  'https://shop.example/',
  'https://shop.example/path',
  'https://shop.example?x',
  'https://shop.example#x',
  'https://user@shop.example',
  'https://shop.example@evil.example',
  'https://SHOP.example',
  'HTTPS://shop.example',
  'https://shop.example, https://evil.example',
  'https://shop.example https://evil.example',
  'https://bücher.example',
  'https://xn--bcher-kva.example.evil.example',
  'https://shoр.example', // with a Cyrillic letter
  'http://shop.test',
  'http://shop.test:80',
  'ftp://shop.example',
  'file://',
  'chrome-extension://abcdefghijklmnop',
  '*',
  'https://*',
  'undefined',
]

describe('an origin', () => {
  it.each(HOSTILE)('%s is refused, and told nothing to share', async (origin) => {
    for (const method of ['POST', 'OPTIONS']) {
      const { status, headers } = await raw(origin, method)
      expect(status).toBe(403)
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers.vary).toContain('Origin')
    }
  })

  it.each(['https://shop.example', 'https://xn--bcher-kva.example', 'http://shop.test:8080'])(
    '%s, as it is listed, is let in without credentials',
    async (origin) => {
      const { status, headers } = await raw(origin)
      expect(status).toBe(201)
      expect(headers['access-control-allow-origin']).toBe(origin)
      expect(headers['access-control-allow-credentials']).toBeUndefined()
      expect((await raw(origin, 'OPTIONS')).status).toBe(204)
    },
  )

  it('of another site passes the preflight, which knows no site, and not the request', async () => {
    await createSite(worker, ['https://neighbour.example'])
    expect((await raw('https://neighbour.example', 'OPTIONS')).status).toBe(204)
    expect((await raw('https://neighbour.example')).status).toBe(403)
  })

  it('is obeyed as soon as it is added or removed', async () => {
    const change = (method: string, path = '', body?: object) =>
      operate(worker, `/sites/${site.id}/origins${path}`, { method, body })
    expect((await raw('https://new.example')).status).toBe(403)
    expect((await change('PUT', '', { origin: 'https://new.example' })).status).toBe(204)
    expect((await change('PUT', '', { origin: 'https://new.example' })).status).toBe(204)
    expect((await raw('https://new.example')).status).toBe(201)
    const query = `?${new URLSearchParams({ origin: 'https://new.example', use: 'shop' })}`
    expect((await change('DELETE', query)).status).toBe(204)
    expect((await raw('https://new.example')).status).toBe(403)
  })

  it.each([
    'null',
    '*',
    'https://*.shop.example',
    'https://shop.example/',
    'https://shop.example:443',
    'http://shop.example:80',
    'https://Shop.example',
    'https://bücher.example',
    'https://user@shop.example',
    'https://shop.example/path',
    'https://shop.example?x',
    'shop.example',
    '//shop.example',
    'ftp://shop.example',
    'javascript:alert(1)',
    'https://',
    'https://shop.example ',
    'https://a b.example',
    `https://${'a'.repeat(300)}.example`,
  ])('%s cannot be listed', async (origin) => {
    const answer = await operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin } })
    expect(answer.body).toMatchObject({ code: 'invalid', issues: [{ path: 'origin' }] })
  })
})
