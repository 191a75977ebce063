import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createSite, type MadeSite, operate } from '../support/identity.ts'
import { openSocket } from '../support/socket.ts'
import {
  ageProof,
  askForCode,
  auditOf,
  codeFor,
  hosted,
  OFFICE,
  openAsserted,
  openInvited,
  openOwner,
  type Staff,
  staffAssertion,
} from '../support/staff.ts'
import { SHOP, startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite
let owner: Staff & { email: string }
beforeAll(async () => {
  worker = await startWorker({ DEV_MAILBOX: 'on' })
})
afterAll(() => worker.stop())
beforeEach(async () => {
  site = await createSite(worker)
  owner = await openOwner(worker, site)
})

const put = (body: object) => ({ method: 'PUT', body })
const remove = { method: 'DELETE' }
const invite = (who: Staff, role: string, email: string) => who.call('/v1/admin/people', { body: { role, email } })
const enter = (link: string, origin = worker.url) =>
  worker.call('/v1/sessions', { origin, body: { site: site.id, link: link.split('#invite=')[1] } })
const row = (sql: string, ...values: unknown[]) =>
  worker.env.DB.prepare(sql)
    .bind(...values)
    .first<any>()

describe('an invitation', () => {
  it('is mailed, opens the panel once in its role, and is in the log', async () => {
    const { status, body } = await invite(owner, 'admin', 'ada@shop.example')
    expect({ status, body }).toMatchObject({
      status: 201,
      body: { mailed: true, user: expect.stringMatching(/^usr_/) },
    })
    const mail = await row('SELECT kind FROM outbox WHERE recipient = ?', body.user)
    expect(mail).toMatchObject({ kind: 'staff_invitation' })
    expect((await enter(body.link)).body.user).toMatchObject({
      id: body.user,
      role: 'admin',
      email: 'ada@shop.example',
    })
    expect((await enter(body.link)).body.code).toBe('link_invalid')
    const listed = (await owner.call('/v1/admin/people')).body.people
    expect(listed).toMatchObject([
      { role: 'owner', me: true, via: 'invitation' },
      { role: 'admin', me: false, user: body.user, joinedAt: expect.any(Number), seenAt: expect.any(Number) },
    ])
    const log = await auditOf(worker, site.id)
    expect(log).toContainEqual(
      expect.objectContaining({
        actor: owner.id,
        role: 'owner',
        action: 'person.invited',
        subject: body.user,
        to_value: '"admin"',
      }),
    )
    expect(JSON.stringify(log)).not.toContain('ada@shop.example')
  })

  it('is good from our own pages alone', async () => {
    const { body } = await invite(owner, 'analyst', 'ana@shop.example')
    expect((await enter(body.link, SHOP)).body.code).toBe('origin_refused')
    expect((await enter(body.link)).status).toBe(201)
  })

  it('comes again until the person has come, and never after: it would open another’s place', async () => {
    const first = await invite(owner, 'admin', 'ada@shop.example')
    const second = await invite(owner, 'admin', 'ADA@shop.example')
    expect(second.body.user).toBe(first.body.user)
    expect((await enter(second.body.link)).status).toBe(201)
    expect((await invite(owner, 'admin', 'ada@shop.example')).body.code).toBe('already_exists')
  })

  it('to be an owner comes from owners alone', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    expect((await invite(admin, 'owner', 'eve@shop.example')).body.code).toBe('forbidden')
    expect((await invite(admin, 'analyst', 'ana@shop.example')).status).toBe(201)
    expect((await invite(owner, 'owner', 'two@shop.example')).status).toBe(201)
  })

  it.each([
    ['a seller', { role: 'seller', email: 'a@b.example' }],
    ['no address', { role: 'admin', email: 'nobody' }],
    ['an unknown field', { role: 'admin', email: 'a@b.example', key: 1 }],
    ['a name that is HTML and too long', { role: 'admin', email: 'a@b.example', name: '<b>'.repeat(40) }],
  ])('of %s is refused', async (_, body) => {
    expect((await owner.call('/v1/admin/people', { body })).status).toBe(422)
  })
})

