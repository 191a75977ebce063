import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makePng, upload } from '../support/files.ts'
import { createSite, type MadeSite, operate } from '../support/identity.ts'
import { openSocket } from '../support/socket.ts'
import { auditOf, openInvited, openOwner, type Staff } from '../support/staff.ts'
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
const server = (path: string, body: object) =>
  worker.call(path, { method: 'PUT', origin: null, token: site.server.secret, body })
const id = (n: number) => `m${String(n).padStart(9, '0')}`

async function chatAbout(thing: string, who: { token: string }, text = 'Is it blue?') {
  const message = { clientId: id(Math.floor(Math.random() * 1e9)), body: text }
  const { status, body } = await worker.call('/v1/chats', {
    token: who.token,
    body: { context: { type: 'product', id: thing }, message },
  })
  if (status !== 201) throw new Error(`No chat: ${JSON.stringify(body)}`)
  return body.chat
}

describe('installing', () => {
  const install = async () => (await owner.call('/v1/admin/install')).body

  it('shows the tag to paste, keys without their secrets, origins and hooks', async () => {
    const page = await install()
    expect(page.tag).toBe(`<script src="${worker.url}/shopbell.js" data-site="${site.id}" async></script>`)
    expect(page.keys.map(({ use }: any) => use).sort()).toEqual(['admin', 'identity', 'server'])
    expect(page.origins).toMatchObject([{ origin: SHOP, use: 'shop' }])
    expect(page.hooks).toMatchObject([
      { source: 'woocommerce', url: `${worker.url}/v1/hooks/woocommerce/${site.id}` },
      {},
    ])
    for (const { secret } of [site.identity, site.admin, site.server])
      expect(JSON.stringify(page)).not.toContain(secret)
  })

  it('rotates a key: the new one works beside the old, the revoked one never again', async () => {
    const made = (await owner.call('/v1/admin/keys', { body: { use: 'server' } })).body
    const use = (token: string) => worker.call('/v1/settings', { origin: null, token })
    expect([(await use(made.secret)).status, (await use(site.server.secret)).status]).toEqual([200, 200])
    expect((await owner.call('/v1/admin/keys', { body: { use: 'server' } })).body.code).toBe('already_exists')
    expect((await owner.call(`/v1/admin/keys/${site.server.id}`, remove)).status).toBe(204)
    expect([(await use(made.secret)).status, (await use(site.server.secret)).status]).toEqual([200, 401])
    const log = await auditOf(worker, site.id)
    expect(log.filter(({ subject }) => subject === site.server.id)).toMatchObject([
      { action: 'key.revoked', actor: owner.id },
    ])
    expect(log.filter(({ action }) => action === 'key.added')).toMatchObject([{ subject: made.id, field: 'server' }])
  })

  it('lets an origin in and out, and writes down only what changed', async () => {
    const origin = 'https://second.example'
    const enter = () => worker.call('/v1/sessions', { origin, body: { site: site.id } })
    expect((await enter()).status).toBe(403)
    for (let n = 0; n < 2; n++) expect((await owner.call('/v1/admin/origins', put({ origin }))).status).toBe(204)
    expect((await enter()).status).toBe(201)
    await owner.call(`/v1/admin/origins?origin=${encodeURIComponent(origin)}`, remove)
    expect((await enter()).status).toBe(403)
    const log = (await auditOf(worker, site.id)).filter(({ subject }) => subject === origin)
    expect(log.map(({ action }) => action)).toEqual(['origin.added', 'origin.removed'])
  })

  it.each([
    'javascript:alert(1)',
    'ftp://x.example',
    'https://x.example/path',
    'https://*.example',
    'https://a@x.example',
    '<b>',
    'x'.repeat(400),
  ])('refuses %s as an origin', async (origin) => {
    expect((await owner.call('/v1/admin/origins', put({ origin }))).status).toBe(422)
  })

  it('makes a secret for webhooks, which are taken from then on', async () => {
    const made = (await owner.call('/v1/admin/hooks', { body: { source: 'woocommerce' } })).body
    expect(made).toMatchObject({ source: 'woocommerce', secret: expect.any(String) })
    expect((await install()).hooks[0]).toMatchObject({ keys: [{ id: made.id }], lastAt: null })
  })

  it.each([
    ['__proto__', '{"use":"server","__proto__":{"x":1}}'],
    ['an unknown key', '{"use":"server","x":1}'],
    ['a wrong type', '{"use":5}'],
    ['no object', '[]'],
  ])('refuses %s', async (_, body) => {
    expect((await owner.call('/v1/admin/keys', { body })).status).toBe(422)
  })

  it('refuses a megabyte', async () => {
    expect((await owner.call('/v1/admin/sellers', { body: { name: 'x'.repeat(1_000_000) } })).body.code).toBe(
      'body_too_large',
    )
  })
})

