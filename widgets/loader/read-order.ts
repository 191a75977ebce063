import type { Claim } from './about.ts'

const NAMES = ['view-order', 'order-received']

/**
 * The id of the order that a WooCommerce page shows. Its number may be another: plugins number as they like, so the
 * page's words never give the id. Where the shop has renamed the address, the body class still says what page it is.
 */
export function orderId(page: Document): string | undefined {
  const { pathname, searchParams } = new URL(page.URL)
  const named = new RegExp(`/(?:${NAMES.join('|')})/(\\d+)`).exec(pathname)?.[1]
  const plain = NAMES.map((name) => searchParams.get(name)).find((id) => id && /^\d+$/.test(id))
  const last = pathname.split('/').findLast((part) => /^\d+$/.test(part))
  return (
    named ??
    plain ??
    (page.querySelector('body:is(.woocommerce-view-order,.woocommerce-order-received)') ? last : undefined)
  )
}

/** What the page shows of the order. The address of a page that thanks for an order holds its key: it is no claim. */
export function orderClaim(page: Document): Claim {
  const text = (selector: string) => page.querySelector(selector)?.textContent?.trim()
  const number = text('mark.order-number') ?? text('.woocommerce-order-overview__order strong')
  const heading = text('h1')
  const thanks = page.querySelector('body.woocommerce-order-received') || /order-received/.test(page.URL)
  const amounts = page.querySelectorAll('.order_details tfoot .amount')
  return {
    title: number && number !== orderId(page) ? (heading?.includes(number) ? heading : `#${number}`) : undefined,
    url: thanks ? undefined : page.URL.replace(/#.*/, ''),
    price: amounts[amounts.length - 1]?.textContent?.trim(),
  }
}
