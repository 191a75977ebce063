import { createSite, type MadeSite } from './identity.ts'
import type { Answer, CallOptions, TestWorker } from './worker.ts'

/** A site whose orders make chats, with two desks beside its own, as a shop's server sees it. */
export interface TestShop extends MadeSite {
  put(path: string, body: unknown, options?: CallOptions): Promise<Answer>
  settle(settings: object): Promise<void>
  /** Chats in a person's list. */
  chatsOf(token: string, query?: string): Promise<any[]>
  messagesOf(token: string, chat: string): Promise<any[]>
  /** Rows of a table of this site. */
  rows(table: string): Promise<any[]>
}

export async function openShop(
  worker: Pick<TestWorker, 'call' | 'env'>,
  settings: { contexts?: object; [group: string]: unknown } = {},
): Promise<TestShop> {
  const site = await createSite(worker)
  const put: TestShop['put'] = (path, body, options = {}) =>
    worker.call(path, { method: 'PUT', origin: null, token: site.server.secret, body, ...options })
  const shop: TestShop = {
    ...site,
    put,
    async settle(change) {
      const { body } = await worker.call('/v1/settings', { origin: null, token: site.server.secret })
      const answer = await put('/v1/settings', { version: body.version, settings: change })
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    },
    chatsOf: async (token, query = '') => (await worker.call(`/v1/chats?${query}`, { token })).body.chats,
    messagesOf: async (token, chat) => (await worker.call(`/v1/chats/${chat}/messages`, { token })).body.messages,
    async rows(table) {
      const { results } = await worker.env.DB.prepare(`SELECT * FROM ${table} WHERE site = ?`).bind(site.id).all()
      return results as any[]
    },
  }
  const sellers = [
    { id: '19', name: 'Oak Works', members: ['19'] },
    { id: '23', name: 'Linen House', members: ['23'] },
  ]
  await put('/v1/sellers', { sellers })
  const { contexts = {}, ...others } = settings
  await shop.settle({ ...others, contexts: { order: { enabled: true }, ...contexts } })
  return shop
}
