import { jsonLdId } from './read-json-ld.ts'
import { shopifyProductId } from './read-shopify.ts'
import { wooProductId } from './read-woocommerce.ts'

/** The id of the product that a page is about: the platform's own where there is one. */
export const productId = (page: Document) => wooProductId(page) ?? shopifyProductId(page) ?? jsonLdId(page)