describe('the wizard', () => {
  it('remembers its step, opens the settings once skipped or done, and closes nothing when run again', async () => {
    const wizard = async () => (await owner.call('/v1/admin/wizard')).body
    expect(await wizard()).toEqual({ state: 'new', step: 'shop', settingsOpen: false })
    await owner.call('/v1/admin/wizard', put({ state: 'running', step: 'sellers' }))
    expect(await wizard()).toEqual({ state: 'running', step: 'sellers', settingsOpen: false })
    await owner.call('/v1/admin/wizard', put({ state: 'completed', step: 'install' }))
    await owner.call('/v1/admin/wizard', put({ state: 'running', step: 'shop' }))
    expect(await wizard()).toEqual({ state: 'running', step: 'shop', settingsOpen: true })
    expect((await owner.call('/v1/admin/wizard', put({ state: 'done', step: 'shop' }))).status).toBe(422)
  })
})

describe('desks', () => {
  const desks = async (query = '') => (await owner.call(`/v1/admin/sellers${query}`)).body

  it('are added by name, changed, and made the default', async () => {
    const { body } = await owner.call('/v1/admin/sellers', { body: { name: 'Wool & Co', id: '7' } })
    expect(body.desk).toEqual({
      id: '7',
      name: 'Wool & Co',
      picture: null,
      isDefault: false,
      isFresh: true,
      members: [],
    })
    expect((await owner.call('/v1/admin/sellers', { body: { name: 'Other', id: '7' } })).body.code).toBe(
      'already_exists',
    )
    const change = { name: 'Wool', picture: 'https://x.example/a.png', isDefault: true }
    const changed = await owner.call('/v1/admin/sellers/7', put(change))
    expect(changed.body.desk).toMatchObject({ name: 'Wool', picture: 'https://x.example/a.png', isDefault: true })
    expect((await desks()).defaultSeller).toBe('7')
    const log = (await auditOf(worker, site.id)).filter(({ subject }) => subject === '7')
    expect(log.map(({ action, field }) => [action, field])).toEqual([
      ['seller.added', null],
      ['seller.changed', 'name'],
      ['seller.changed', 'picture'],
      ['seller.made_default', null],
    ])
  })

  it('get an id of their name where none is given, and another vendor’s while nothing hangs on it', async () => {
    const made = (await owner.call('/v1/admin/sellers', { body: { name: 'Käse & Öl' } })).body.desk
    expect(made.id).toMatch(/^kase-ol-/)
    const mapped = await owner.call(`/v1/admin/sellers/${made.id}`, put({ id: '12' }))
    expect(mapped.body.desk).toMatchObject({ id: '12', name: 'Käse & Öl' })
    await server('/v1/catalog/products', { products: [{ id: '1', title: 'Cheese', seller: '12' }] })
    expect((await owner.call('/v1/admin/sellers/12', put({ id: '13' }))).body.code).toBe('already_exists')
    expect((await desks('?q=öl')).desks).toMatchObject([{ id: '12', isFresh: false }])
    const site1 = await owner.call('/v1/admin/sellers/shop', put({ id: 'main' }))
    expect(site1.body.desk).toMatchObject({ id: 'main', isDefault: true })
  })

  it('are paged by name', async () => {
    const sellers = Array.from({ length: 120 }, (_, n) => ({ id: `d${n}`, name: `Desk ${n % 40}`, members: [] }))
    await server('/v1/sellers', { sellers })
    const seen: string[] = []
    for (let after: string | null = ''; after !== null; ) {
      const page: any = await desks(after ? `?after=${encodeURIComponent(after)}` : '')
      seen.push(...page.desks.map((desk: any) => desk.id))
      after = page.next
    }
    expect(seen).toHaveLength(121)
    expect(new Set(seen).size).toBe(121)
    expect((await owner.call('/v1/admin/sellers?after=nonsense')).status).toBe(422)
  })

  it('are answered by people of the shop and by people invited by mail', async () => {
    const joined = await owner.call('/v1/admin/sellers/shop/members', { body: { shopId: '55' } })
    expect(joined).toMatchObject({ status: 201, body: { link: null, mailed: false } })
    const seller = await site.signIn('55', { role: 'seller' })
    expect(seller.user).toMatchObject({ id: joined.body.member, sellers: [{ id: 'shop' }] })
    const invited = await owner.call('/v1/admin/sellers/shop/members', {
      body: { email: 'sam@desk.example', name: 'Sam' },
    })
    expect(invited.body).toMatchObject({ mailed: true, link: expect.stringContaining('/inbox?site=') })
    const link = invited.body.link.split('#invite=')[1]
    await site.open({ link })
    const again = await owner.call('/v1/admin/sellers/shop/members', { body: { email: 'sam@desk.example' } })
    expect(again.body).toMatchObject({ member: invited.body.member, link: null, mailed: true })
    expect((await desks()).desks[0].members).toMatchObject([{ shopId: '55' }, { email: 'sam@desk.example' }])
    expect(JSON.stringify(await auditOf(worker, site.id))).not.toContain('sam@desk.example')
  })

  it('take somebody known without a link where no mail can be sent: the link would be another’s way in', async () => {
    const silent = await startWorker()
    const there = await createSite(silent)
    const boss = await openOwner(silent, there)
    await boss.call('/v1/admin/sellers', { body: { name: 'Wool', id: '7' } })
    const invite = (seller: string) =>
      boss.call(`/v1/admin/sellers/${seller}/members`, { body: { email: 'sam@desk.example' } })
    const first = await invite('shop')
    expect(first.body).toMatchObject({ mailed: false, link: expect.any(String) })
    await there.open({ link: first.body.link.split('#invite=')[1] })
    for (let i = 0; i < 2; i++) {
      const next = await invite('7')
      expect(next.status).toBe(201)
      expect(next.body).toEqual({ member: first.body.member, link: null, expiresAt: null, mailed: false })
    }
    const page = (await boss.call('/v1/admin/sellers')).body
    expect(page.desks.map(({ members }: any) => members.length)).toEqual([1, 1])
  })

  it('take fifty people and no more, however they come', async () => {
    const members = Array.from({ length: 50 }, (_, n) => `s${n}`)
    await server('/v1/sellers', { sellers: [{ id: 'full', name: 'Full', members }] })
    const late = await site.signIn('late', { role: 'seller', sellers: ['full', 'shop'] })
    expect(late.user.sellers).toEqual([{ id: 'shop', name: expect.any(String) }])
    const refused = await owner.call('/v1/admin/sellers/full/members', { body: { shopId: 'later' } })
    expect(refused.body.code).toBe('too_many')
    await server('/v1/sellers', { sellers: [{ id: 'full', name: 'Full', members: ['late'] }] })
    expect((await site.signIn('late', { role: 'seller' })).user.sellers.map(({ id }: any) => id)).toEqual([
      'full',
      'shop',
    ])
  })

  it('lose nobody and get nobody back when several come and go at once', async () => {
    const ids = (letter: string) => Array.from({ length: 8 }, (_, n) => `${letter}${n}`)
    await server('/v1/sellers', { sellers: [{ id: 'busy', name: 'Busy', members: ids('old') }] })
    const members = async () => (await desks('?q=busy')).desks[0].members as { user: string; shopId: string }[]
    await server('/v1/catalog/products', { products: [{ id: 'wool', title: 'Wool', seller: 'busy' }] })
    const chat = await chatAbout('wool', await site.guest())
    const path = '/v1/admin/sellers/busy/members'
    const answers = await Promise.all([
      ...(await members()).map(({ user }) => owner.call(`${path}/${user}`, remove)),
      ...ids('new').map((shopId) => owner.call(path, { body: { shopId } })),
    ])
    expect(answers.map(({ status }) => status)).toEqual([...ids('old').map(() => 204), ...ids('new').map(() => 201)])
    expect((await members()).map(({ shopId }) => shopId).sort()).toEqual(ids('new'))
    const { results } = await worker.env.DB.prepare(
      "SELECT user FROM participants WHERE chat = ? AND side = 'seller' AND left_n IS NULL ORDER BY user",
    )
      .bind(chat.id)
      .all<{ user: string }>()
    expect(results.map(({ user }) => user)).toEqual((await members()).map(({ user }) => user).sort())
  })

  it('that are not there are not found', async () => {
    expect((await owner.call('/v1/admin/sellers/nobody', put({ name: 'X' }))).status).toBe(404)
    expect((await owner.call('/v1/admin/sellers/nobody/members', { body: { shopId: '1' } })).status).toBe(404)
    expect((await owner.call('/v1/admin/sellers/shop/members/usr_0000000000', remove)).status).toBe(404)
  })
})

