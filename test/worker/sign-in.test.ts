import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSite, type MadeSite, operate } from '../support/identity.ts'
import { type FastWorker, startFastWorker } from '../support/miniflare.ts'
import { askForCode, auditOf, codeFor, hosted, openOwner, type Staff } from '../support/staff.ts'
import { SHOP } from '../support/worker.ts'

let worker: FastWorker
let site: MadeSite
beforeAll(async () => {
  worker = await startFastWorker({ vars: { DEV_MAILBOX: 'on' } })
})
afterAll(() => worker.stop())
beforeEach(async () => {
  site = await createSite(worker)
})

const open = (body: object, options = {}) =>
  hosted(worker, '/v1/sessions', { body: { site: site.id, ...body }, ...options })
const signIn = (challenge: string, code: string, options = {}) =>
  hosted(worker, '/v1/sign-in/code', { body: { site: site.id, challenge, code }, ...options })
const run = (sql: string, ...values: unknown[]) =>
  worker.env.DB.prepare(sql)
    .bind(...values)
    .run()
const wrong = (code: string | null) => (code === '111111' ? '222222' : '111111')

describe('the setup code', () => {
  it('makes whoever opens it first the owner, once', async () => {
    const owner = { email: 'olga@shop.example', name: 'Olga' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => open({ link: site.setup, owner })))
    const opened = answers.filter(({ status }) => status === 201)
    expect(opened).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'link_invalid')).toHaveLength(9)
    expect(opened[0]?.body.user).toMatchObject({ role: 'owner', name: 'Olga', email: 'olga@shop.example' })
    expect(await auditOf(worker, site.id)).toContainEqual(
      expect.objectContaining({ action: 'person.joined', role: 'owner', to_value: '"owner"' }),
    )
  })

  it('is void once there is an owner, whichever code made them', async () => {
    const other = (await operate(worker, `/sites/${site.id}/owner-link`, { method: 'POST' })).body
    expect(other.isSetup).toBe(true)
    await openOwner(worker, site)
    expect((await open({ link: other.link.split('#setup=')[1] })).body.code).toBe('link_invalid')
  })

  it('opens nothing from a shop’s page, nor at another site, and stays good', async () => {
    expect((await open({ link: site.setup }, { origin: SHOP })).body.code).toBe('origin_refused')
    const another = await createSite(worker)
    const there = await hosted(worker, '/v1/sessions', { body: { site: another.id, link: site.setup } })
    expect(there.body.code).toBe('link_invalid')
    expect((await open({ link: site.setup })).status).toBe(201)
  })

  it('is too old after 30 days', async () => {
    await run('UPDATE links SET ends_at = ends_at - 2592000000 WHERE site = ?', site.id)
    expect((await open({ link: site.setup })).body.code).toBe('link_invalid')
  })

  it('gives way to a link that signs the owner in, for whoever runs the deployment', async () => {
    const owner = await openOwner(worker, site)
    const { body } = await operate(worker, `/sites/${site.id}/owner-link`, { method: 'POST' })
    expect(body).toMatchObject({
      isSetup: false,
      link: expect.stringContaining(`${worker.url}/admin?site=${site.id}#invite=`),
    })
    const opened = await open({ link: body.link.split('#invite=')[1] })
    expect(opened.body.user).toMatchObject({ id: owner.id, role: 'owner' })
  })
})

