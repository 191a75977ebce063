import type { PublicSite } from '../../protocol/public-site.ts'
import { complain } from './complain.ts'

export type Spot = [anchor: Element, where: InsertPosition]

// Where a shopper looks for it: after what buys the thing, else after its price, else after its name.
const AFTER = [
  'form.cart',
  '.product-form__buttons',
  'form[action*="/cart"],form[action*=basket]',
  '[name=add-to-cart],[class*=add-to-cart],[id*=add-to-cart]',
  '[itemprop=price],[class*=price]',
  'h1',
]
// Other products shown along with this one.
const OTHERS = 'nav,aside,footer,.products,[class*=related],[class*=upsell],[class*=recommend]'

type Wish = Pick<PublicSite['contexts']['product'], 'position'> & { selector?: string }

/** The place of the button on a product's page as the site wants it; undefined where it has none. */
export function findSpot(page: Document, { position, selector }: Wish, id: string): Spot | undefined {
  if (position === 'manual') return
  if (selector) {
    try {
      const anchor = page.querySelector(selector)
      return anchor ? [anchor, 'afterend'] : undefined
    } catch {
      complain(`the button selector ${selector} is no CSS selector.`)
    }
  }
  const root =
    page.getElementById(`product-${id}`) ??
    page.querySelector('.single-product div.product,product-info') ??
    page.querySelector('main') ??
    page.body
  const at = (selector: string, where: InsertPosition = 'afterend'): Spot | undefined => {
    for (const anchor of root.querySelectorAll(selector)) {
      const others = anchor.closest(OTHERS)
      if (!others || others.contains(root)) return [anchor, where]
    }
    return
  }
  // As WooCommerce's three hooks render in classic and in block themes, and their like in Dawn.
  if (position === 'before_summary')
    return root.matches('.wp-block-group')
      ? [root, 'afterbegin']
      : (at('.onsale,.woocommerce-product-gallery', 'beforebegin') ??
          at('.product__info-container', 'afterbegin') ??
          at('h1', 'beforebegin'))
  return (
    (position === 'after_summary' &&
      (at('.woocommerce-tabs,.wp-block-woocommerce-product-details') ??
        at('.summary') ??
        at('.product__info-container', 'beforeend'))) ||
    AFTER.map((selector) => at(selector)).find(Boolean)
  )
}
