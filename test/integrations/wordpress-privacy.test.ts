import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type TestShop } from '../support/shop.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'
import { needsPhp, type Played, php, play, SECRETS, SITE, type StandIn, sendJson, shop, standIn } from './play.ts'

const EMAIL = 'ada+chats@example.com'
const sample = (name: string) => JSON.parse(readFileSync(`test/integrations/samples/${name}.json`, 'utf8')).data

let server: StandIn | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

type Answering = (request: IncomingMessage, response: ServerResponse) => void
/** WordPress asks the exporter, then the eraser, of a Shopbell that answers so. */
async function ask(answer: Answering, page = 1, more: Record<string, unknown> = {}): Promise<Played> {
  server = await standIn(answer)
  const options = { shopbell: { url: server.url, site: SITE }, shopbell_secrets: SECRETS }
  const steps = [
    { call: 'Shopbell\\Privacy::export', with: [EMAIL, page] },
    { call: 'Shopbell\\Privacy::erase', with: [EMAIL, page] },
  ]
  return play(shop({ options, steps, ...more }))
}
const results = ({ steps }: Played) => steps.map(({ result }) => result)
const kept = (message: unknown) => ({ items_removed: false, items_retained: true, messages: [message], done: true })

describe.skipIf(!php)(`personal data requests of WordPress${needsPhp}`, () => {
  it('reach us through both filters, beside others', async () => {
    const steps = ['exporters', 'erasers'].map((what) => ({
      filter: `wp_privacy_personal_data_${what}`,
      with: [{ woocommerce: {} }],
    }))
    const [exporters, erasers] = results(await play(shop({ steps })))
    expect(exporters).toMatchObject({
      woocommerce: expect.anything(),
      shopbell: { exporter_friendly_name: 'Shop chats' },
    })
    expect(erasers).toMatchObject({ woocommerce: expect.anything(), shopbell: { eraser_friendly_name: 'Shop chats' } })
    expect(exporters.shopbell.callback).toEqual(['Shopbell\\Privacy', 'export'])
  })

  it('pass on what Shopbell answers, in WordPress’s form', async () => {
    const pages: Answering = (request, response) =>
      sendJson(response, sample(request.method === 'GET' ? 'wp-privacy-export-page' : 'wp-privacy-erase-page'))
    const [exported, erased] = results(await ask(pages, 2))
    expect(exported).toEqual(sample('wp-privacy-export-page'))
    expect(erased).toEqual(sample('wp-privacy-erase-page'))
  })

  it('are asked with the server key, by the address and the page; the eraser always for the next', async () => {
    await ask((_, response) => sendJson(response, { data: [], done: true }), 3)
    const authorization = `Bearer ${SECRETS.server_key}`
    expect(server?.asked).toMatchObject([
      {
        method: 'GET',
        url: '/v1/privacy/wordpress/export?email=ada%2Bchats%40example.com&page=3',
        headers: { authorization },
      },
      {
        method: 'POST',
        url: '/v1/privacy/wordpress/erase',
        headers: { authorization },
        body: JSON.stringify({ email: EMAIL }),
      },
    ])
    for (const { headers } of server?.asked ?? []) expect(headers.origin).toBeUndefined()
  })

  it('end well at a Shopbell that has no such route yet', async () => {
    const [exported, erased] = results(await ask((_, response) => sendJson(response, { code: 'not_found' }, 404)))
    expect(exported).toEqual({
      done: true,
      data: [
        {
          group_id: 'shopbell',
          group_label: 'Shop chats',
          group_description: '',
          item_id: 'note',
          data: [{ name: 'Note', value: expect.stringContaining('cannot export') }],
        },
      ],
    })
    expect(erased).toEqual(kept(expect.stringContaining('cannot export or erase')))
  })

  const FAULTS: Record<string, Answering> = {
    'a 500': (_, response) => sendJson(response, { code: 'internal', title: 'x' }, 500),
    'a 401': (_, response) => sendJson(response, { code: 'session_required' }, 401),
    'a page of HTML': (_, response) => sendJson(response, '<!doctype html>'),
    'half an answer': (_, response) => sendJson(response, '{"data":['),
    'a JSON text': (_, response) => sendJson(response, '"data"'),
    'a redirect': (_, response) => response.writeHead(302, { location: 'https://elsewhere.example/' }).end(),
    'a dropped connection': (request) => request.socket.destroy(),
    'no answer in time': () => undefined,
  }
  it.each(Object.entries(FAULTS))('survive %s', async (_, fault) => {
    const [exported, erased] = results(await ask(fault, 1, { seconds: 0.5 }))
    expect(exported).toEqual({ error: expect.stringContaining('run this request again') })
    expect(erased).toEqual(kept(expect.stringContaining('run this request again')))
    expect(server?.asked).toHaveLength(2)
  })

  it.each<[string, unknown, object, object]>([
    ['nothing that it should have', {}, { error: expect.anything() }, { messages: [], done: false }],
    [
      'values of other types',
      { data: [1, null, 'x', { item_id: 'a' }], done: 1, messages: 'no' },
      { data: [], done: true },
      { messages: [], done: true },
    ],
    [
      'messages that are no text',
      { data: [], done: true, messages: [1, ['x'], '<b>Kept</b>'] },
      { data: [], done: true },
      { messages: ['&lt;b&gt;Kept&lt;/b&gt;'], done: true },
    ],
  ])('always have all members, even for %s', async (_, body, exported, erased) => {
    const done = results(await ask((_, response) => sendJson(response, body)))
    expect(done[0]).toEqual(exported)
    expect(done[1]).toEqual({ items_removed: false, items_retained: false, ...erased })
  })

  it('show what people wrote as text', async () => {
    const item = {
      group_id: 'a b',
      group_label: '<b>Chats</b>',
      item_id: 'chat-aB',
      data: [
        { name: 'Message', value: '<a href="javascript:1">x</a>' },
        { name: 'Without value' },
        { name: 'Nested', value: {} },
      ],
    }
    const [exported] = results(await ask((_, response) => sendJson(response, { data: [item], done: true })))
    expect(exported.data).toEqual([
      {
        group_id: 'ab',
        group_label: 'Chats',
        group_description: '',
        item_id: 'chat-aB',
        data: [{ name: 'Message', value: '&lt;a href=&quot;javascript:1&quot;&gt;x&lt;/a&gt;' }],
      },
    ])
  })

  it('end, whatever the server says', async () => {
    const [exported, erased] = results(await ask((_, response) => sendJson(response, { data: [], done: false }), 500))
    expect([exported.done, erased.done]).toEqual([true, true])
  })

  it('are done at once without a server key', async () => {
    const never: Answering = () => expect.unreachable()
    const [exported, erased] = results(await ask(never, 1, { options: { shopbell: shop().options.shopbell } }))
    expect(exported).toEqual({ data: [], done: true })
    expect(erased).toEqual({ items_removed: false, items_retained: false, messages: [], done: true })
  })
})

