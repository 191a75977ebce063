import { execFile } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeSnippet, phpSnippet } from '../../scripts/site/snippets.ts'
import { createSite, jwt, operate, seconds } from '../support/identity.ts'
import { startWorker, TEST_SECRET, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())

const bare = (token: string | undefined, options = {}) =>
  worker.call('/v1/operator/sites', { origin: null, token, ...options })
const claims = (more: object = {}) => ({ aud: 'shopbell-operator', iat: seconds(), exp: seconds() + 60, ...more })

describe('the operator’s door', () => {
  it('opens to a minute-long token signed with the deployment’s secret', async () => {
    expect((await bare(jwt({ alg: 'HS256' }, claims(), TEST_SECRET))).status).toBe(200)
  })

  const REFUSED: Record<string, () => string | undefined> = {
    'no token': () => undefined,
    'another secret': () => jwt({ alg: 'HS256' }, claims(), `${TEST_SECRET}x`),
    'alg none': () => jwt({ alg: 'none' }, claims(), TEST_SECRET),
    'alg HS512': () => jwt({ alg: 'HS512' }, claims(), TEST_SECRET, 'sha512'),
    'another audience': () => jwt({ alg: 'HS256' }, claims({ aud: 'shopbell-session' }), TEST_SECRET),
    'an hour long': () => jwt({ alg: 'HS256' }, claims({ exp: seconds() + 3600 }), TEST_SECRET),
    'no end': () => jwt({ alg: 'HS256' }, claims({ exp: undefined }), TEST_SECRET),
    'no start': () => jwt({ alg: 'HS256' }, claims({ iat: undefined }), TEST_SECRET),
    expired: () => jwt({ alg: 'HS256' }, claims({ iat: seconds() - 200, exp: seconds() - 140 }), TEST_SECRET),
    'from the future': () => jwt({ alg: 'HS256' }, claims({ iat: seconds() + 200, exp: seconds() + 260 }), TEST_SECRET),
  }
  it.each(Object.entries(REFUSED))('stays shut for %s', async (_, make) => {
    expect((await bare(make())).body.code).toBe('session_required')
  })

  it('stays shut for people’s sessions, server keys and every browser', async () => {
    const site = await createSite(worker)
    const person = await site.signIn('a')
    expect((await bare(person.token)).status).toBe(401)
    expect((await bare(site.server.secret)).status).toBe(401)
    expect((await bare(jwt({ alg: 'HS256' }, claims(), TEST_SECRET), { origin: 'https://shop.example' })).status).toBe(
      403,
    )
  })
})

describe('a site', () => {
  it('is made with a clock, a desk of its name and a key of each use', async () => {
    const { status, body } = await operate(worker, '/sites', {
      body: { name: 'Wool & Co', origins: ['https://wool.example'] },
    })
    expect(status).toBe(201)
    expect(body.keys.map(({ use }: { use: string }) => use)).toEqual(['identity', 'admin', 'server'])
    const row = (table: string) =>
      worker.env.DB.prepare(`SELECT * FROM ${table} WHERE site = ?`).bind(body.site).first<any>()
    expect(await row('clock')).toMatchObject({ n: 0, epoch: expect.stringMatching(/^[\w-]{8}$/) })
    expect(await row('sellers')).toMatchObject({ id: 'shop', name: 'Wool & Co' })
    const listed = (await operate(worker, '/sites')).body.sites.find(({ site }: { site: string }) => site === body.site)
    expect(listed).toMatchObject({ defaultSeller: 'shop', origins: [{ origin: 'https://wool.example', use: 'shop' }] })
    for (const { secret } of body.keys) expect(JSON.stringify(listed)).not.toContain(secret)
  })

  it('may be seeded with its id and keys, once', async () => {
    const secret = 'S'.repeat(43)
    const key = { id: 'key_seeded00000000000000', use: 'identity', secret }
    const body = { id: 'site_seeded0000000000000', name: 'Demo', origins: ['http://localhost:9999'], keys: [key] }
    const made = await operate(worker, '/sites', { body })
    expect(made.body.site).toBe(body.id)
    expect(made.body.keys).toContainEqual(key)
    expect((await operate(worker, '/sites', { body })).body.code).toBe('already_exists')
    const another = { ...body, id: 'site_seeded0000000000001' }
    expect((await operate(worker, '/sites', { body: another })).body.code).toBe('already_exists')
    const sites = (await operate(worker, '/sites')).body.sites.map(({ site }: { site: string }) => site)
    expect(sites).not.toContain(another.id)
  })

  it.each([
    ['no origin', { name: 'x', origins: [] }],
    ['no name', { name: ' ', origins: ['https://a.example'] }],
    ['a name with a text-direction trick', { name: 'a\u202Eb', origins: ['https://a.example'] }],
    ['a weak secret', { name: 'x', origins: ['https://a.example'], keys: [{ use: 'identity', secret: 'short' }] }],
    ['an unknown key', { name: 'x', origins: ['https://a.example'], db: 'DB_9' }],
  ])('with %s is refused', async (_, body) => {
    expect((await operate(worker, '/sites', { body })).status).toBe(422)
  })

  it('that is not there is not found, and neither is a key of another site', async () => {
    const [one, two] = [await createSite(worker), await createSite(worker)]
    const nowhere = '/sites/site_AAAAAAAAAAAAAAAAAAAAAA'
    expect((await operate(worker, `${nowhere}/keys`, { body: { use: 'server' } })).status).toBe(404)
    expect((await operate(worker, `/sites/${one.id}/keys/${two.server.id}`, { method: 'DELETE' })).status).toBe(404)
    const put = { method: 'PUT', origin: null, token: two.server.secret, body: { sellers: [{ id: '1', name: 'One' }] } }
    expect((await worker.call('/v1/sellers', put)).status).toBe(200)
  })
})

