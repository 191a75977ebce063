import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSite, type MadeSite, operate, seconds } from '../support/identity.ts'
import { makeSite } from '../support/site.ts'
import { SHOP, startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: MadeSite

beforeAll(async () => {
  worker = await startWorker()
  site = await createSite(worker)
})
afterAll(() => worker.stop())

const refresh = (refreshToken: string, options = {}) =>
  worker.call('/v1/sessions/refresh', { body: { refreshToken }, ...options })
const me = (token: string) => worker.call('/v1/me', { token })
const sidOf = (refreshToken: string) => refreshToken.split('.')[1]
const run = (sql: string, ...values: unknown[]) =>
  worker.env.DB.prepare(sql)
    .bind(...values)
    .run()
/** Lets time pass for one session: everything in its row happened that much earlier. */
const age = (refreshToken: string, ms: number) =>
  run(
    `UPDATE sessions SET rotated_at = rotated_at - ?2, created_at = created_at - ?2, idle_until = idle_until - ?2,
     ends_at = ends_at - ?2 WHERE id = ?1`,
    sidOf(refreshToken),
    ms,
  )
/** A live socket of this session, and the code it will be closed with. */
async function openSocket(token: string) {
  const socket = new WebSocket(`${worker.url.replace('http', 'ws')}/v1/socket`, {
    protocols: ['shopbell.v1', `token.${token}`],
    headers: { Origin: SHOP },
  } as never)
  const closed = new Promise<number>((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  return { socket, closed }
}
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('a request for a session', () => {
  it('to an unknown site or from an unlisted origin is refused before all else', async () => {
    const nowhere = { body: { site: 'site_AAAAAAAAAAAAAAAAAAAAAA', assertion: 'nonsense', unknown: 1 } }
    expect((await worker.call('/v1/sessions', nowhere)).body.code).toBe('site_unknown')
    const other = await createSite(worker, ['https://other.example'])
    const elsewhere = { origin: 'https://other.example' }
    const bad = { site: site.id, assertion: 'nonsense', unknown: 1 }
    expect((await worker.call('/v1/sessions', { body: bad, ...elsewhere })).body.code).toBe('origin_refused')
    expect((await other.open({}, { origin: null })).body.code).toBe('origin_refused')
  })

  it.each([
    ['no JSON', '{', 400],
    ['a list', [], 403],
    ['no site', {}, 403],
    ['a site of a wrong type', { site: 5 }, 403],
  ])('with %s is refused', async (_, body, status) => {
    expect((await worker.call('/v1/sessions', { body })).status).toBe(status)
  })

  it('with unknown keys, a wrong type or a form instead of JSON is refused', async () => {
    expect((await site.open({ role: 'admin' })).status).toBe(422)
    expect((await site.open({ assertion: 5 })).status).toBe(422)
    expect((await site.open({ guest: { name: 'Ann', role: 'admin' } })).status).toBe(422)
    const headers = { 'Content-Type': 'text/plain' }
    expect((await site.open({}, { headers })).body.code).toBe('not_json_type')
  })
})

describe('refreshing', () => {
  it('gives a new pair, as often as the client comes back', async () => {
    const first = await site.guest()
    const second = await refresh(first.refreshToken)
    expect(second.status).toBe(200)
    expect(second.body.user).toEqual(first.user)
    expect(second.body.refreshToken).not.toBe(first.refreshToken)
    const third = await refresh(second.body.refreshToken)
    expect((await me(third.body.token)).status).toBe(200)
    expect(second.body.expiresAt - Date.now()).toBeGreaterThan(14 * MINUTE)
  })

  it('in two tabs at once leaves both with a pair that goes on working', async () => {
    for (let round = 0; round < 5; round++) {
      const opened = await site.signIn(`tabs-${round}`)
      const tabs = await Promise.all(Array.from({ length: 6 }, () => refresh(opened.refreshToken)))
      expect(tabs.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
      const again = await Promise.all(tabs.map(({ body }) => refresh(body.refreshToken)))
      expect(again.every(({ status }) => status === 200)).toBe(true)
      expect((await me(again[5]?.body.token)).status).toBe(200)
    }
  })

  it('after a lost answer works for a minute with the token before', async () => {
    const opened = await site.signIn('lost')
    await refresh(opened.refreshToken)
    await age(opened.refreshToken, 50_000)
    expect((await refresh(opened.refreshToken)).status).toBe(200)
  })

  it('with a token replaced more than a minute ago ends the session for everybody', async () => {
    const opened = await site.signIn('stolen')
    const next = await refresh(opened.refreshToken)
    await age(opened.refreshToken, 61_000)
    expect((await refresh(opened.refreshToken)).body.code).toBe('session_ended')
    expect((await refresh(next.body.refreshToken)).body.code).toBe('session_ended')
    expect((await me(next.body.token)).body.code).toBe('session_ended')
  })

  it('with a token older than the one before ends the session at once', async () => {
    const opened = await site.signIn('older')
    const next = await refresh(opened.refreshToken)
    const third = await refresh(next.body.refreshToken)
    expect((await refresh(opened.refreshToken)).status).toBe(401)
    expect((await refresh(third.body.refreshToken)).status).toBe(401)
  })

  it('a guest’s token after a lost answer works until the next one was used', async () => {
    const guest = await site.guest()
    const lost = await refresh(guest.refreshToken)
    await age(guest.refreshToken, 5 * DAY)
    expect((await refresh(guest.refreshToken)).body.refreshToken).toBe(lost.body.refreshToken)
    await refresh(lost.body.refreshToken)
    expect((await refresh(guest.refreshToken)).status).toBe(401)
  })

  it('ends for signed-in people after 12 h in all', async () => {
    const opened = await site.signIn('day')
    await age(opened.refreshToken, 12 * HOUR - MINUTE)
    const late = await refresh(opened.refreshToken)
    expect(late.status).toBe(200)
    await age(opened.refreshToken, MINUTE)
    expect((await refresh(late.body.refreshToken)).body.code).toBe('session_ended')
  })

  it('ends for guests after 30 days without a visit, and each visit counts', async () => {
    let { refreshToken } = await site.guest()
    for (let visit = 0; visit < 5; visit++) {
      await age(refreshToken, 29 * DAY)
      const answer = await refresh(refreshToken)
      expect(answer.status).toBe(200)
      refreshToken = answer.body.refreshToken
    }
    await age(refreshToken, 30 * DAY)
    expect((await refresh(refreshToken)).status).toBe(401)
  })

  it('asks for an origin of the session’s own site', async () => {
    await createSite(worker, ['https://third.example'])
    const guest = await site.guest()
    const answer = await refresh(guest.refreshToken, { origin: 'https://third.example' })
    expect(answer.body.code).toBe('origin_refused')
    expect((await refresh(guest.refreshToken, { origin: null })).status).toBe(403)
    expect((await refresh(guest.refreshToken)).status).toBe(200)
  })

  it.each(['x', 'a.b.c', 'site_x.ses_y.z', '..', 'site_AAAAAAAAAAAAAAAAAAAAAA.ses_AAAAAAAAAAAAAAAAAAAAAA.x'])(
    'with %s is a session that ended',
    async (token) => {
      expect((await refresh(token)).body.code).toBe('session_ended')
    },
  )

  it('with another session’s secret does not work, and with the site’s name exchanged neither', async () => {
    const [mine, theirs] = [await site.guest(), await site.guest()]
    const [, sid] = mine.refreshToken.split('.')
    const [, , secret] = theirs.refreshToken.split('.')
    expect((await refresh(`${site.id}.${sid}.${secret}`)).status).toBe(401)
    const other = await createSite(worker)
    const [, hisSid, his] = theirs.refreshToken.split('.')
    expect((await refresh(`${other.id}.${hisSid}.${his}`)).status).toBe(401)
    expect((await refresh(theirs.refreshToken)).status).toBe(200)
  })

  it('keeps only hashes of its tokens', async () => {
    const guest = await site.guest()
    const row = await worker.env.DB.prepare('SELECT * FROM sessions WHERE id = ?')
      .bind(sidOf(guest.refreshToken))
      .first()
    expect(JSON.stringify(row)).not.toContain(guest.refreshToken.split('.')[2])
  })
})

describe('signing out', () => {
  it('ends this session and leaves the person’s others', async () => {
    const [here, there] = [await site.signIn('two'), await site.signIn('two')]
    const out = await worker.call('/v1/sessions/current', { method: 'DELETE', token: here.token })
    expect(out.status).toBe(204)
    expect((await refresh(here.refreshToken)).status).toBe(401)
    expect((await me(here.token)).status).toBe(401)
    expect((await refresh(there.refreshToken)).status).toBe(200)
  })

  it.concurrent('closes the session’s sockets, and no other', async () => {
    const [here, there] = [await site.signIn('socket'), await site.signIn('socket')]
    const [mine, other] = [await openSocket(here.token), await openSocket(there.token)]
    await worker.call('/v1/sessions/current', { method: 'DELETE', token: here.token })
    expect(await mine.closed).toBe(4401)
    expect(other.socket.readyState).toBe(WebSocket.OPEN)
    other.socket.close()
  })

  it.concurrent('happens to everybody whom a revoked key has let in, sockets included', async () => {
    const mine = await createSite(worker)
    const socket = await openSocket((await mine.signIn('a')).token)
    await operate(worker, `/sites/${mine.id}/keys/${mine.identity.id}`, { method: 'DELETE' })
    expect(await socket.closed).toBe(4401)
  })

  it.concurrent('happens to the guest who has signed in as somebody', async () => {
    const guest = await site.guest()
    const socket = await openSocket(guest.token)
    await site.signIn('was-a-guest', {}, { guestToken: guest.refreshToken })
    expect(await socket.closed).toBe(4401)
  })

  it.concurrent('happens to a refresh token’s thief and its owner alike', async () => {
    const opened = await site.signIn('robbed')
    const next = await refresh(opened.refreshToken)
    const socket = await openSocket(next.body.token)
    await refresh(next.body.refreshToken)
    await refresh(opened.refreshToken)
    expect(await socket.closed).toBe(4401)
  })

  it('without a session is refused', async () => {
    expect((await worker.call('/v1/sessions/current', { method: 'DELETE' })).body.code).toBe('session_required')
    expect((await me('nonsense')).status).toBe(401)
  })
})

describe('guests', () => {
  const open = (id: string, guest?: object) => worker.call('/v1/sessions', { body: { site: id, guest } })

  it('come in freely where the site says so, and may give details', async () => {
    const { user } = await site.guest({ name: ' Ann ', email: 'ann@example.com' })
    expect(user).toMatchObject({ role: 'guest', name: 'Ann', email: 'ann@example.com', sellers: [] })
    expect((await site.guest()).user.name).toBeNull()
  })

  it('are refused by a site that admits none: opening, refreshing and every request', async () => {
    const made = await makeSite(worker.env.DB, { guests: { mode: 'none' } })
    const guest = await made.person({ role: 'guest' })
    expect((await open(made.id)).body.code).toBe('guests_refused')
    expect((await me(guest.token)).body.code).toBe('guests_refused')
    const token = `${made.id}.${guest.session}.${'a'.repeat(43)}`
    expect((await refresh(token)).body.code).toBe('guests_refused')
  })

  it('tell a name, or a name and an e-mail, where the site asks', async () => {
    const named = await makeSite(worker.env.DB, { guests: { mode: 'name' } })
    const answer = await open(named.id)
    expect(answer.body).toMatchObject({ code: 'guest_details_required', issues: [{ path: 'guest.name' }] })
    expect((await open(named.id, { name: '   ' })).status).toBe(422)
    expect((await open(named.id, { name: 'Ann' })).status).toBe(201)

    const full = await makeSite(worker.env.DB, { guests: { mode: 'name_email' } })
    const both = (await open(full.id)).body.issues.map(({ path }: { path: string }) => path)
    expect(both).toEqual(['guest.name', 'guest.email'])
    expect((await open(full.id, { name: 'Ann', email: 'no' })).body.code).toBe('invalid')
    expect((await open(full.id, { name: 'Ann', email: 'a@b.example' })).status).toBe(201)
  })

  it('are shed by address when they come in floods, a whole IPv6 network as one', async () => {
    const made = await makeSite(worker.env.DB)
    const from = (address: string) =>
      worker.call('/v1/sessions', { body: { site: made.id }, headers: { 'CF-Connecting-IP': address } })
    const flood = await Promise.all(Array.from({ length: 60 }, (_, i) => from(`2001:db8:1:2::${i.toString(16)}`)))
    const shed = flood.filter(({ status }) => status === 429)
    expect(shed.length).toBeGreaterThan(0)
    expect(shed[0]?.body).toMatchObject({ code: 'guests_limited', retryAfterMs: 60_000 })
    expect(shed[0]?.headers.get('Retry-After')).toBe('60')
    expect((await from('2001:db8:1:3::1')).status).toBe(201)
  })
})

describe('staff', () => {
  const office = { origin: 'https://office.example' }
  const openStaff = async (role = 'admin') => {
    const iat = seconds()
    const claims = { sub: 'boss', role, iat, exp: iat + 60 }
    return (await site.open({ assertion: site.assertion(claims, site.admin) }, office)).body
  }
  const settings = (token: string) => worker.call('/v1/settings', { token, ...office })

  beforeAll(() =>
    operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin: office.origin, use: 'admin' } }),
  )

  it('are held against the session’s row at every request', async () => {
    const admin = await openStaff()
    expect((await settings(admin.token)).status).toBe(200)
    await run('UPDATE sessions SET revoked_at = 1 WHERE id = ?', sidOf(admin.refreshToken))
    expect((await settings(admin.token)).body.code).toBe('session_ended')
  })

  it('are out after 15 minutes without a request, refreshing alone does not count', async () => {
    const admin = await openStaff()
    await age(admin.refreshToken, 14 * MINUTE)
    const kept = await refresh(admin.refreshToken, office)
    expect(kept.status).toBe(200)
    await age(admin.refreshToken, 2 * MINUTE)
    expect((await settings(kept.body.token)).body.code).toBe('session_ended')
    expect((await refresh(kept.body.refreshToken, office)).status).toBe(401)
  })

  it('stay in while they work, for 8 h at most', async () => {
    let { token, refreshToken } = await openStaff()
    for (let quarter = 0; quarter < 34; quarter++) {
      await age(refreshToken, 14 * MINUTE)
      expect((await settings(token)).status).toBe(200)
      const next = await refresh(refreshToken, office)
      token = next.body.token
      refreshToken = next.body.refreshToken
    }
    await age(refreshToken, 14 * MINUTE)
    expect((await settings(token)).body.code).toBe('session_ended')
  })

  it('write their use down at most once a minute', async () => {
    const admin = await openStaff()
    const idle = () =>
      worker.env.DB.prepare('SELECT idle_until FROM sessions WHERE id = ?')
        .bind(sidOf(admin.refreshToken))
        .first('idle_until')
    const before = await idle()
    await settings(admin.token)
    expect(await idle()).toBe(before)
    await age(admin.refreshToken, 61_000)
    await settings(admin.token)
    expect(await idle()).toBeGreaterThan(Number(before) - 61_000)
  })

  it('are let in by their role only, and never from a shop’s page', async () => {
    const admin = await openStaff()
    expect((await worker.call('/v1/settings', { token: admin.token })).body.code).toBe('origin_refused')
    const analyst = await openStaff('analyst')
    const put = { method: 'PUT', body: { version: 1, settings: {} }, ...office }
    expect((await worker.call('/v1/settings', { token: analyst.token, ...put })).body.code).toBe('forbidden')
    const customer = await site.signIn('plain')
    expect((await worker.call('/v1/settings', { token: customer.token })).status).toBe(403)
  })
})
