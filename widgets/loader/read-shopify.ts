type ShopifyWindow = { meta?: ShopifyMeta; ShopifyAnalytics?: { meta?: ShopifyMeta } }
type ShopifyMeta = { product?: { id?: number } }

/** The product's id on a Shopify page: Dawn and its kin, or any theme with Shopify's own analytics object. */
export function shopifyProductId(page: Document): string | undefined {
  // A featured product on another page has the same element; only a product's own page says so in its head.
  if (!page.querySelector('[property="og:type"][content=product]')) return
  const view = page.defaultView as ShopifyWindow | null
  const meta = view?.ShopifyAnalytics?.meta ?? view?.meta
  const id = page.querySelector<HTMLElement>('product-info[data-product-id]')?.dataset.productId ?? meta?.product?.id
  return id ? `${id}` : undefined
}
