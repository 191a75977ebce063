import type { Claim } from './about.ts'

/**
 * The product's id on a WooCommerce page, classic or block theme. Related products carry the same markup, so it comes
 * from what belongs to the page itself: its body class, its own form.
 */
export function wooProductId(page: Document): string | undefined {
  if (!page.body.matches('.single-product')) return
  const buy = page.querySelector<HTMLButtonElement>('form.cart [name=add-to-cart]')
  return /postid-(\d+)/.exec(page.body.className)?.[1] ?? buy?.value
}

export function wooClaim(page: Document): Claim {
  const find = (selector: string) => page.querySelector<HTMLElement>(selector)
  const text = (selector: string) => find(selector)?.textContent?.trim() || undefined
  const price = (inside: string) => text(`${inside} .price ins`) ?? text(`${inside} .price`)
  // The chosen variation; without one its price stays in the page, folded away.
  const chosen = Number(page.querySelector<HTMLInputElement>('form.cart input.variation_id')?.value)
  return {
    title: text('.product_title'),
    price: (chosen ? price('form.cart .woocommerce-variation-price') : undefined) ?? price('.summary'),
    picture: find('.woocommerce-product-gallery [data-large_image]')?.dataset.large_image,
  }
}
