import type { Claim } from './about.ts'

// biome-ignore lint/suspicious/noExplicitAny: what strangers publish has no shape to rely on
type Loose = any

const list = (value: Loose): Loose[] => [value ?? []].flat()
const path = (node: Loose, page: Document) => new URL(node.url ?? node['@id'] ?? '', page.baseURI).pathname

/**
 * The page's Product or ProductGroup in schema.org's JSON-LD, alone or in an `@graph`. A page that describes several
 * products (a list, a carousel) is about none of them, unless one has the page's own address.
 */
export function findJsonLd(page: Document): Loose {
  const products = [...page.querySelectorAll('[type="application/ld+json"]')]
    .flatMap(parse)
    .flatMap((node) => [node, ...list(node?.['@graph'])])
    .filter((node) => /\bProduct(Group)?\b/.test(list(node?.['@type']).join(' ')))
  return products[1] ? products.find((node) => path(node, page) === path({}, page)) : products[0]
}

function parse(script: Element): Loose[] {
  try {
    return list(JSON.parse(script.innerHTML))
  } catch {
    return [] // A broken block is the shop's to mend; the others still count.
  }
}

/** Its own id, else the stock number, else its path. */
export function jsonLdId(page: Document): string | undefined {
  const product = findJsonLd(page)
  if (!product) return
  const id = product.productID ?? product.productGroupID ?? product.sku ?? path(product, page)
  return `${id}`.replace(/\s+/g, '-')
}

export function jsonLdClaim(page: Document): Claim {
  const product = findJsonLd(page) ?? {}
  const variants = list(product.hasVariant)
  const chosen = chosenVariant(page)
  const variant =
    variants.find((one) => chosen && new RegExp(`variant=${Number(chosen)}\\b`).test(JSON.stringify(one))) ??
    variants[0]
  const image = list((chosen && variant?.image) || (product.image ?? variant?.image))[0]
  return {
    title: product.name,
    picture: image?.url ?? image?.contentUrl ?? image,
    url: product.url,
    price: price(list(product.offers ?? variant?.offers)[0], page.documentElement.lang),
  }
}

/** Shopify's id of the chosen variant: what would be bought now, else what the address says. */
const chosenVariant = (page: Document) =>
  page.querySelector<HTMLInputElement>('product-info form[action*="/cart/add"] [name=id]')?.value ??
  new URL(page.URL).searchParams.get('variant')

function price(offer: Loose, lang: string): string | undefined {
  const spec = list(offer?.priceSpecification)[0]
  const amount = offer?.price ?? offer?.lowPrice ?? spec?.price
  const currency = offer?.priceCurrency ?? spec?.priceCurrency
  try {
    return new Intl.NumberFormat(lang || undefined, { style: 'currency', currency }).format(amount)
  } catch {
    return
  }
}
