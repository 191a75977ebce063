import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type AuthenticatorFaults, makeAuthenticator } from '../support/authenticator.ts'
import { createSite, type MadeSite } from '../support/identity.ts'
import { ageProof, auditOf, hosted, OFFICE, openAsserted, openOwner, type Staff } from '../support/staff.ts'
import { SHOP, startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite
let owner: Staff
let device: ReturnType<typeof makeAuthenticator>
beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())
beforeEach(async () => {
  site = await createSite(worker)
  owner = await openOwner(worker, site)
  device = makeAuthenticator(worker.url)
})

async function register(who = owner, faults: AuthenticatorFaults = {}, name = 'Laptop') {
  const { body } = await who.call('/v1/passkeys/options', { method: 'POST' })
  return who.call('/v1/passkeys', {
    body: { challenge: body.challenge, name, passkey: device.create(body.options, faults) },
  })
}
async function signIn(faults: AuthenticatorFaults = {}, more: object = {}, of = site) {
  const { body } = await hosted(worker, '/v1/sign-in/passkey/options', { body: { site: of.id } })
  const passkey = device.get(body.options, faults)
  const answer = { site: of.id, door: 'admin', challenge: body.challenge, passkey, ...more }
  return { answer, ...(await hosted(worker, '/v1/sign-in/passkey', { body: answer })) }
}

describe('a passkey', () => {
  it('is added, signs in without an address, and is listed with its last use', async () => {
    const added = await register()
    expect(added).toMatchObject({ status: 201, body: { passkeys: [{ id: device.id, name: 'Laptop', usedAt: null }] } })
    const opened = await signIn()
    expect(opened.status).toBe(201)
    expect(opened.body.user).toMatchObject({ id: owner.id, role: 'owner' })
    expect((await owner.call('/v1/passkeys')).body.passkeys).toMatchObject([{ usedAt: expect.any(Number) }])
    expect((await owner.call('/v1/admin/me')).body).toMatchObject({ passkeys: 1, stepUp: ['passkey'] })
    expect((await auditOf(worker, site.id)).map(({ action }) => action)).toContain('passkey.added')
  })

  it('signs in once with each challenge', async () => {
    await register()
    const { answer, status } = await signIn()
    expect(status).toBe(201)
    expect((await hosted(worker, '/v1/sign-in/passkey', { body: answer })).body.code).toBe('passkey_invalid')
  })

  it.each<[string, AuthenticatorFaults]>([
    ['made on another page', { origin: 'https://evil.example' }],
    ['of another host', { rpId: 'evil.example' }],
    ['without finger or PIN', { verified: false }],
    ['of another challenge', { challenge: 'AAAAAAAAAAAAAAAAAAAAAA' }],
    ['signed with another key', { forged: true }],
  ])('%s is refused', async (_, faults) => {
    if (!faults.forged) expect((await register(owner, faults)).body.code).toBe('passkey_invalid')
    await register()
    expect((await signIn(faults)).body.code).toBe('passkey_invalid')
    expect((await signIn()).status).toBe(201)
  })

  it('whose counter does not rise is a copy, and is refused', async () => {
    await register()
    expect((await signIn()).status).toBe(201)
    expect((await signIn({ stuck: true })).body.code).toBe('passkey_invalid')
  })

  it('opens no other door, no other site, and nothing once its person is gone', async () => {
    await register()
    expect((await signIn({}, { door: 'inbox' })).body.code).toBe('passkey_invalid')
    const other = await createSite(worker)
    expect((await signIn({}, {}, other)).body.code).toBe('passkey_invalid')
    await worker.env.DB.prepare('DELETE FROM staff WHERE site = ?').bind(site.id).run()
    expect((await signIn()).body.code).toBe('passkey_invalid')
  })

  it('shows that it is still the same person, and nobody else', async () => {
    await register()
    await ageProof(worker, owner)
    const begin = () => owner.call('/v1/admin/step-up/passkey', { method: 'POST' })
    const first = (await begin()).body
    const stranger = makeAuthenticator(worker.url)
    const theirs = { challenge: first.challenge, passkey: stranger.get(first.options) }
    expect((await owner.call('/v1/admin/step-up', { body: theirs })).body.code).toBe('passkey_invalid')
    const { challenge, options } = (await begin()).body
    expect((await owner.call('/v1/admin/step-up', { body: { challenge, passkey: device.get(options) } })).status).toBe(
      200,
    )
    expect((await owner.call('/v1/admin/keys', { body: { use: 'server' } })).status).toBe(201)
  })

  it('is removed by its owner, and opens nothing from then on', async () => {
    await register()
    const another = await openOwner(worker, await createSite(worker))
    const gone = (who: Staff) => who.call(`/v1/passkeys/${device.id}`, { method: 'DELETE' })
    expect((await gone(another)).status).toBe(404)
    expect((await gone(owner)).status).toBe(204)
    expect((await signIn()).body.code).toBe('passkey_invalid')
    expect((await gone(owner)).status).toBe(404)
  })

  it('is registered once, and twenty at most', async () => {
    await register()
    expect((await register()).body.code).toBe('already_exists')
    for (let n = 1; n < 20; n++) {
      device = makeAuthenticator(worker.url)
      expect((await register()).status).toBe(201)
    }
    device = makeAuthenticator(worker.url)
    expect((await register()).body.code).toBe('already_exists')
  })

  it('belongs to the hosted pages, and to those who sign in there', async () => {
    const admin = await openAsserted(worker, site, 'admin')
    expect((await admin.call('/v1/passkeys/options', { method: 'POST' })).body.code).toBe('origin_refused')
    for (const origin of [SHOP, OFFICE]) {
      const asked = await worker.call('/v1/sign-in/passkey/options', { origin, body: { site: site.id } })
      expect(asked.body.code).toBe('origin_refused')
    }
    const { token } = await site.signIn('u1')
    expect((await hosted(worker, '/v1/passkeys', { token })).body.code).toBe('forbidden')
  })

  it.each([
    ['nothing', {}],
    ['a text', { passkey: 'x' }],
    ['a credential without its parts', { passkey: { id: 'x', rawId: 'x', type: 'public-key', response: {} } }],
  ])('of %s is not understood', async (_, change) => {
    const body = { site: site.id, door: 'admin', challenge: 'chl_AAAAAAAAAAAAAAAA', ...change }
    expect((await hosted(worker, '/v1/sign-in/passkey', { body })).status).toBe(422)
  })
})
