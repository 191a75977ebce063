import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Settings } from '../../protocol/settings/index.ts'
import { writeStored } from '../../worker/settings/store.ts'
import { createSite, type MadeSite, operate, seconds } from '../support/identity.ts'
import { auditOf, openAsserted, openOwner } from '../support/staff.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

const OFFICE = 'https://office.shop.example'
const defaults = Settings.parse({})

let worker: TestWorker
let site: MadeSite

beforeAll(async () => {
  worker = await startWorker()
})
afterAll(() => worker.stop())
beforeEach(async () => {
  site = await createSite(worker)
})

const read = async () => (await worker.call('/v1/settings', { origin: null, token: site.server.secret })).body
const put = (version: number, settings: unknown, options: object = {}) =>
  worker.call('/v1/settings', {
    method: 'PUT',
    origin: null,
    token: site.server.secret,
    body: { version, settings },
    ...options,
  })
const stored = async () => {
  const row = await worker.env.DB.prepare('SELECT settings FROM sites WHERE id = ?').bind(site.id).first<any>()
  return JSON.parse(row.settings)
}
async function staff(role: string) {
  await operate(worker, `/sites/${site.id}/origins`, { method: 'PUT', body: { origin: OFFICE, use: 'admin' } })
  const assertion = site.assertion({ sub: 'boss', role, exp: seconds() + 60 }, site.admin)
  const { body } = await site.open({ assertion }, { origin: OFFICE })
  return { origin: OFFICE, token: body.token as string }
}