describe.skipIf(!php)(`personal data requests that reach a Shopbell that runs${needsPhp}`, () => {
  const ADDRESS = 'ada@example.com'
  const SAID = 205
  let worker: TestWorker
  let site: TestShop
  beforeAll(async () => {
    worker = await startWorker()
    site = await openShop(worker, { limits: { enabled: false } })
    const { token } = await site.signIn('ada', { name: 'Ada', email: ADDRESS })
    const message = (n: number) => ({ clientId: `message-${n}`, body: `line ${n} & <b>more</b>` })
    const context = { type: 'product', id: 'p1' }
    const { body } = await worker.call('/v1/chats', { token, body: { context, message: message(1) } })
    for (let n = 2; n <= SAID; n++) await worker.call(`/v1/chats/${body.chat.id}/messages`, { token, body: message(n) })
  })
  afterAll(() => worker?.stop())

  /** WordPress asks for these pages, in this order. */
  async function pages(of: 'export' | 'erase', numbers: number[]) {
    const options = {
      shopbell: { url: worker.url, site: site.id },
      shopbell_secrets: { ...SECRETS, server_key: site.server.secret },
    }
    const steps = numbers.map((page) => ({ call: `Shopbell\\Privacy::${of}`, with: [ADDRESS, page] }))
    return results(await play(shop({ options, steps })))
  }
  const ids = ({ data }: any) => data.map(({ item_id }: any) => item_id)

  it('get the same pages in whatever order they are asked for', async () => {
    const [third, first, past, second, again] = await pages('export', [3, 1, 99, 2, 1])
    expect([first, second, third, past].map(({ done }) => done)).toEqual([false, false, true, true])
    expect(again).toEqual(first)
    expect(past.data).toEqual([])
    const all = [first, second, third].flatMap(ids)
    // The person, the chat, and each message once.
    expect(all).toHaveLength(SAID + 2)
    expect(new Set(all).size).toBe(SAID + 2)
    const values = JSON.stringify([first, second, third])
    for (const n of [1, 100, 101, 200, SAID]) expect(values).toContain(`line ${n} &amp; &lt;b&gt;more`)
  })

  it('erase all of it, whatever page they begin with, and are done for good', async () => {
    const asked = await pages('erase', [9, 2, 2, 1, 1, 3, 1, 1, 1, 1])
    const last = asked.at(-1)
    expect(last).toMatchObject({ done: true })
    expect(asked.some(({ items_removed }) => items_removed)).toBe(true)
    expect(JSON.stringify(asked)).toContain(`Chat messages erased: ${SAID}.`)
    const sql =
      "SELECT count(*) n FROM messages m JOIN chats c ON c.id = m.chat WHERE c.site = ? AND body LIKE 'line %'"
    expect(await worker.env.DB.prepare(sql).bind(site.id).first('n')).toBe(0)
    const after = await pages('export', [2, 1])
    expect(after).toEqual([
      { data: [], done: true },
      { data: [], done: true },
    ])
  })
})