describe('roles', () => {
  it('let analysts read and change nothing', async () => {
    const analyst = await openInvited(worker, site, owner, 'analyst', 'ana@shop.example')
    for (const path of [
      '/v1/settings',
      '/v1/admin/install',
      '/v1/admin/people',
      '/v1/admin/sellers',
      '/v1/admin/wizard',
    ])
      expect((await analyst.call(path)).status, path).toBe(200)
    const refused = [
      ['/v1/settings', put({ version: 1, settings: {} })],
      ['/v1/settings/undo', { body: { version: 1 } }],
      ['/v1/admin/keys', { body: { use: 'server' } }],
      ['/v1/admin/origins', put({ origin: 'https://x.example' })],
      ['/v1/admin/people', { body: { role: 'admin', email: 'x@y.example' } }],
      ['/v1/admin/sellers', { body: { name: 'X' } }],
      ['/v1/admin/wizard', put({ state: 'skipped', step: 'shop' })],
      ['/v1/admin/audit', {}],
      ['/v1/admin/chats', {}],
    ] as const
    for (const [path, options] of refused) expect((await analyst.call(path, options)).body.code, path).toBe('forbidden')
  })

  it('keep shoppers, sellers, guests and server keys out of all of it', async () => {
    const tokens = [
      (await site.guest()).token,
      (await site.signIn('u1')).token,
      (await site.signIn('shop', { role: 'seller' })).token,
    ]
    for (const token of tokens) {
      for (const path of ['me', 'people', 'install', 'audit', 'chats', 'sessions', 'sellers', 'wizard'])
        expect((await worker.call(`/v1/admin/${path}`, { token })).body.code, path).toBe('forbidden')
    }
    expect((await worker.call('/v1/admin/install', { origin: null, token: site.server.secret })).status).toBe(401)
  })

  it('refuse a token of staff that comes from a storefront', async () => {
    for (const path of ['/v1/admin/me', '/v1/admin/install', '/v1/settings'])
      expect((await owner.call(path, { origin: SHOP })).body.code, path).toBe('origin_refused')
  })

  it('are changed by those above, end the sessions that had the old one, and are in the log', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    expect((await admin.call(`/v1/admin/people/${owner.id}`, put({ role: 'analyst' }))).body.code).toBe('forbidden')
    expect((await admin.call(`/v1/admin/people/${admin.id}`, put({ role: 'owner' }))).body.code).toBe('forbidden')
    expect((await owner.call(`/v1/admin/people/${admin.id}`, put({ role: 'analyst' }))).status).toBe(204)
    expect((await admin.call('/v1/admin/me')).body.code).toBe('session_ended')
    expect(await auditOf(worker, site.id)).toContainEqual(
      expect.objectContaining({
        action: 'person.role_changed',
        subject: admin.id,
        from_value: '"admin"',
        to_value: '"analyst"',
      }),
    )
    const { challenge, code } = await askForCode(worker, site.id, admin.email)
    const again = await hosted(worker, '/v1/sign-in/code', { body: { site: site.id, challenge, code } })
    expect(again.body.user.role).toBe('analyst')
  })

  it('leave a site no day without an owner, whatever happens at once', async () => {
    const gone = (who: Staff, whom: Staff) => who.call(`/v1/admin/people/${whom.id}`, remove)
    expect((await gone(owner, owner)).body.code).toBe('last_owner')
    expect((await owner.call(`/v1/admin/people/${owner.id}`, put({ role: 'admin' }))).body.code).toBe('last_owner')
    await invite(owner, 'owner', 'never-came@shop.example')
    expect((await gone(owner, owner)).body.code).toBe('last_owner')
    const second = await openInvited(worker, site, owner, 'owner', 'two@shop.example')
    await Promise.all([gone(owner, second), gone(second, owner), gone(owner, owner), gone(second, second)])
    const left = await row(
      "SELECT count(*) n FROM staff WHERE site = ? AND role = 'owner' AND joined_at IS NOT NULL",
      site.id,
    )
    expect(left.n).toBe(1)
  })

  it('end with removal: session, link and code', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    const asked = await askForCode(worker, site.id, admin.email)
    expect((await owner.call(`/v1/admin/people/${admin.id}`, remove)).status).toBe(204)
    expect((await admin.call('/v1/settings')).body.code).toBe('session_ended')
    const late = { site: site.id, challenge: asked.challenge, code: asked.code }
    expect((await hosted(worker, '/v1/sign-in/code', { body: late })).body.code).toBe('code_invalid')
    expect((await owner.call(`/v1/admin/people/${admin.id}`, remove)).status).toBe(404)
  })

  it.each([
    ['removal', remove],
    ['change', put({ role: 'analyst' })],
  ])('go with their sessions or not at all: a %s that is cut off leaves both', async (_, options) => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    await worker.env.DB.prepare(
      `CREATE TRIGGER cut_off BEFORE UPDATE OF revoked_at ON sessions WHEN NEW.user = '${admin.id}'
       BEGIN SELECT RAISE(ABORT, 'cut off'); END`,
    ).run()
    const cutOff = await owner.call(`/v1/admin/people/${admin.id}`, options)
    await worker.env.DB.prepare('DROP TRIGGER cut_off').run()
    expect(cutOff.status).toBe(500)
    expect(await row('SELECT role FROM staff WHERE user = ?', admin.id)).toEqual({ role: 'admin' })
    expect((await owner.call(`/v1/admin/people/${admin.id}`, options)).status).toBe(204)
    expect((await admin.call('/v1/admin/me')).body.code).toBe('session_ended')
  })

  it('that are taken away take the address from whom mails also tell', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    const { body } = await owner.call('/v1/settings')
    const settings = { notifications: { newMessage: { admins: 'ada@shop.example, bob@shop.example' } } }
    expect((await owner.call('/v1/settings', put({ version: body.version, settings }))).status).toBe(200)
    expect((await owner.call(`/v1/admin/people/${admin.id}`, remove)).status).toBe(204)
    const now = (await owner.call('/v1/settings')).body
    expect(now.settings.notifications.newMessage.admins).toBe('bob@shop.example')
    expect(now.version).toBe(body.version + 1)
  })

  it('of another site reach nothing here', async () => {
    const other = await createSite(worker)
    const stranger = await openOwner(worker, other)
    expect((await stranger.call(`/v1/admin/people/${owner.id}`, remove)).status).toBe(404)
    expect((await stranger.call(`/v1/admin/sessions/${owner.sid}`, remove)).status).toBe(404)
    expect((await stranger.call(`/v1/admin/keys/${site.server.id}`, remove)).status).toBe(404)
    expect((await owner.call('/v1/admin/me')).status).toBe(200)
  })
})