describe('the command line', () => {
  const run = promisify(execFile)
  const site = async (args: string[], env: Record<string, string> = {}) => {
    const options = { env: { ...process.env, SHOPBELL_URL: worker.url, SHOPBELL_SECRET: TEST_SECRET, ...env } }
    return run(process.execPath, ['scripts/site.ts', ...args], options).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      ({ code, stderr }) => ({ code: code as number, text: String(stderr) }),
    )
  }
  let id: string
  let output: string

  beforeAll(async () => {
    output = (await site(['create', '--name', 'Käse & Co', '--origin', 'https://käse.example/'])).text
    id = output.match(/site_[\w-]+/)?.[0] ?? ''
  })

  it('makes a site, and prints the tag, the keys and how to sign', async () => {
    expect(output).toContain(`<script src="${worker.url}/shopbell.js" data-site="${id}" async>`)
    expect(output).toContain(
      `<script src="${worker.url}/shopbell.js" data-site="${id}" data-identity="/shopbell-identity" async>`,
    )
    expect(output).toMatch(/SHOPBELL_SERVER_KEY=sk_[\w-]{66,}/)
    expect(output).toContain('createHmac')
    expect(output).toContain('hash_hmac')
    expect((await site(['list'])).text).toContain('origin: https://xn--kse-qla.example')
  })

  it('prints a Node module that signs what the deployment accepts', async () => {
    const key = output.match(/SHOPBELL_IDENTITY_SECRET=([\w-]{43})/)?.[1] ?? ''
    const kid = output.match(/kid: '(key_[\w-]+)'/)?.[1] ?? ''
    const file = join(await mkdtemp(join(tmpdir(), 'shopbell-')), 'assertion.mjs')
    await writeFile(file, nodeSnippet({ site: id, key: kid }))
    process.env.SHOPBELL_IDENTITY_SECRET = key
    const { shopbellAssertion } = await import(file)
    const assertion = shopbellAssertion({ id: 5, name: 'Zoë', email: 'zoe@example.com' })
    const answer = await worker.call('/v1/sessions', {
      origin: 'https://xn--kse-qla.example',
      body: { site: id, assertion },
    })
    expect(answer.body.user).toMatchObject({ name: 'Zoë', role: 'customer' })
  })

  it('prints a PHP function that does the same, where PHP is at hand', async (context) => {
    const secret = output.match(/SHOPBELL_IDENTITY_SECRET=([\w-]{43})/)?.[1] ?? ''
    const kid = output.match(/kid: '(key_[\w-]+)'/)?.[1] ?? ''
    const code = `${phpSnippet({ site: id, key: kid })} echo shopbell_assertion(['id' => 6, 'name' => 'Zoë', 'email' => 'z@e.example']);`
    const php = run('php', ['-r', code], { env: { ...process.env, SHOPBELL_IDENTITY_SECRET: secret } })
    const out = await php.catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? null : Promise.reject(error),
    )
    if (!out) return context.skip('no PHP here')
    const body = { site: id, assertion: out.stdout }
    const answer = await worker.call('/v1/sessions', { origin: 'https://xn--kse-qla.example', body })
    expect(answer.body.user).toMatchObject({ name: 'Zoë' })
  })

  it('stands for code that docs/identity.md shows as it works', async (context) => {
    const secret = output.match(/SHOPBELL_IDENTITY_SECRET=([\w-]{43})/)?.[1] ?? ''
    const kid = output.match(/kid: '(key_[\w-]+)'/)?.[1] ?? ''
    const doc = (await readFile('docs/identity.md', 'utf8')).replaceAll('key_…', kid).replaceAll('site_…', id)
    const block = (language: string) => doc.match(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``))?.[1] ?? ''
    process.env.SHOPBELL_IDENTITY_SECRET = secret
    const file = join(await mkdtemp(join(tmpdir(), 'shopbell-')), 'doc.mjs')
    await writeFile(file, block('js'))
    const { shopbellAssertion } = await import(file)
    const open = (assertion: string) =>
      worker.call('/v1/sessions', { origin: 'https://xn--kse-qla.example', body: { site: id, assertion } })
    expect((await open(shopbellAssertion({ id: 8, name: 'Node' }))).status).toBe(201)
    const code = `${block('php')} echo shopbell_assertion(['id' => 9, 'name' => 'PHP']);`
    const php = await run('php', ['-r', code]).catch(() => null)
    if (!php) return context.skip('no PHP here')
    expect((await open(php.stdout)).status).toBe(201)
  })

  it('rotates and revokes keys', async () => {
    const rotated = await site(['key', 'rotate', '--site', id, '--use', 'server'])
    expect(rotated.text).toMatch(/New server key key_[\w-]+ \(shown once\):\n {2}sk_/)
    const old = rotated.text.match(/--key (key_[\w-]+)/)?.[1] ?? ''
    const third = await site(['key', 'rotate', '--site', id, '--use', 'server'])
    expect(third).toMatchObject({ code: 1, text: expect.stringContaining('Revoke the one') })
    expect((await site(['key', 'revoke', '--site', id, '--key', old])).text).toContain('revoked')
    expect((await site(['key', 'revoke', '--site', id, '--key', 'sk_abc'])).code).toBe(1)
    expect((await site(['list'])).text).toContain(`${old}, of`)
  })

  it('adds and removes origins, with or without the slash of an address bar', async () => {
    await site(['origin', 'add', '--site', id, '--origin', 'https://office-of-the-operator.example/', '--admin'])
    expect((await site(['list'])).text).toContain('admin origin: https://office-of-the-operator.example\n')
    await site(['origin', 'remove', '--site', id, '--origin', 'https://office-of-the-operator.example', '--admin'])
    expect((await site(['list'])).text).not.toContain('office-of-the-operator.example')
    const wrong = await site(['origin', 'add', '--site', id, '--origin', 'https://*.example'])
    expect(wrong).toMatchObject({ code: 1, text: expect.stringContaining('must be exactly scheme://host') })
  })

  it('adds sellers, names the default one and invites', async () => {
    const added = await site([
      'seller',
      'add',
      '--site',
      id,
      '--id',
      '7',
      '--name',
      'Seven',
      '--member',
      'a',
      '--member',
      'b',
    ])
    expect(added.text).toContain('a, b')
    expect((await site(['seller', 'default', '--site', id, '--id', '7'])).code).toBe(0)
    expect((await site(['list'])).text).toContain('answers by default: 7')
    expect((await site(['seller', 'default', '--site', id, '--id', 'nobody'])).text).toContain(
      'is not one of the sellers',
    )
    const invited = await site(['seller', 'invite', '--site', id, '--id', '7', '--email', 'ann@example.com'])
    const link = invited.text.match(/#invite=([\w-]+)/)?.[1]
    const opened = await worker.call('/v1/sessions', {
      origin: 'https://xn--kse-qla.example',
      body: { site: id, link },
    })
    expect(opened.body.user.sellers).toEqual([{ id: '7', name: 'Seven' }])
  })

  it.each([
    ['an unknown flag', ['create', '--nmae', 'x'], "Unknown option '--nmae'"],
    ['a missing flag', ['seller', 'add', '--id', '7'], 'Missing: --site, --name'],
    ['a flag without its value', ['create', '--name'], 'Usage: npm run site -- create'],
    ['a word too many', ['list', 'all'], 'Usage: npm run site -- list'],
    ['no command', [], 'npm run site -- seller invite'],
    ['an unknown command', ['destroy'], 'Usage:'],
  ])('tells the usage for %s', async (_, args, text) => {
    expect(await site(args)).toMatchObject({ code: 2, text: expect.stringContaining(text) })
  })

  it('says in plain words what is wrong with the address or the secret', async () => {
    expect((await site(['list', '--url', 'http://127.0.0.1:9'])).text).toBe(
      'No Shopbell answers at http://127.0.0.1:9: start it with npm start, or name it with --url.\n',
    )
    expect((await site(['list', '--url', 'shop'])).text).toContain('--url must be an address')
    expect((await site(['list'], { SHOPBELL_SECRET: 'wrong' })).text).toContain('does not know this SHOPBELL_SECRET')
    const stranger = createServer((_, response) => response.writeHead(404).end('<h1>Nope</h1>')).listen(0)
    const { port } = stranger.address() as { port: number }
    expect((await site(['list', '--url', `http://127.0.0.1:${port}`])).text).toContain('not as a Shopbell does')
    stranger.close()
  })
})
