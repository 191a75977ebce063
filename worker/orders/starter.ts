import { MAX_MESSAGE_CHARS } from '../../protocol/bounds.ts'
import { readTemplate, type Settings, STARTER_TOKENS } from '../../protocol/settings/index.ts'
import { amountsIn, dayIn } from './amounts.ts'
import type { IncomingOrder } from './incoming-order.ts'
import type { Share } from './split.ts'

/** More lines than this are counted, not listed. */
const MOST_LINES = 20

type Values = Record<(typeof STARTER_TOKENS)[number], string>

/**
 * The first message of an order's chat. Template and values are only ever joined: a value that looks like a token or
 * like markup stays the text it is.
 */
export function starterFor(order: IncomingOrder, share: Share, sellerName: string, settings: Settings): string {
  const values = valuesOf(order, share, sellerName, settings)
  return clip(fill(settings.contexts.order.starterMessage, values), MAX_MESSAGE_CHARS)
}

/** The same of an order whose buyer was erased: without the name, and without what was bought, when and for how much. */
export function starterWithoutCustomer(number: string, sellerName: string, settings: Settings): string {
  const nothing = Object.fromEntries(STARTER_TOKENS.map((token) => [token, ''])) as Values
  const values = { ...nothing, seller_name: sellerName, order_id: number }
  return clip(fill(settings.contexts.order.starterMessage, values).replace(/\n{3,}/g, '\n\n'), MAX_MESSAGE_CHARS)
}

function valuesOf(order: IncomingOrder, share: Share, sellerName: string, { region }: Settings): Values {
  const money = amountsIn(order.currency, region)
  return {
    customer_name: order.name ?? '',
    seller_name: sellerName,
    // What the customer knows it by: some shops number their orders apart from their ids.
    order_id: order.number,
    order_details: detailsOf(share, money),
    order_date: order.placedAt === null ? '' : dayIn(region, order.placedAt),
    order_total: share.total === null ? '' : money(share.total),
    order_view_url: order.url ?? '',
    seller_item_count: new Intl.NumberFormat(region.locale).format(
      share.items.reduce((count, { quantity }) => count + quantity, 0),
    ),
  }
}

function detailsOf({ items }: Share, money: (amount: number) => string): string {
  const lines = items
    .slice(0, MOST_LINES)
    .map(({ name, quantity, total }) => `${quantity} × ${name}${total === null ? '' : ` – ${money(total)}`}`)
  if (items.length > MOST_LINES) lines.push(`… (+${items.length - MOST_LINES})`)
  return lines.join('\n')
}

function fill(template: string, values: Values): string {
  const read = readTemplate(template, STARTER_TOKENS)
  // Saved settings were checked; a default of a later version may know tokens that this one does not.
  if ('problem' in read) return template
  const named: Record<string, string> = values
  let text = ''
  for (const part of read.parts) {
    const value = 'text' in part ? part.text : (named[part.token] ?? '')
    // “Hello , thank you” for a customer without a name.
    text = 'token' in part && value === '' ? text.replace(/[ \t]$/, '') : text + value
  }
  return text.trim()
}

/** Cuts before a surrogate pair, not within it. */
const clip = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
