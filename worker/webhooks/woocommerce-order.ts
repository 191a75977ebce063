import { MAX_NAME_CHARS, MAX_ORDER_ITEMS, MAX_TITLE_CHARS } from '../../protocol/bounds.ts'
import { type IncomingItem, type IncomingOrder, isRecent, versionOf } from '../orders/incoming-order.ts'
import { amount, email, type Fields, fields, httpUrl, line, list, shopId, time } from './fields.ts'

/** More entries of `meta_data`, or sellers, than any order has. */
const MOST_META = 500
const MOST_STORES = 50

interface Reading {
  nowMs: number
  accountUrl: string | null
  /** It comes as a new order; any other may be of last year. */
  isNew: boolean
}

/**
 * An order of WooCommerce's REST API v3 as a chat needs it; `id` is there. Addresses, phone, IP and user agent are left
 * behind. Sellers: Dokan's `_dokan_vendor_id` or `store` for the whole order (a parent with `has_sub_order` has none
 * of its own), WCFM's `_vendor_id` on a line, which comes only with a later update.
 */
export function readWooOrder(payload: Fields, { nowMs, accountUrl, isNew }: Reading): IncomingOrder {
  const id = shopId(payload.id) ?? ''
  const meta = metaOf(payload.meta_data)
  const billing = fields(payload.billing)
  const stores = [storeOf(payload.store), ...list(payload.stores, MOST_STORES).map(storeOf)].filter(
    (store) => store !== null,
  )
  const placedAt = time(payload.date_created_gmt) ?? time(payload.date_created)
  return {
    id,
    number: line(payload.number, MAX_NAME_CHARS)?.replace(/^#/, '') || id,
    parent: payload.created_via === 'dokan' ? shopId(payload.parent_id) : null,
    isSplit: isTrue(meta.get('has_sub_order')),
    status: line(payload.status, MAX_NAME_CHARS),
    currency: line(payload.currency, 12),
    customer: shopId(payload.customer_id),
    name: line(`${line(billing.first_name, 40) ?? ''} ${line(billing.last_name, 40) ?? ''}`, MAX_NAME_CHARS),
    email: email(billing.email),
    placedAt,
    version: versionOf(time(payload.date_modified_gmt) ?? time(payload.date_modified), isNew ? 0 : 1, nowMs),
    wanted: isNew || isRecent(placedAt, nowMs),
    url: viewUrl(payload, id, accountUrl),
    seller: shopId(meta.get('_dokan_vendor_id')) ?? storeOf(payload.store)?.id ?? null,
    desks: stores,
    total: amount(payload.total),
    items: list(payload.line_items, MAX_ORDER_ITEMS).flatMap(itemOf),
  }
}

function itemOf(item: Fields): IncomingItem[] {
  const name = line(item.name, MAX_TITLE_CHARS)
  const total = amount(item.total)
  if (name === null) return []
  return [
    {
      name,
      product: shopId(item.product_id),
      seller: shopId(metaOf(item.meta_data).get('_vendor_id')),
      quantity: amount(item.quantity) ?? 1,
      total: total === null ? null : total + (amount(item.total_tax) ?? 0),
    },
  ]
}

const metaOf = (value: unknown) => new Map(list(value, MOST_META).map((entry) => [entry.key, entry.value]))

const isTrue = (value: unknown) => value === true || (value !== 'no' && shopId(value) !== null)

/** Dokan's `store` of an order or a product: an object, or an empty list where there is none. */
export function storeOf(value: unknown): { id: string; name: string | null } | null {
  const store = fields(value)
  const id = shopId(store.id)
  return id === null ? null : { id, name: line(store.shop_name, MAX_NAME_CHARS) ?? line(store.name, MAX_NAME_CHARS) }
}

/**
 * The order's page in the customer's account. The REST API does not say it: our WordPress plugin adds it as
 * `shopbell_view_url`; else it is where WooCommerce has it by default, under the account's address.
 */
function viewUrl(payload: Fields, id: string, accountUrl: string | null): string | null {
  const told = httpUrl(payload.shopbell_view_url)
  if (told || !accountUrl) return told
  const url = URL.parse(accountUrl)
  return url && `${url.origin}${url.pathname.replace(/\/$/, '')}/view-order/${encodeURIComponent(id)}/`
}
