import { type Fields, fields } from './fields.ts'

/** Where a WooCommerce shop's REST API is, and a read key of it. */
export interface WooShop {
  /** `https://shop.example`, with the folder that WordPress is in, if any. */
  address: string
  key: string
  secret: string
}

const TIMEOUT_MS = 10_000
const MOST_BYTES = 8 * 1024 * 1024
export const ORDERS_A_PAGE = 50

/** Why a shop could not be asked, in words for who runs the site. */
export class NotAnswered extends Error {}

/**
 * A page of the orders that changed after a moment (ms, UTC), oldest change first. WooCommerce REST API v3,
 * `modified_after` since 5.8. Asks that address alone and follows nothing. Throws `NotAnswered`.
 */
export async function askOrders({ address, key, secret }: WooShop, afterMs: number, page: number): Promise<Fields[]> {
  const query = new URLSearchParams({
    modified_after: new Date(afterMs).toISOString().slice(0, 19),
    dates_are_gmt: 'true',
    orderby: 'modified',
    order: 'asc',
    per_page: String(ORDERS_A_PAGE),
    page: String(page),
  })
  const headers = {
    Authorization: `Basic ${btoa(`${key}:${secret}`)}`,
    Accept: 'application/json',
    'User-Agent': 'Shopbell',
  }
  const init: RequestInit = { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) }
  const answer = await fetch(`${address}/wp-json/wc/v3/orders?${query}`, init).catch((cause) => {
    throw new NotAnswered('The shop did not answer.', { cause })
  })
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw new NotAnswered(`The shop answered ${answer.status}.`)
  }
  return readOrders(answer)
}

async function readOrders(answer: Response): Promise<Fields[]> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    for await (const part of answer.body ?? []) {
      size += part.byteLength
      if (size > MOST_BYTES) throw new NotAnswered('The shop’s answer is too large.')
      text += decoder.decode(part, { stream: true })
    }
    const orders: unknown = JSON.parse(text + decoder.decode())
    if (!Array.isArray(orders)) throw new NotAnswered('The shop’s answer is no list of orders.')
    return orders.slice(0, ORDERS_A_PAGE).map(fields)
  } catch (cause) {
    if (cause instanceof NotAnswered) throw cause
    throw new NotAnswered('The shop’s answer could not be read.', { cause })
  }
}