describe('stepping up', () => {
  const GUARDED: [string, object][] = [
    ['/v1/admin/keys', { body: { use: 'server' } }],
    ['/v1/admin/keys/key_0000000000000000', remove],
    ['/v1/admin/origins', put({ origin: 'https://new.example' })],
    ['/v1/admin/origins?origin=https%3A%2F%2Fnew.example', remove],
    ['/v1/admin/hooks', { body: { source: 'woocommerce' } }],
    ['/v1/admin/sweep', remove],
    ['/v1/admin/people', { body: { role: 'analyst', email: 'x@y.example' } }],
    ['/v1/admin/me', put({ email: 'other@shop.example' })],
    ['/v1/passkeys/options', { method: 'POST' }],
  ]

  it.each(GUARDED)('is asked of %s once ten minutes have passed', async (path, options) => {
    expect((await owner.call(path, options)).body?.code).not.toBe('step_up_required')
    await ageProof(worker, owner)
    expect((await owner.call(path, options)).body.code).toBe('step_up_required')
  })

  it('works with a fresh code to one’s own address', async () => {
    await ageProof(worker, owner)
    const asked = await owner.call('/v1/admin/step-up/code', { method: 'POST' })
    const code = await codeFor(worker, owner.email)
    const wrong = await owner.call('/v1/admin/step-up', {
      body: { challenge: asked.body.challenge, code: code === '000000' ? '1' : '000000' },
    })
    expect(wrong.status).toBe(401)
    const done = await owner.call('/v1/admin/step-up', { body: { challenge: asked.body.challenge, code } })
    expect(done).toMatchObject({ status: 200, body: { until: expect.any(Number) } })
    expect((await owner.call('/v1/admin/me')).body.steppedUpUntil).toBe(done.body.until)
    expect((await owner.call('/v1/admin/keys', { body: { use: 'server' } })).status).toBe(201)
  })

  it('takes nobody else’s code, and no code to sign in with', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    await ageProof(worker, owner)
    const theirs = await admin.call('/v1/admin/step-up/code', { method: 'POST' })
    const stolen = { challenge: theirs.body.challenge, code: await codeFor(worker, admin.email) }
    expect((await owner.call('/v1/admin/step-up', { body: stolen })).body.code).toBe('code_invalid')
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    expect((await owner.call('/v1/admin/step-up', { body: { challenge, code } })).body.code).toBe('code_invalid')
  })

  it('takes a fresh assertion where the shop signs its admins in', async () => {
    const admin = await openAsserted(worker, site, 'admin', 'boss')
    expect((await admin.call('/v1/admin/me')).body).toMatchObject({ role: 'admin', stepUp: ['assertion'] })
    await ageProof(worker, admin)
    const use = (assertion: string) => admin.call('/v1/admin/step-up', { body: { assertion } })
    expect((await use(staffAssertion(site, 'admin', 'somebody-else'))).body.code).toBe('assertion_invalid')
    expect((await use(staffAssertion(site, 'analyst', 'boss'))).body.code).toBe('assertion_invalid')
    expect((await use('nonsense')).body.code).toBe('assertion_invalid')
    expect((await use(staffAssertion(site, 'admin', 'boss'))).status).toBe(200)
    expect((await admin.call('/v1/admin/keys', { body: { use: 'server' } })).status).toBe(201)
  })
})