describe('every chat of the site', () => {
  const list = (query = '') => owner.call(`/v1/admin/chats${query}`)

  it('is listed newest first, filtered and found by thing, customer and address, without what was said', async () => {
    await server('/v1/sellers', { sellers: [{ id: '7', name: 'Wool & Co' }] })
    await server('/v1/catalog/products', { products: [{ id: 'p7', title: 'Blue Scarf', seller: '7' }] })
    const zoe = await site.signIn('z', { name: 'Zoë', email: 'zoe@mail.example' })
    const guest = await site.guest()
    const first = await chatAbout('p7', zoe, 'a secret word')
    const second = await chatAbout('p8', guest)
    const all = (await list()).body
    expect(all.chats.map(({ id }: any) => id)).toEqual([second.id, first.id])
    expect(all.chats[1]).toMatchObject({
      thing: { title: 'Blue Scarf' },
      customer: { name: 'Zoë', guest: false },
      seller: { id: '7', name: 'Wool & Co' },
      lastSeq: 1,
    })
    expect(JSON.stringify(all)).not.toContain('secret word')
    for (const q of ['scarf', 'ZOE', 'zoe@mail', 'wool', 'p7'])
      expect(
        (await list(`?q=${q}`)).body.chats.map(({ id }: any) => id),
        q,
      ).toEqual([first.id])
    expect((await list('?q=secret')).body.chats).toEqual([])
    expect((await list('?seller=7')).body.chats).toHaveLength(1)
    expect((await list('?filter=order')).body.chats).toEqual([])
    expect((await list('?state=closed')).body.chats).toEqual([])
  })

  it('is paged without a hole', async () => {
    const { user } = await site.guest()
    await worker.env.DB.prepare(
      `INSERT INTO chats (id, site, customer, seller, context, thing, state, last_seq, last_at, started_by, started_at)
       SELECT 'chat_' || value, ?1, ?2, 'shop', 'product', value, 'open', 1, value / 7, ?2, value
       FROM (SELECT 1000000000 + row_number() OVER () value FROM json_each(?3))`,
    )
      .bind(site.id, user.id, JSON.stringify(Array.from({ length: 60 })))
      .run()
    const first = (await list()).body
    const second = (await list(`?before=${first.next}`)).body
    const ids = [...first.chats, ...second.chats].map(({ id }: any) => id)
    expect([ids.length, new Set(ids).size, second.next]).toEqual([60, 60, null])
    expect((await list('?before=x')).status).toBe(422)
  })

  it('is read by owners and admins, and each look is in the log, once an hour', async () => {
    const chat = await chatAbout('p1', await site.guest())
    const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
    const read = (who: Staff) => who.call(`/v1/admin/chats/${chat.id}/messages`)
    expect((await read(admin)).body.messages).toMatchObject([{ seq: 1, body: 'Is it blue?' }])
    await read(admin)
    await read(owner)
    const log = (await auditOf(worker, site.id)).filter(({ action }) => action === 'chat.read')
    expect(log).toMatchObject([
      { actor: admin.id, role: 'admin', subject: chat.id },
      { actor: owner.id, role: 'owner', subject: chat.id },
    ])
    expect(JSON.stringify(log)).not.toContain('Is it blue')
    expect((await owner.call(`/v1/admin/chats/${chat.id}`)).body.chat).toMatchObject({ id: chat.id, lastSeq: 1 })
  })

  describe('with files', () => {
    const linksOf = (who: Staff, chat: string, ...files: string[]) =>
      who.call(`/v1/admin/chats/${chat}/files/links`, { body: { files } })
    const opens = async (url: string) => (await fetch(worker.url + url)).status

    async function chatWithFile() {
      const guest = await site.guest()
      const file = (await upload(worker, guest.token, makePng(40, 30), { thumbnail: makePng(8, 6) })).body.file.id
      const message = { clientId: id(1), attachments: [file] }
      const start = { context: { type: 'product', id: 'p1' }, message }
      const { body } = await worker.call('/v1/chats', { token: guest.token, body: start })
      return { guest, chat: body.chat.id as string, file: file as string }
    }

    it('gives links to them, for as long as the reader’s session holds, and logs that as a look', async () => {
      const { chat, file } = await chatWithFile()
      const admin = await openInvited(worker, site, owner, 'admin', 'ada@shop.example')
      const { body } = await linksOf(admin, chat, file)
      expect(body.links).toMatchObject([{ file }])
      expect(body.expiresAt - Date.now()).toBeLessThanOrEqual(15 * 60_000)
      const [{ url, thumbnail }] = body.links
      expect(Buffer.from(await (await fetch(worker.url + url)).arrayBuffer())).toEqual(makePng(40, 30))
      expect(await opens(thumbnail)).toBe(200)
      const looks = (await auditOf(worker, site.id)).filter(({ action }) => action === 'chat.read')
      expect(looks).toMatchObject([{ actor: admin.id, role: 'admin', subject: chat }])
      await worker.env.DB.prepare('UPDATE sessions SET idle_until = 1 WHERE id = ?').bind(admin.sid).run()
      expect(await opens(url)).toBe(404)
      const other = (await linksOf(owner, chat, file)).body.links[0].url
      await worker.env.DB.prepare('UPDATE attachments SET removed_at = 1 WHERE id = ?').bind(file).run()
      expect(await opens(other)).toBe(404)
      expect((await linksOf(owner, chat, file)).body.links).toEqual([])
    })

    it('gives none to files of another chat, of another site, or not yet sent', async () => {
      const { chat, file, guest } = await chatWithFile()
      const other = await chatAbout('p2', guest)
      const unsent = (await upload(worker, guest.token, makePng(4, 3))).body.file.id
      expect((await linksOf(owner, other.id, file, unsent)).body.links).toEqual([])
      expect((await linksOf(owner, chat, unsent)).body.links).toEqual([])
      const stranger = await openOwner(worker, await createSite(worker))
      expect((await linksOf(stranger, chat, file)).status).toBe(404)
      expect((await stranger.call('/v1/files/links', { body: { files: [file] } })).body.links).toEqual([])
    })

    it('gives none to an analyst, nor without a look into the chat that is logged', async () => {
      const { chat, file } = await chatWithFile()
      const analyst = await openInvited(worker, site, owner, 'analyst', 'ann@shop.example')
      expect((await linksOf(analyst, chat, file)).body.code).toBe('forbidden')
      expect((await owner.call('/v1/files/links', { body: { files: [file] } })).body.links).toEqual([])
      expect((await auditOf(worker, site.id)).filter(({ action }) => action === 'chat.read')).toEqual([])
    })
  })

  it('of another site is not found, and leaves no trace', async () => {
    const chat = await chatAbout('p1', await site.guest())
    const stranger = await openOwner(worker, await createSite(worker))
    expect((await stranger.call(`/v1/admin/chats/${chat.id}/messages`)).status).toBe(404)
    expect((await stranger.call(`/v1/admin/chats/${chat.id}`)).status).toBe(404)
    expect((await owner.call('/v1/admin/chats/nonsense/messages')).status).toBe(404)
    expect((await auditOf(worker, site.id)).filter(({ action }) => action === 'chat.read')).toEqual([])
  })
})

