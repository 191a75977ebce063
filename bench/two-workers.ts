import { fileURLToPath } from 'node:url'
import { type FastWorker, startFastWorker } from '../test/support/miniflare.ts'
import { makeSite, type Person } from '../test/support/site.ts'
import { SHOP } from '../test/support/worker.ts'
import type { Shot } from './post.ts'

/** Limits that are on and counted, and that a benchmark does not reach. */
const WIDE = {
  chatsPerWindow: 1000,
  chatWindowSec: 1,
  messagesPerWindow: 1000,
  messageWindowSec: 5,
  burstPerChat: 1000,
  burstWindowSec: 5,
}

export interface Chat {
  id: string
  customer: Person
}
/** The product with a shop in it. */
export interface Product extends FastWorker {
  chats: Chat[]
  seller: Person
  /** The request of this chat's customer who sends a text. */
  send(chat: Chat, body: string, clientId?: string): Shot
}

let made = 0

export async function startProduct(chats: number): Promise<Product> {
  const worker = await startFastWorker()
  const site = await makeSite(worker.env.DB, { limits: WIDE })
  const seller = await site.person({ role: 'seller' })
  const all: Chat[] = []
  for (let i = 0; i < chats; i++) {
    const customer = await site.person({ name: `Customer ${i}` })
    const about = { context: { type: 'product', id: `thing-${i}` } }
    const { status, body } = await worker.call('/v1/chats', { token: customer.token, body: about })
    if (status !== 201) throw new Error(`No chat: ${status} ${JSON.stringify(body)}`)
    all.push({ id: body.chat.id, customer })
  }
  const send: Product['send'] = ({ id, customer }, body, clientId = `bench-${String(made++).padStart(9, '0')}`) => ({
    path: `/v1/chats/${id}/messages`,
    headers: { Origin: SHOP, Authorization: `Bearer ${customer.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ clientId, body }),
  })
  return { ...worker, chats: all, seller, send }
}

export async function startFloor(): Promise<FastWorker> {
  const worker = await startFastWorker({ main: fileURLToPath(new URL('./floor/worker.ts', import.meta.url)) })
  await worker.env.DB.prepare('CREATE TABLE floor (id INTEGER PRIMARY KEY, room TEXT, body TEXT, at INTEGER)').run()
  return worker
}