describe('reading settings', () => {
  it('of a new site gives all defaults', async () => {
    expect(await read()).toEqual({ version: 1, settings: defaults, defaults })
  })

  it('is for admins, analysts and the shop’s server', async () => {
    for (const role of ['admin', 'analyst'])
      expect(await worker.call('/v1/settings', await staff(role))).toMatchObject({ status: 200, body: { version: 1 } })
  })

  it('is not for anybody else', async () => {
    const { token } = await site.signIn('u1')
    const seller = await site.signIn('shop', { role: 'seller' })
    expect(await worker.call('/v1/settings', { token })).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    expect((await worker.call('/v1/settings', { token: seller.token })).status).toBe(403)
    expect(await worker.call('/v1/settings')).toMatchObject({ status: 401, body: { code: 'session_required' } })
    expect((await worker.call('/v1/settings', { origin: null, token: 'sk_nonsense' })).status).toBe(401)
  })

  it('is refused to a server key that comes from a page, and to an admin at the storefront', async () => {
    const key = { token: site.server.secret }
    expect(await worker.call('/v1/settings', key)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
    const { token } = await staff('admin')
    const answer = await worker.call('/v1/settings', { token })
    expect(answer).toMatchObject({ status: 403, body: { code: 'origin_refused' } })
  })

  it('falls back to the default where a stored value no longer fits', async () => {
    const old = JSON.stringify({ limits: { burstPerChat: 0, chatsPerWindow: 3 }, gone: true })
    await worker.env.DB.prepare('UPDATE sites SET settings = ? WHERE id = ?').bind(old, site.id).run()
    expect((await read()).settings.limits).toEqual({ ...defaults.limits, chatsPerWindow: 3 })
  })
})

describe('saving settings', () => {
  it('changes what is sent and keeps the rest', async () => {
    const first = await put(1, { brand: { name: 'Wool & Co' }, limits: { burstPerChat: 3 } })
    expect(first).toMatchObject({ status: 200, body: { version: 2 } })
    const second = await put(2, { limits: { burstWindowSec: 5 } })
    expect(second.body.settings.limits).toEqual({ ...defaults.limits, burstPerChat: 3, burstWindowSec: 5 })
    expect(await read()).toMatchObject({ version: 3, settings: second.body.settings })
    expect(second.body.settings.brand.name).toBe('Wool & Co')
  })

  it('stores only what differs from the defaults', async () => {
    await put(1, { limits: { burstPerChat: 3, chatsPerWindow: defaults.limits.chatsPerWindow } })
    expect(await stored()).toEqual({ limits: { burstPerChat: 3 } })
    await put(2, { limits: { burstPerChat: defaults.limits.burstPerChat } })
    expect(await stored()).toEqual({})
  })

  it('puts a setting, or a whole group, back to its default with null', async () => {
    await put(1, {
      limits: { burstPerChat: 3, chatsPerWindow: 4 },
      region: { locale: 'de', timeZone: 'Europe/Vienna' },
    })
    const { body } = await put(2, { limits: { burstPerChat: null }, region: null })
    expect(body.settings).toEqual({ ...defaults, limits: { ...defaults.limits, chatsPerWindow: 4 } })
  })

  it('is obeyed by the very next request', async () => {
    expect((await site.open()).status).toBe(201)
    await put(1, { guests: { mode: 'none' } })
    expect(await site.open()).toMatchObject({ status: 403, body: { code: 'guests_refused' } })
  })

  // None of them saves what is there already, which would be no save.
  it('tells the second of two who save at once, and loses nothing of the first', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => put(1, { limits: { burstPerChat: 100 + i } })),
    )
    const saved = answers.filter(({ status }) => status === 200)
    expect(saved).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'settings_conflict')).toHaveLength(19)
    expect(await read()).toMatchObject({ version: 2, settings: saved[0]?.body.settings })
  })

  it('is decided by the write itself, for a look beforehand is soon out of date', async () => {
    const db = worker.env.DB as Parameters<typeof writeStored>[0]
    const save = (version: number) =>
      writeStored(db, { site: site.id, version, json: '{}', actor: 'operator' } as Parameters<typeof writeStored>[1])
    expect((await Promise.all([save(1), save(1), save(1)])).filter(Boolean)).toHaveLength(1)
    expect([await save(1), await save(3), await save(2)]).toEqual([false, false, true])
  })

  it('is for admins, not for analysts', async () => {
    const change = { method: 'PUT', body: { version: 1, settings: { brand: { theme: 'dark' } } } }
    expect((await worker.call('/v1/settings', { ...(await staff('analyst')), ...change })).status).toBe(403)
    expect((await worker.call('/v1/settings', { ...(await staff('admin')), ...change })).status).toBe(200)
  })

  it.each([
    ['settings.limits.burstPerChat', { limits: { burstPerChat: 0 } }, 'must be at least 1'],
    ['settings.limits.burstPerChat', { limits: { burstPerChat: 1001 } }, 'must be at most 1000'],
    ['settings.limits.burstPerChat', { limits: { burstPerChat: 1.5 } }, 'must be a whole number'],
    ['settings.limits.burstPerChat', { limits: { burstPerChat: '5' } }, 'must be a whole number'],
    ['settings.limits.messageWindowSec', { limits: { messageWindowSec: 86_401 } }, 'must be at most 86400'],
    ['settings.general.chatsPageUrl', { general: { chatsPageUrl: 'javascript:alert(1)' } }, ''],
    ['settings.contexts.order.pageUrl', { contexts: { order: { pageUrl: '/chats' } } }, ''],
    ['settings.brand.accent', { brand: { accent: 'red' } }, 'must be a colour such as #0b655f'],
    [
      'settings.region.locale',
      { region: { locale: 'not a language' } },
      'must be a language such as en, de-AT or pt-BR',
    ],
    ['settings.region.locale', { region: { locale: 'klingon' } }, 'must be a language such as en, de-AT or pt-BR'],
    ['settings.region.timeZone', { region: { timeZone: 'Mars/Base' } }, 'must be a time zone such as Europe/Vienna'],
    ['settings.contexts.product.buttonLabel', { contexts: { product: { buttonLabel: ' ' } } }, ''],
    ['settings.contexts.product.buttonLabel', { contexts: { product: { buttonLabel: 'a\u202eb' } } }, ''],
    [
      'settings.contexts.order.starterMessage',
      { contexts: { order: { starterMessage: 'Hi\n{{sender_name}}' } } },
      'There is no token {{sender_name}} (at line 2, character 1).',
    ],
    [
      'settings.notifications.newMessage.body',
      { notifications: { newMessage: { body: 'Hi {{sender_name' } } },
      'The {{ at line 1, character 4 is not a token: write {{site_name}}.',
    ],
    ['settings.notifications.chatCreated.subject', { notifications: { chatCreated: { subject: 'a\nb' } } }, ''],
    ['settings.limits', { limits: { nothing: 1 } }, ''],
    ['settings', { nothing: {} }, ''],
    ['settings.limits', { limits: 5 }, ''],
  ])('refuses %s %j', async (path, settings, message) => {
    const { status, body } = await put(1, settings)
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'invalid', issues: [{ path, message: expect.stringContaining(message) }] })
    expect(await stored()).toEqual({})
  })

  it.each(['ar', 'es-MX', 'he', 'hi', 'lv', 'pt-BR', 'sr-Latn', 'vi', 'zh-Hant'])(
    'takes %s as a language',
    async (tag) => {
      expect((await put(1, { region: { locale: tag } })).status).toBe(200)
    },
  )

  it.each(['__proto__', 'constructor', 'prototype'])('refuses %s at each depth', async (key) => {
    for (const settings of [
      `{"${key}":{"a":1}}`,
      `{"limits":{"${key}":{"a":1}}}`,
      `{"contexts":{"order":{"${key}":{"enabled":true}}}}`,
    ]) {
      const { status, body } = await put(1, {}, { body: `{"version":1,"settings":${settings}}` })
      expect(status, settings).toBe(422)
      expect(body.issues[0].message).toContain(key)
    }
  })

  it('names every wrong field at once', async () => {
    const { body } = await put(1, { limits: { burstPerChat: 0, chatWindowSec: -1 }, brand: { theme: 'pink' } })
    const paths = body.issues.map((issue: { path: string }) => issue.path).sort()
    expect(paths).toEqual(['settings.brand.theme', 'settings.limits.burstPerChat', 'settings.limits.chatWindowSec'])
  })

  it('refuses a value of a megabyte', async () => {
    const answer = await put(1, { privacy: { placeholder: 'x'.repeat(1_000_000) } })
    expect(answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } })
  })
})