describe('the log', () => {
  it('is paged newest first, filtered by what and by whom, with names', async () => {
    for (let n = 1; n <= 4; n++) {
      await owner.call('/v1/settings', put({ version: n, settings: { limits: { burstPerChat: n + 1 } } }))
    }
    const page = (query: string) => owner.call(`/v1/admin/audit?${query}`).then(({ body }) => body)
    const first = await page('limit=3&action=settings')
    expect(first.entries.map(({ to }: any) => to)).toEqual([5, 4, 3])
    expect(first.entries[0]).toMatchObject({
      actor: { id: owner.id, role: 'owner', name: 'Olga Owner' },
      action: 'settings.saved',
      field: 'limits.burstPerChat',
      from: 4,
    })
    const rest = await page(`limit=3&action=settings&before=${first.next}`)
    expect([rest.entries.map(({ to }: any) => to), rest.next]).toEqual([[2], null])
    expect((await page(`actor=${site.server.id}`)).entries).toEqual([])
    expect((await page('limit=1&action=key.,settings.')).entries).toMatchObject([{ action: 'settings.saved' }])
    expect((await page('action=key.,chat.read')).entries).toEqual([])
    expect((await owner.call('/v1/admin/audit?limit=1000')).status).toBe(422)
  })

  it('has who blocked a person on the whole site, and who let them write again, once each', async () => {
    const { user } = await site.guest()
    const block = (blocked: boolean, who: string = user.id) => owner.call(`/v1/users/${who}/block`, put({ blocked }))
    for (const blocked of [true, true, false, false]) expect((await block(blocked)).status).toBe(204)
    expect((await block(true, 'usr_nobodynobody')).status).toBe(404)
    const by = { actor: owner.id, role: 'owner', subject: user.id }
    expect((await auditOf(worker, site.id)).filter(({ action }) => /^person\..*blocked/.test(action))).toMatchObject([
      { ...by, action: 'person.blocked' },
      { ...by, action: 'person.unblocked' },
    ])
  })

  it('has how the setup wizard was begun and ended, and not each of its steps', async () => {
    for (const [state, step] of [
      ['running', 'shop'],
      ['running', 'contexts'],
      ['running', 'sellers'],
      ['completed', 'install'],
      ['running', 'shop'],
      ['skipped', 'shop'],
    ])
      expect((await owner.call('/v1/admin/wizard', put({ state, step }))).status).toBe(200)
    const log = (await auditOf(worker, site.id)).filter(({ action }) => action.startsWith('wizard.'))
    expect(log.map(({ action }) => action)).toEqual([
      'wizard.started',
      'wizard.completed',
      'wizard.started',
      'wizard.skipped',
    ])
    expect(log[0]).toMatchObject({ actor: owner.id, role: 'owner' })
  })

  it('has who sent mails again that had failed, and nothing where none had', async () => {
    const retry = (body: object) => owner.call('/v1/notifications/outbox/retry', { body })
    const dead = (...ids: string[]) =>
      worker.env.DB.prepare(
        `INSERT INTO outbox (id, site, kind, recipient, email, payload, state, rank, created_at, due_at, done_at, expires_at)
         SELECT value, ?1, 'invitation', value, 'priya@wool.example', '{}', 'dead', 0, 1, 1, 1, 1 FROM json_each(?2)`,
      )
        .bind(site.id, JSON.stringify(ids))
        .run()
    const ids = [1, 2, 3].map((n) => `mail_${site.id.slice(5, 15)}${n}`)
    await dead(...ids)
    expect((await retry({ ids: [ids[0]] })).body).toEqual({ retried: 1 })
    expect((await retry({ ids: ['mail_of_nobody'] })).body).toEqual({ retried: 0 })
    expect((await retry({})).body).toEqual({ retried: 2 })
    const log = (await auditOf(worker, site.id)).filter(({ action }) => action.startsWith('mail.'))
    expect(log).toMatchObject([
      { actor: owner.id, action: 'mail.retried', subject: ids[0] },
      { actor: owner.id, action: 'mail.all_retried', subject: null },
    ])
    expect(JSON.stringify(log)).not.toContain('priya')
  })

  it('says what the people, chats and desks in it are called now', async () => {
    const { body } = await owner.call('/v1/admin/sellers', { body: { name: 'Oak Works', id: '7' } })
    expect(body.desk.id).toBe('7')
    const added = await owner.call('/v1/admin/sellers/7/members', {
      body: { email: 'cleo@desk.example', name: 'Cleo' },
    })
    const chat = await chatAbout('bowl', await site.guest())
    await owner.call(`/v1/admin/chats/${chat.id}/messages`)
    const page = (await owner.call('/v1/admin/audit')).body
    expect(page.names).toMatchObject({ [added.body.member]: 'Cleo', 7: 'Oak Works', [chat.id]: 'bowl' })
    await worker.env.DB.prepare('UPDATE users SET name = NULL, email = NULL WHERE id = ?').bind(added.body.member).run()
    expect(Object.keys((await owner.call('/v1/admin/audit')).body.names)).not.toContain(added.body.member)
  })

  it('names the operator and the server’s key', async () => {
    await operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin: 'https://new.example' } })
    await server('/v1/settings', { version: 1, settings: { brand: { theme: 'dark' } } })
    const { entries } = (await owner.call('/v1/admin/audit')).body
    expect(entries.slice(0, 2).map(({ actor }: any) => actor)).toEqual([
      { id: site.server.id, role: null, name: null },
      { id: 'operator', role: null, name: null },
    ])
  })
})