describe('sessions of staff', () => {
  it('are listed with the device, and can be ended', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    const { challenge, code } = await askForCode(worker, site.id, owner.email)
    const agent = 'Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'
    await hosted(worker, '/v1/sign-in/code', {
      body: { site: site.id, challenge, code },
      headers: { 'User-Agent': agent },
    })
    const { sessions } = (await owner.call('/v1/admin/sessions')).body
    expect(sessions).toHaveLength(3)
    expect(sessions.filter(({ current }: any) => current).map(({ id }: any) => id)).toEqual([owner.sid])
    expect(sessions).toContainEqual(
      expect.objectContaining({ user: owner.id, device: 'Firefox on Windows', openedBy: 'code', current: false }),
    )
    expect((await owner.call(`/v1/admin/sessions/${admin.sid}`, remove)).status).toBe(204)
    expect((await admin.call('/v1/admin/me')).body.code).toBe('session_ended')
    expect(await auditOf(worker, site.id)).toContainEqual(
      expect.objectContaining({ action: 'session.ended', actor: owner.id, subject: admin.id }),
    )
  })

  it('of others are seen by owners and admins; an owner’s are ended by owners', async () => {
    const analyst = await openInvited(worker, site, owner, 'analyst', 'ana@shop.example')
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    expect((await analyst.call('/v1/admin/sessions')).body.sessions).toHaveLength(1)
    expect((await analyst.call(`/v1/admin/sessions/${admin.sid}`, remove)).status).toBe(404)
    expect((await admin.call('/v1/admin/sessions')).body.sessions).toHaveLength(3)
    expect((await admin.call(`/v1/admin/sessions/${owner.sid}`, remove)).status).toBe(404)
    expect((await admin.call(`/v1/admin/sessions/${analyst.sid}`, remove)).status).toBe(204)
  })

  it('that were ended in the middle of an edit change nothing more', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    await owner.call(`/v1/admin/sessions/${admin.sid}`, remove)
    const save = await admin.call('/v1/settings', put({ version: 1, settings: { brand: { theme: 'dark' } } }))
    expect(save).toMatchObject({ status: 401, body: { code: 'session_ended' } })
    expect((await owner.call('/v1/settings')).body.version).toBe(1)
  })
})