describe('a code by mail', () => {
  let owner: Staff & { email: string }
  beforeEach(async () => {
    owner = await openOwner(worker, site)
  })

  it('signs the owner in, once', async () => {
    const { asked, challenge, code } = await askForCode(worker, site.id, owner.email.toUpperCase())
    expect(asked).toMatchObject({ status: 202, body: { expiresAt: expect.any(Number) } })
    expect(code).toMatch(/^\d{6}$/)
    const answer = await signIn(challenge, `${code?.slice(0, 3)} ${code?.slice(3)}`)
    expect(answer.status).toBe(201)
    expect(answer.body.user).toMatchObject({ id: owner.id, role: 'owner' })
    expect((await signIn(challenge, code!)).body.code).toBe('code_invalid')
  })

  it('is answered alike for an address that nobody has, and sends nothing there', async () => {
    const known = await askForCode(worker, site.id, owner.email)
    const unknown = await hosted(worker, '/v1/sign-in/codes', {
      body: { site: site.id, door: 'admin', email: 'nobody@shop.example' },
    })
    expect(unknown.status).toBe(known.asked.status)
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.asked.body))
    expect(await codeFor(worker, 'nobody@shop.example', 4)).toBeNull()
    const refused = await signIn(unknown.body.challenge, '123456')
    expect(refused.body).toEqual((await signIn(known.challenge, wrong(known.code))).body)
  })

  it('is refused after ten minutes', async () => {
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    await run('UPDATE challenges SET ends_at = ends_at - 600000 WHERE id = ?', challenge)
    expect((await signIn(challenge, code!)).body.code).toBe('code_invalid')
  })

  it('is refused after five wrong tries, even when it is right', async () => {
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    for (let n = 0; n < 5; n++) expect((await signIn(challenge, wrong(code))).status).toBe(401)
    expect((await signIn(challenge, code!)).body.code).toBe('code_invalid')
  })

  it('takes the right code as the fifth try, once, however many come at the same time', async () => {
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    for (let n = 0; n < 4; n++) expect((await signIn(challenge, wrong(code))).status).toBe(401)
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(challenge, code!)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'code_invalid')).toHaveLength(19)
  })

  it('leaves a thousand guesses a day fifty that count: ten codes of five tries each, and then none', async () => {
    const all = Array.from({ length: 100 }, (_, n) => String(n * 10_000 + 7).padStart(6, '0'))
    for (let asked = 0; asked < 10; asked++) {
      if (asked === 5) await run('UPDATE challenges SET created_at = created_at - 3600001 WHERE site = ?', site.id)
      const { challenge, code } = await askForCode(worker, site.id, owner.email)
      const guesses = all.map((guess) => (guess === code ? '000008' : guess))
      const answers = await Promise.all(guesses.map((guess) => signIn(challenge, guess)))
      expect(answers.map(({ status }) => status)).toEqual(guesses.map(() => 401))
      expect((await signIn(challenge, code!)).body.code).toBe('code_invalid')
    }
    await run('UPDATE challenges SET created_at = created_at - 3600001 WHERE site = ?', site.id)
    expect((await askForCode(worker, site.id, owner.email)).asked.body.code).toBe('codes_limited')
  })

  it('is sent five times and no more where forty ask at once', async () => {
    const body = { site: site.id, door: 'admin', email: owner.email }
    const asked = await Promise.all(Array.from({ length: 40 }, () => hosted(worker, '/v1/sign-in/codes', { body })))
    expect(asked.filter(({ status }) => status === 202)).toHaveLength(5)
    expect(asked.filter(({ body }) => body.code === 'codes_limited')).toHaveLength(35)
  })

  describe('asked for by somebody else', () => {
    const askFrom = (address: string) =>
      hosted(worker, '/v1/sign-in/codes', {
        body: { site: site.id, door: 'admin', email: owner.email },
        headers: { 'CF-Connecting-IP': address },
      })
    const anHourAgo = () => run('UPDATE challenges SET created_at = created_at - 3600001 WHERE site = ?', site.id)

    it('lets nobody lock the owner out: neither of a code at home nor of one to step up', async () => {
      for (let n = 0; n < 5; n++) expect((await askFrom('198.51.100.9')).status).toBe(202)
      const limited = await askFrom('198.51.100.9')
      expect(limited.body).toMatchObject({ code: 'codes_limited', detail: expect.stringContaining('passkey') })
      expect((await askFrom('203.0.113.5')).status).toBe(202)
      expect((await owner.call('/v1/admin/step-up/code', { method: 'POST' })).status).toBe(202)
    })

    it('is not sent more often than fifty times a day, from however many networks', async () => {
      let sent = 0
      for (let n = 0; n < 12; n++) {
        const asked = await Promise.all(Array.from({ length: 5 }, () => askFrom(`2001:db8:${n}::1`)))
        sent += asked.filter(({ status }) => status === 202).length
      }
      expect(sent).toBe(50)
      await anHourAgo()
      expect((await askFrom('192.0.2.77')).body.retryAfterMs).toBeGreaterThan(70_000_000)
    })
  })

  it('would fall to the sixth guess without the count of tries', async () => {
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    for (let n = 0; n < 5; n++) await signIn(challenge, wrong(code))
    await run('UPDATE challenges SET tries = 0 WHERE id = ?', challenge)
    expect((await signIn(challenge, code!)).status).toBe(201)
  })

  it('may be asked for five times an hour and ten times a day unused, as often as one likes used', async () => {
    for (let n = 0; n < 6; n++) {
      const { challenge, code } = await askForCode(worker, site.id, owner.email)
      expect((await signIn(challenge, code!)).status, `sign-in ${n}`).toBe(201)
    }
    const ask = async () => (await askForCode(worker, site.id, owner.email)).asked
    for (let n = 0; n < 5; n++) expect((await ask()).status).toBe(202)
    const limited = await ask()
    expect(limited).toMatchObject({ status: 429, body: { code: 'codes_limited' } })
    expect(limited.body.retryAfterMs).toBeGreaterThan(3_500_000)
    const anHourAgo = 'UPDATE challenges SET created_at = created_at - 3600001 WHERE site = ?'
    await run(anHourAgo, site.id)
    for (let n = 0; n < 5; n++) expect((await ask()).status).toBe(202)
    await run(anHourAgo, site.id)
    expect((await ask()).body.retryAfterMs).toBeGreaterThan(70_000_000)
  })

  it('is limited alike for an address that nobody has', async () => {
    const ask = () =>
      hosted(worker, '/v1/sign-in/codes', { body: { site: site.id, door: 'admin', email: 'no@shop.example' } })
    for (let n = 0; n < 5; n++) expect((await ask()).status).toBe(202)
    expect((await ask()).body.code).toBe('codes_limited')
  })

  it('is shed by network when tries come in floods', async () => {
    const from = (address: string) =>
      signIn('chl_AAAAAAAAAAAAAAAA', '123456', { headers: { 'CF-Connecting-IP': address } })
    const flood = await Promise.all(Array.from({ length: 60 }, () => from('198.51.100.7')))
    expect(flood.filter(({ body }) => body.code === 'codes_limited').length).toBeGreaterThan(0)
    expect((await from('198.51.100.8')).body.code).toBe('code_invalid')
  })

  it('belongs to the hosted pages alone', async () => {
    const body = { site: site.id, door: 'admin', email: owner.email }
    for (const origin of [SHOP, 'https://office.example', null]) {
      const headers = origin === null ? { 'Sec-Fetch-Site': 'cross-site' } : {}
      expect((await worker.call('/v1/sign-in/codes', { body, origin, headers })).body.code).toBe('origin_refused')
    }
  })

  it('opens only the site and the door that it was asked for at', async () => {
    const another = await createSite(worker)
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    const there = await hosted(worker, '/v1/sign-in/code', { body: { site: another.id, challenge, code } })
    expect(there.body.code).toBe('code_invalid')
    expect(await codeFor(worker, owner.email, 1)).toBeNull()
    const inbox = await hosted(worker, '/v1/sign-in/codes', {
      body: { site: site.id, door: 'inbox', email: owner.email },
    })
    expect(inbox.status).toBe(202)
    expect(await codeFor(worker, owner.email, 4)).toBeNull()
  })

  it('opens nothing for somebody who was removed meanwhile', async () => {
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    await run('DELETE FROM staff WHERE site = ?', site.id)
    expect((await signIn(challenge, code!)).body.code).toBe('code_invalid')
  })

  it.each([
    ['five digits', { code: '12345' }],
    ['a word', { code: 'secret' }],
    ['a strange challenge', { challenge: 'x' }],
    ['no site', { site: undefined }],
    ['an unknown field', { door: 'admin' }],
  ])('with %s is not understood', async (_, change) => {
    const body = { site: site.id, challenge: 'chl_AAAAAAAAAAAAAAAA', code: '123456', ...change }
    expect((await hosted(worker, '/v1/sign-in/code', { body })).status).toBe(422)
  })
})