describe('a guest from before the shop asked for details', () => {
  it('reads on, and tells them before writing on', async () => {
    const guest = await site.guest()
    const chat = await chatAbout('p1', guest)
    await server('/v1/settings', { version: 1, settings: { guests: { mode: 'name_email' } } })
    const send = () =>
      worker.call(`/v1/chats/${chat.id}/messages`, { token: guest.token, body: { clientId: id(7), body: 'Hello?' } })
    const refused = await send()
    expect(refused).toMatchObject({ status: 422, body: { code: 'guest_details_required' } })
    expect(refused.body.issues.map(({ path }: any) => path)).toEqual(['guest.name', 'guest.email'])
    expect((await worker.call('/v1/chats', { token: guest.token })).status).toBe(200)
    const another = { context: { type: 'product', id: 'p2' } }
    expect((await worker.call('/v1/chats', { token: guest.token, body: another })).body.code).toBe(
      'guest_details_required',
    )
    const tell = (body: object) => worker.call('/v1/me', { ...put(body), token: guest.token })
    expect((await tell({ name: 'Gus' })).body).toMatchObject({ name: 'Gus', email: null })
    expect((await send()).body.issues).toMatchObject([{ path: 'guest.email' }])
    expect((await tell({ email: 'gus@mail.example' })).status).toBe(200)
    expect((await send()).status).toBe(201)
  })

  it('is the only one who tells them here', async () => {
    const { token } = await site.signIn('u1')
    expect((await worker.call('/v1/me', { ...put({ name: 'X' }), token })).body.code).toBe('forbidden')
  })
})

