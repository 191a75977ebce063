import { MAX_NAME_CHARS, MAX_ORDER_ITEMS, MAX_TITLE_CHARS } from '../../protocol/bounds.ts'
import { sha256 } from '../ids.ts'
import { type IncomingItem, type IncomingOrder, isRecent, versionOf } from '../orders/incoming-order.ts'
import type { HookEvent, Reading } from './event.ts'
import { amount, email, type Fields, fields, httpUrl, line, list, shopId, time } from './fields.ts'

export interface ShopifyDelivery {
  /** X-Shopify-Topic */
  topic: string
  /** X-Shopify-Event-Id: the same for each delivery of one event. */
  eventId: string | undefined
  /** X-Shopify-Shop-Domain */
  shop: string
  nowMs: number
}

/**
 * A signed delivery of Shopify's Admin API. A later try brings the first one's payload, so what is older than what is
 * known changes nothing.
 */
export async function readShopify(delivery: ShopifyDelivery, body: unknown): Promise<Reading> {
  const { topic, eventId } = delivery
  const payload = fields(body)
  const read = READERS.get(topic)
  if (!read) return { nothing: 'unknown_topic' }
  const event = read(payload, delivery)
  if (!event) return { nothing: event === null ? 'known' : 'unreadable' }
  if (eventId && /^[\w-]{8,64}$/.test(eventId)) return { event, key: `${topic}:${eventId}` }
  const hash = (await sha256(JSON.stringify(payload))).slice(0, 32)
  return { event, key: `${topic}:${shopId(payload.id) ?? ''}:${String(payload.updated_at ?? '').slice(0, 40)}:${hash}` }
}

/** Null: nothing to do; undefined: it lacks what it must have. */
type Reader = (payload: Fields, delivery: ShopifyDelivery) => HookEvent | null | undefined

const order =
  (isNew: boolean): Reader =>
  (payload, { nowMs }) => {
    const id = shopId(payload.id)
    return id === null ? undefined : { kind: 'order', order: readOrder(id, payload, isNew, nowMs), restored: false }
  }
const privacy: Reader = (payload, { topic }) => {
  const customer = fields(payload.customer)
  const orders = topic === 'customers/redact' ? payload.orders_to_redact : payload.orders_requested
  const ids = Array.isArray(orders) ? orders.slice(0, 1_000).flatMap((id) => shopId(id) ?? []) : []
  return { kind: 'privacy', topic, customer: shopId(customer.id), email: email(customer.email), orders: ids }
}

// A map: a topic is a stranger's text, and an object knows `constructor`.
const READERS = new Map<string, Reader>([
  ['orders/create', order(true)],
  ['orders/updated', order(false)],
  ['orders/paid', order(false)],
  ['orders/cancelled', order(false)],
  ['orders/fulfilled', order(false)],
  ['orders/partially_fulfilled', order(false)],
  ['orders/delete', (payload) => ofId(payload, (id) => ({ kind: 'order_deleted', id }))],
  ['products/create', readProduct],
  ['products/update', readProduct],
  // A product that is gone keeps its card, for the chats about it.
  ['products/delete', () => null],
  ['customers/create', readCustomer],
  ['customers/update', readCustomer],
  ['customers/delete', (payload) => ofId(payload, (id) => ({ kind: 'customer_deleted', id }))],
  ['customers/data_request', privacy],
  ['customers/redact', privacy],
  ['shop/redact', privacy],
])

function ofId(payload: Fields, event: (id: string) => HookEvent) {
  const id = shopId(payload.id)
  return id === null ? undefined : event(id)
}

/** `vendor` is a brand and no seller; Shopify knows none. */
function readOrder(id: string, payload: Fields, isNew: boolean, nowMs: number): IncomingOrder {
  const customer = fields(payload.customer)
  const placedAt = time(payload.created_at)
  return {
    id,
    number: (line(payload.name, MAX_NAME_CHARS) ?? line(payload.order_number, MAX_NAME_CHARS))?.replace(/^#/, '') || id,
    parent: null,
    isSplit: false,
    status: statusOf(payload),
    currency: line(payload.currency, 12),
    customer: shopId(customer.id),
    name: nameOf(customer),
    email: email(payload.email) ?? email(payload.contact_email) ?? email(customer.email),
    placedAt,
    version: versionOf(time(payload.updated_at), isNew ? 0 : 1, nowMs),
    wanted: isNew || isRecent(placedAt, nowMs),
    url: statusUrl(payload.order_status_url),
    seller: null,
    desks: [],
    total: amount(payload.total_price),
    items: list(payload.line_items, MAX_ORDER_ITEMS).flatMap(itemOf),
  }
}

const statusOf = (payload: Fields) =>
  payload.cancelled_at
    ? 'cancelled'
    : (line(payload.fulfillment_status, MAX_NAME_CHARS) ?? line(payload.financial_status, MAX_NAME_CHARS))

const nameOf = (customer: Fields) =>
  line(`${line(customer.first_name, 40) ?? ''} ${line(customer.last_name, 40) ?? ''}`, MAX_NAME_CHARS)

/** Its key would let everybody in the chat see the whole order; without it Shopify asks who they are. */
function statusUrl(value: unknown): string | null {
  const url = httpUrl(value)
  return url && (url.split(/[?#]/)[0] ?? null)
}

function itemOf(item: Fields): IncomingItem[] {
  const name = line(item.name, MAX_TITLE_CHARS) ?? line(item.title, MAX_TITLE_CHARS)
  if (name === null) return []
  const [price, quantity] = [amount(item.price), amount(item.quantity) ?? 1]
  const total = price === null ? null : amount(price * quantity - (amount(item.total_discount) ?? 0))
  return [{ name, product: shopId(item.product_id), seller: null, quantity, total }]
}

function readProduct(payload: Fields, { shop, nowMs }: ShopifyDelivery): HookEvent | undefined {
  const [id, title, handle] = [shopId(payload.id), line(payload.title, MAX_TITLE_CHARS), shopId(payload.handle)]
  if (id === null || title === null) return undefined
  const image = Array.isArray(payload.images) ? fields(payload.images[0]).src : null
  const product = {
    id,
    title,
    seller: null,
    url: handle && httpUrl(`https://${shop}/products/${encodeURIComponent(handle)}`),
    picture: httpUrl(image),
    // Shopify names no currency with it.
    price: null,
    version: versionOf(time(payload.updated_at), 1, nowMs),
  }
  return { kind: 'product', product, desks: [] }
}

function readCustomer(payload: Fields, { nowMs }: ShopifyDelivery): HookEvent | undefined {
  const version = versionOf(time(payload.updated_at), 1, nowMs)
  const customer = { name: nameOf(payload), email: email(payload.email), version }
  return ofId(payload, (id) => ({ kind: 'customer', customer: { id, ...customer } }))
}