describe('my own page', () => {
  it('changes name and address, and codes go to the new one', async () => {
    const { status, body } = await owner.call('/v1/admin/me', put({ name: 'Olga Two', email: 'new@shop.example' }))
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { name: 'Olga Two', email: 'new@shop.example', stepUp: ['code'] },
    })
    expect((await askForCode(worker, site.id, 'new@shop.example')).code).toMatch(/\d{6}/)
    await hosted(worker, '/v1/sign-in/codes', { body: { site: site.id, door: 'admin', email: owner.email } })
    expect(await codeFor(worker, owner.email, 4)).toBeNull()
  })

  it('takes no address that is somebody else’s', async () => {
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    expect((await owner.call('/v1/admin/me', put({ email: admin.email.toUpperCase() }))).body.code).toBe(
      'already_exists',
    )
  })

  it('is the shop’s to change for those whom it signs in', async () => {
    const admin = await openAsserted(worker, site, 'admin')
    expect((await admin.call('/v1/admin/me', put({ name: 'Me' }))).body.code).toBe('forbidden')
    expect((await owner.call('/v1/admin/people')).body.people).toContainEqual(
      expect.objectContaining({ user: admin.id, via: 'shop', role: 'admin' }),
    )
  })
})

it('closes the sockets of a seller who is taken off the last desk', async () => {
  const added = await owner.call('/v1/admin/sellers/shop/members', { body: { email: 'sam@desk.example' } })
  const { body } = await enter(added.body.link, SHOP)
  const socket = await openSocket(worker.url, body.token)
  expect((await owner.call(`/v1/admin/sellers/shop/members/${body.user.id}`, remove)).status).toBe(204)
  expect((await socket.closed).code).toBe(4401)
  expect((await worker.call('/v1/me', { token: body.token })).body.code).toBe('session_ended')
})

it('never shows the operator’s or anybody’s secrets in the log', async () => {
  const secrets = [
    (await owner.call('/v1/admin/keys', { body: { use: 'server' } })).body.secret,
    (await owner.call('/v1/admin/hooks', { body: { source: 'woocommerce' } })).body.secret,
  ]
  const sweep = { url: 'https://wool.example', key: `ck_${'a'.repeat(40)}`, secret: `cs_${'b'.repeat(40)}` }
  await owner.call('/v1/admin/sweep', put(sweep))
  await operate(worker, `/sites/${site.id}/keys`, { body: { use: 'identity' } })
  const { body } = await owner.call('/v1/admin/audit?limit=200')
  expect(body.entries.map(({ action }: any) => action)).toEqual(
    expect.arrayContaining(['key.added', 'sweep.set', 'person.joined']),
  )
  const text = JSON.stringify(body)
  for (const secret of [...secrets, sweep.key, sweep.secret]) expect(text).not.toContain(secret)
})

it('answers an embedded panel from an admin origin alone', async () => {
  const admin = await openAsserted(worker, site, 'admin')
  expect((await admin.call('/v1/admin/install')).status).toBe(200)
  expect((await admin.call('/v1/admin/install', { origin: SHOP })).body.code).toBe('origin_refused')
  const assertion = staffAssertion(site, 'admin', 'boss')
  expect((await site.open({ assertion })).body.code).toBe('origin_refused')
  expect((await site.open({ assertion }, { origin: OFFICE })).status).toBe(201)
})
