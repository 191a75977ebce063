import { createHash, randomBytes } from 'node:crypto'
import type { FastWorker } from '../test/support/miniflare.ts'
import { openShop, type TestShop } from '../test/support/shop.ts'

const CHATS = 50
const OTHERS = 20
/** Stands in all that is nobody's business but the others'. */
export const SECRET = 'ottersecret'

interface Person {
  user: { id: string }
  token: string
}
interface Plan {
  messages: number
  files: number
  fileBytes: number
}

/**
 * A site where Ada is a customer with many chats, and a seller of one desk, where she wrote every tenth of her messages. The
 * others say and send what is theirs alone. Answers all that a copy of hers must tell, and the hashes of her files by name.
 */
export async function writeAmongOthers(worker: FastWorker, plan: Plan) {
  const answered = Math.floor(plan.messages / 10 / OTHERS)
  const shop = await openShop(worker as never, { limits: { enabled: false } })
  const ada: Person = await shop.signIn('ada', { name: 'Ada', email: 'ada@example.com' })
  const secretive = { name: `Clara ${SECRET}`, email: `clara@${SECRET}.example` }
  const clerk: Person = await shop.signIn('clerk', { role: 'seller', sellers: ['shop'], ...secretive })
  await shop.put('/v1/sellers', { sellers: [{ id: '19', name: 'Oak Works', members: ['ada'] }] })
  await shop.put('/v1/catalog/products', { products: [{ id: 'p19', title: 'Bowl', seller: '19' }] })

  const things = Array.from({ length: CHATS }, (_, i) => `mine-${i}`)
  const chats = await startChats(worker, ada, things)
  const ownChats = plan.messages - answered * OTHERS
  for (const [at, chat] of chats.entries()) {
    const own = Math.floor((ownChats * (at + 1)) / CHATS) - Math.floor((ownChats * at) / CHATS)
    const talk = { customer: ada, seller: clerk, own, answers: Math.floor(own / 4) }
    await write(worker, chat, { ...talk, words: 'said by ada', answer: 'an answer' })
  }
  for (let i = 0; i < OTHERS; i++) await writeOther(worker, shop, { ada, clerk, answered, i })
  const sums = await sendFiles(worker, shop, { of: ada, chats, name: 'mine', count: plan.files, size: plan.fileBytes })
  return { shop, ada, sums, ...(await readBack(worker, ada)) }
}

/** Somebody who talks with the shop about what Ada may never see, and with Ada's desk. */
async function writeOther(
  worker: FastWorker,
  shop: TestShop,
  { ada, clerk, answered, i }: { ada: Person; clerk: Person; answered: number; i: number },
) {
  const details = { name: `Otto ${SECRET} ${i}`, email: `o${i}@${SECRET}.example` }
  const customer: Person = await shop.signIn(`other-${i}`, details)
  const [elsewhere = '', atAda = ''] = await startChats(worker, customer, ['other', 'p19'])
  const talk = { customer, own: 100, words: SECRET }
  await write(worker, elsewhere, { ...talk, seller: clerk, answers: 100, answer: SECRET })
  await write(worker, atAda, { ...talk, seller: ada, answers: answered, answer: 'answered by ada' })
  await sendFiles(worker, shop, { of: customer, chats: [elsewhere, atAda], name: SECRET, count: 2, size: 1000 })
}

/** What the tables have of Ada: how much she wrote, and what she may read. */
async function readBack({ env }: FastWorker, ada: Person) {
  const own = 'SELECT count(*) n FROM messages WHERE sender = ?'
  const told = `SELECT m.chat, m.seq, m.body FROM messages m JOIN chats c ON c.id = m.chat WHERE m.sender = ?1 OR c.customer = ?1`
  const { results } = await env.DB.prepare(told).bind(ada.user.id).all<{ chat: string; seq: number; body: string }>()
  return {
    own: (await env.DB.prepare(own).bind(ada.user.id).first<number>('n')) ?? 0,
    told: results.map(({ chat, seq, body }) => `${chat} ${seq} ${body}`),
  }
}

async function startChats(worker: FastWorker, { token }: Person, products: string[]): Promise<string[]> {
  const chats: string[] = []
  for (const id of products) {
    const { status, body } = await worker.call('/v1/chats', { token, body: { context: { type: 'product', id } } })
    if (status >= 300) throw new Error(JSON.stringify(body))
    chats.push(body.chat.id)
  }
  return chats
}

interface Talk {
  customer: Person
  seller: Person
  own: number
  words: string
  answers: number
  answer: string
}
/** Words of about 300 characters, and the answers after them. */
async function write({ env }: FastWorker, chat: string, { customer, seller, own, words, answers, answer }: Talk) {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < cast(?2 + ?3 AS INTEGER))
     INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
     SELECT ?1, i, iif(i <= ?2, ?4, ?5), iif(i <= ?2, 'customer', 'seller'), 'seeded-' || i,
       iif(i <= ?2, ?6, ?7) || ' ' || i || ' ' || hex(randomblob(140)), 1700000000000 + i, 1 FROM n`,
  )
    .bind(chat, own, answers, customer.user.id, seller.user.id, words, answer)
    .run()
  const last = env.DB.prepare('UPDATE chats SET last_seq = ?2 WHERE id = ?1')
  await last.bind(chat, own + answers).run()
}

interface Files {
  of: Person
  chats: string[]
  name: string
  count: number
  size: number
}
/** Files of random bytes that begin with what they are called, in turn over the chats; their hashes by name. */
async function sendFiles({ env }: FastWorker, shop: TestShop, { of, chats, name, count, size }: Files) {
  const sums = new Map<string, string>()
  for (let i = 0; i < count; i++) {
    const bytes = randomBytes(size)
    bytes.write(name)
    const [chat, seq] = [chats[i % chats.length], Math.floor(i / chats.length) + 1]
    const file = {
      id: `file_${randomBytes(16).toString('base64url')}`,
      key: `files/${randomBytes(16).toString('base64url')}`,
      name: `${name}-${i}.bin`,
    }
    await env.FILES.put(file.key, bytes)
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO attachments (id, site, user, chat, seq, position, key, name, kind, type, size, created_at, stored_at)
         VALUES (?, ?, ?, ?, ?, 0, ?, ?, 'document', 'application/pdf', ?, 1, 1)`,
      ).bind(file.id, shop.id, of.user.id, chat, seq, file.key, file.name, bytes.length),
      env.DB.prepare('UPDATE messages SET attachments = 1 WHERE chat = ? AND seq = ?').bind(chat, seq),
    ])
    sums.set(file.name, createHash('sha256').update(bytes).digest('hex'))
  }
  return sums
}