describe('a card on an open page', () => {
  it('is synced when its product changes, to both sides, and only then', async () => {
    await server('/v1/catalog/products', { products: [{ id: 'p1', title: 'Scarf', price: '10 €' }] })
    const guest = await site.guest()
    const chat = await chatAbout('p1', guest)
    const socket = await openSocket(worker.url, guest.token)
    const sync = (since = '') => worker.call(`/v1/sync?since=${since}`, { token: guest.token }).then(({ body }) => body)
    const { cursor } = await sync()
    await server('/v1/catalog/products', { products: [{ id: 'p1', title: 'Scarf', price: '10 €' }] })
    expect((await sync(cursor)).chats).toEqual([])
    await server('/v1/catalog/products', { products: [{ id: 'p1', title: 'Scarf', price: '9 €' }] })
    await socket.next((frame) => frame.type === 'sync')
    expect((await sync(cursor)).chats).toMatchObject([{ id: chat.id, thing: { price: '9 €' } }])
    socket.close()
  })

  it('is synced when its seller gets another name', async () => {
    const guest = await site.guest()
    await chatAbout('p1', guest)
    const { cursor } = (await worker.call('/v1/sync', { token: guest.token })).body
    await owner.call('/v1/admin/sellers/shop', put({ name: 'New name' }))
    const { body } = await worker.call(`/v1/sync?since=${cursor}`, { token: guest.token })
    expect(body.chats).toMatchObject([{ seller: { name: 'New name' } }])
  })
})

it('has every page load anew after the database was put back', async () => {
  const guest = await site.guest()
  await chatAbout('p1', guest)
  const sync = (since: string) =>
    worker.call(`/v1/sync?since=${since}`, { token: guest.token }).then(({ body }) => body)
  const { cursor } = await sync('')
  expect((await sync(cursor)).reset).toBe(false)
  expect((await operate(worker, `/sites/${site.id}/restored`, { method: 'POST' })).status).toBe(204)
  expect((await sync(cursor)).reset).toBe(true)
})
