import type { PublicSite } from '../../protocol/public-site.ts'
import { keepButton } from './keep-button.ts'
import type { Page } from './page.ts'
import type { Spot } from './place.ts'
import { orderId } from './read-order.ts'

type Order = PublicSite['contexts']['order']

/** The button on a customer's order, where WooCommerce's two hooks render. */
export function keepOrderButton(page: Page, { position }: Order) {
  const keep = keepButton('order', page.end.signal)
  const look = () => keep(orderId(document), () => findOrderSpot(document, position))
  page.looks.add(look)
  look()
}

export function findOrderSpot(page: Document, position: Order['position']): Spot | undefined {
  const [selector, where]: [string, InsertPosition] =
    position === 'view_order'
      ? ['.woocommerce-MyAccount-content:has(.order_details)', 'beforeend']
      : ['table.order_details,.wc-block-order-confirmation-totals table', 'afterend']
  const anchor = page.querySelector(selector)
  return anchor ? [anchor, where] : undefined
}