describe('a seller', () => {
  const email = 'sam@desk.example'

  it('signs in at the inbox by a code, to the same desks', async () => {
    const invited = await operate(worker, `/sites/${site.id}/invites`, { body: { seller: 'shop', email, name: 'Sam' } })
    const first = await open({ link: invited.body.link.split('#invite=')[1] }, { origin: SHOP })
    const { challenge, code } = await askForCode(worker, site.id, email, 'inbox')
    const { body } = await signIn(challenge, code!)
    expect(body.user).toMatchObject({ id: first.body.user.id, role: 'seller', sellers: [{ id: 'shop' }] })
  })

  it('whose address only the own account claims gets none, one whom the shop has verified does', async () => {
    const sellers = { sellers: [{ id: 'shop', name: 'Shop', members: ['s1', 's2'] }] }
    await worker.call('/v1/sellers', { method: 'PUT', origin: null, token: site.server.secret, body: sellers })
    await site.signIn('s1', { role: 'seller', email: 'claimed@desk.example' })
    await site.signIn('s2', { role: 'seller', email: 'verified@desk.example', email_verified: true })
    await askForCode(worker, site.id, 'verified@desk.example', 'inbox').then(({ code }) =>
      expect(code).toMatch(/\d{6}/),
    )
    await hosted(worker, '/v1/sign-in/codes', { body: { site: site.id, door: 'inbox', email: 'claimed@desk.example' } })
    expect(await codeFor(worker, 'claimed@desk.example', 4)).toBeNull()
  })
})

describe('a hosted page', () => {
  it('learns the name of its site, and that mail works', async () => {
    const { status, body } = await hosted(worker, `/v1/hosted?site=${site.id}`)
    expect({ status, body }).toMatchObject({ status: 200, body: { site: site.id, mail: true } })
  })

  it('must name it where there are several', async () => {
    expect((await hosted(worker, '/v1/hosted')).body).toMatchObject({ site: null, name: null })
  })

  it('is refused a site that is not there', async () => {
    expect((await hosted(worker, '/v1/hosted?site=site_AAAAAAAAAAAAAAAAAAAA')).body.code).toBe('site_unknown')
  })
})