describe('two who save at once', () => {
  it('are not both obeyed: the second is told what is different, and whose doing that is', async () => {
    const owner = await openOwner(worker, site)
    const admin = await openAsserted(worker, site, 'admin')
    const save = (who: typeof owner | typeof admin, version: number, settings: object) =>
      who.call('/v1/settings', { method: 'PUT', body: { version, settings } })
    await save(owner, 1, { limits: { burstPerChat: 3 }, brand: { theme: 'dark' } })
    await save(admin, 2, { limits: { burstPerChat: 4 }, brand: { theme: 'auto' } })
    const late = await save(owner, 1, { brand: { accent: '#112233' } })
    expect(late).toMatchObject({ status: 409, body: { code: 'settings_conflict', conflict: { version: 3 } } })
    expect(late.body.conflict.changes).toEqual([
      { field: 'limits.burstPerChat', from: 10, to: 4, by: 'The admin', at: expect.any(Number) },
    ])
    expect((await read()).settings.brand.accent).toBe(defaults.brand.accent)
    expect((await save(owner, 3, { brand: { accent: '#112233' } })).status).toBe(200)
  })

  it('learn no differences where the version is too old to be compared, or not there yet', async () => {
    await put(1, { limits: { burstPerChat: 3 } })
    await worker.env.DB.prepare('DELETE FROM settings_saves WHERE site = ?').bind(site.id).run()
    expect((await put(1, { limits: { burstPerChat: 4 } })).body.conflict).toEqual({ version: 2, changes: null })
    expect((await put(9, { limits: { burstPerChat: 4 } })).body.conflict).toEqual({ version: 2, changes: null })
  })

  it('are told by the server’s key where a server was faster', async () => {
    await put(1, { limits: { burstPerChat: 3 } })
    const { body } = await put(1, { brand: { theme: 'dark' } })
    expect(body.conflict.changes).toMatchObject([{ field: 'limits.burstPerChat', by: site.server.id }])
  })
})

