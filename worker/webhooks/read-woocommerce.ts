import { MAX_NAME_CHARS, MAX_TITLE_CHARS } from '../../protocol/bounds.ts'
import { sha256 } from '../ids.ts'
import { versionOf } from '../orders/incoming-order.ts'
import type { HookEvent, Reading } from './event.ts'
import { email, type Fields, fields, httpUrl, line, shopId, time } from './fields.ts'
import { readWooOrder, storeOf } from './woocommerce-order.ts'

export interface WooTimes {
  nowMs: number
  /** Address of the customer's account, if the site has named it. */
  accountUrl: string | null
}

/**
 * A signed delivery of WooCommerce (class-wc-webhook.php). The payload is built when it is delivered, so a topic's
 * name says little of its age; one that the webhook's user may not read any more is a signed REST error.
 */
export async function readWooCommerce(topic: string, body: unknown, times: WooTimes): Promise<Reading> {
  const payload = fields(body)
  const [resource = '', change = ''] = topic.split('.', 2)
  if (!TOPICS.get(resource)?.includes(change)) return { nothing: 'unknown_topic' }
  const id = shopId(payload.id)
  if (id === null) return { nothing: typeof payload.code === 'string' ? 'shop_error' : 'unreadable' }
  if (change === 'deleted') return deleted(resource, id)
  const event = READERS.get(resource)?.(payload, change, times)
  if (!event) return { nothing: event === null ? 'known' : 'unreadable' }
  // A later payload of the same second, as WCFM's, has the same date and another content.
  const modified = String(payload.date_modified_gmt ?? '').slice(0, 40)
  return { event, key: `${topic}:${id}:${modified}:${(await sha256(contentOf(event))).slice(0, 32)}` }
}

const TOPICS = new Map([
  ['order', ['created', 'updated', 'deleted', 'restored']],
  ['product', ['created', 'updated', 'deleted', 'restored']],
  ['customer', ['created', 'updated', 'deleted']],
])

/** A product that is gone keeps its card, for the chats about it. */
function deleted(resource: string, id: string): Reading {
  if (resource === 'product') return { nothing: 'known' }
  const event: HookEvent = resource === 'order' ? { kind: 'order_deleted', id } : { kind: 'customer_deleted', id }
  return { event, key: deletedKey(resource, id) }
}
/** A deletion has no date; one that was taken back may come again, so this key is forgotten then. */
export const deletedKey = (resource: string, id: string) => `${resource}.deleted:${id}`

/** Without what was worked out here: the same delivery a minute later is the same. */
function contentOf(event: HookEvent): string {
  return JSON.stringify(
    event.kind === 'order' ? { ...event.order, version: 0, wanted: false } : { ...event, version: 0 },
  )
}

/** Null: nothing to do; undefined: it lacks what it must have. */
type Reader = (payload: Fields, change: string, times: WooTimes) => HookEvent | null | undefined

const readOrder: Reader = (payload, change, times) => ({
  kind: 'order',
  order: readWooOrder(payload, { ...times, isNew: change === 'created' }),
  restored: change === 'restored',
})

// A map: a topic is a stranger's text, and an object knows `constructor`.
const READERS = new Map<string, Reader>([
  ['order', readOrder],
  ['product', readProduct],
  ['customer', readCustomer],
])

function readProduct(payload: Fields, _change: string, { nowMs }: WooTimes): HookEvent | null | undefined {
  const [id, title] = [shopId(payload.id), line(payload.name, MAX_TITLE_CHARS)]
  if (payload.type === 'variation') return null
  if (id === null || title === null) return undefined
  const store = storeOf(payload.store)
  const image = Array.isArray(payload.images) ? fields(payload.images[0]).src : null
  const product = {
    id,
    title,
    seller: store?.id ?? null,
    url: httpUrl(payload.permalink),
    picture: httpUrl(image),
    price: priceOf(payload.price_html),
    version: versionOf(time(payload.date_modified_gmt), 1, nowMs),
  }
  return { kind: 'product', product, desks: store ? [store] : [] }
}

/** The price as the shop shows it, where that is one amount: a range or a sale says more than a card can. */
function priceOf(html: unknown): string | null {
  const text = typeof html === 'string' ? line(html.slice(0, 2_000).replace(/<[^>]*>/g, ''), 40) : null
  return text && /^\D{0,8}\d[\d.,'\s]*\D{0,8}$/.test(text) ? text : null
}

function readCustomer(payload: Fields, _change: string, { nowMs }: WooTimes): HookEvent | undefined {
  const id = shopId(payload.id)
  if (id === null) return undefined
  const name = line(`${line(payload.first_name, 40) ?? ''} ${line(payload.last_name, 40) ?? ''}`, MAX_NAME_CHARS)
  const version = versionOf(time(payload.date_modified_gmt), 1, nowMs)
  return { kind: 'customer', customer: { id, name, email: email(payload.email), version } }
}
