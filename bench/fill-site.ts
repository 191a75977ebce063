import type { FastWorker } from '../test/support/miniflare.ts'
import { makeSite } from '../test/support/site.ts'
import type { Env } from '../worker/env.ts'
import { loadSite, type Site } from '../worker/sites/load.ts'

interface Filling {
  messages: number
  chats: number
  /** Ms since 1970. */
  from: number
  to: number
}

const SELLERS = 20
const CHATS_AT_ONCE = 2_000

const NUMBERS =
  '(WITH RECURSIVE n (c) AS (SELECT CAST(?1 AS INTEGER) UNION ALL SELECT c + 1 FROM n WHERE c + 1 < ?1 + ?2) SELECT c FROM n)'
const LASTS =
  '((CASE c % 4 WHEN 0 THEN 1200000 WHEN 1 THEN 7200000 WHEN 2 THEN 259200000 ELSE 2592000000 END) / 97 * (1 + c % 97))'
/** Spread evenly, in no order, and over in time. A number that is bound may be a float. */
const BEGINS = `CAST(?4 AS INTEGER) + (c * 7919 % 100003) * ((CAST(?5 AS INTEGER) - ${LASTS} - 60000) / 100003)`
const CHAT = "'chat_proof' || printf('%010d', c)"

const NEW_CHATS = `
INSERT INTO chats (id, site, customer, seller, context, thing, state, last_seq, last_at, started_by, started_at)
SELECT ${CHAT}, ?3, 'usr_' || c, 'seller-' || (c * 31 % ${SELLERS}), iif(c % 5 < 3, 'product', iif(c % 5 = 3, 'order', 'post')), c,
  'open', 0, ${BEGINS}, 'usr', ${BEGINS} FROM ${NUMBERS}`

const NEW_MESSAGES = `
INSERT INTO messages (chat, seq, sender, side, client_id, body, at, changed)
SELECT ${CHAT}, k, 'usr_' || k % 2, iif(k % 2 OR c % 7 = 0, 'customer', 'seller'), 'proof-' || k, 'x',
  min(CAST(?7 AS INTEGER), ${BEGINS} + CAST(${LASTS} * ((k - 1.0) * (k - 1.0) / (?6 * ?6)) AS INTEGER) + c * 7907 % 60000), 1
FROM ${NUMBERS} CROSS JOIN (WITH RECURSIVE m (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM m WHERE k < ?6) SELECT k FROM m)
WHERE ?3 = ?3 ORDER BY c, k`

/**
 * Through the tables' own triggers, chat by chat. A quarter of the chats lasts up to twenty minutes, a quarter up to
 * two hours, a quarter up to three days, a quarter up to a month; one in seven gets no answer.
 */
export async function fillSite({ env }: FastWorker, { messages, chats, from, to }: Filling): Promise<Site> {
  const { id } = await makeSite(env.DB, { region: { timeZone: 'Europe/Vienna' } })
  const each = Math.round(messages / chats)
  for (let first = 0; first < chats; first += CHATS_AT_ONCE) {
    const values = [first, Math.min(CHATS_AT_ONCE, chats - first), id, from, to - from, each, to]
    await env.DB.batch([
      env.DB.prepare(NEW_CHATS).bind(...values.slice(0, 5)),
      env.DB.prepare(NEW_MESSAGES).bind(...values),
    ])
  }
  return (await loadSite(env as unknown as Env, id))!
}