describe('undoing', () => {
  const undo = (version: number) =>
    worker.call('/v1/settings/undo', { origin: null, token: site.server.secret, body: { version } })

  it('takes the last save back, and once more brings it back', async () => {
    await put(1, { limits: { burstPerChat: 3 } })
    await put(2, { limits: { burstPerChat: 4 }, brand: { theme: 'dark' } })
    expect(await undo(3)).toMatchObject({ status: 200, body: { version: 4 } })
    expect((await read()).settings).toMatchObject({ limits: { burstPerChat: 3 }, brand: { theme: 'auto' } })
    await undo(4)
    expect((await read()).settings).toMatchObject({ limits: { burstPerChat: 4 }, brand: { theme: 'dark' } })
  })

  it('undoes nobody else’s save', async () => {
    await put(1, { limits: { burstPerChat: 3 } })
    await put(2, { limits: { burstPerChat: 4 } })
    expect(await undo(2)).toMatchObject({ status: 409, body: { code: 'settings_conflict' } })
    expect((await read()).settings.limits.burstPerChat).toBe(4)
  })

  it('of nothing is not found', async () => {
    expect((await undo(1)).status).toBe(404)
  })
})

describe('a save', () => {
  it('that changes nothing is none', async () => {
    const same = await put(1, { limits: { burstPerChat: defaults.limits.burstPerChat } })
    expect(same).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await auditOf(worker, site.id)).not.toContainEqual(expect.objectContaining({ action: 'settings.saved' }))
  })

  it('is in the log field by field, with who, from and to', async () => {
    const owner = await openOwner(worker, site)
    const settings = { limits: { burstPerChat: 3 }, brand: { name: '<b>Wool</b>' } }
    await owner.call('/v1/settings', { method: 'PUT', body: { version: 1, settings } })
    const rows = (await auditOf(worker, site.id)).filter(({ action }) => action === 'settings.saved')
    const by = { actor: owner.id, role: 'owner' }
    expect(rows).toMatchObject([
      { ...by, field: 'limits.burstPerChat', from_value: '10', to_value: '3' },
      { ...by, field: 'brand.name', from_value: 'null', to_value: '"<b>Wool</b>"' },
    ])
    expect((await read()).lastSave).toEqual({ by: 'Olga Owner', actor: owner.id, at: expect.any(Number) })
  })

  it('that is refused is not in the log', async () => {
    await put(7, { limits: { burstPerChat: 3 } })
    await put(1, { limits: { burstPerChat: 0 } })
    expect((await auditOf(worker, site.id)).filter(({ action }) => action === 'settings.saved')).toEqual([])
  })

  it('is obeyed within ten seconds where another part of the deployment has made it', async () => {
    expect((await site.open()).status).toBe(201)
    const began = Date.now()
    await worker.env.DB.prepare('UPDATE sites SET settings = ?, settings_version = 2 WHERE id = ?')
      .bind(JSON.stringify({ guests: { mode: 'none' } }), site.id)
      .run()
    while ((await site.open()).status === 201) {
      expect(Date.now() - began).toBeLessThan(10_000)
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
  }, 20_000)
})

describe('the settings’ schema', () => {
  it('has sections and fields in their order, with all that a form needs', async () => {
    const schema = (await worker.call('/v1/settings/schema', { origin: null, token: site.server.secret })).body
    expect(Object.keys(schema.properties)).toEqual(Object.keys(defaults))
    expect(schema.properties.limits).toMatchObject({
      label: 'Rate limits',
      properties: {
        burstPerChat: {
          label: 'Burst per chat',
          minimum: 1,
          maximum: 1000,
          default: 10,
          unit: 'messages',
          control: 'number',
        },
      },
    })
    expect(schema.properties.contexts.properties.order.properties.starterMessage.tokens).toContain('order_id')
  })

  it('is for staff and the shop’s server', async () => {
    const { token } = await site.signIn('u1')
    expect((await worker.call('/v1/settings/schema', { token })).status).toBe(403)
  })
})
