import type { About, Claim } from './about.ts'
import { jsonLdClaim } from './read-json-ld.ts'
import { orderClaim, orderId } from './read-order.ts'
import { productId } from './read-page.ts'
import { postClaim, postId } from './read-post.ts'
import { wooClaim } from './read-woocommerce.ts'

const KEYS = ['title', 'picture', 'url', 'price'] as const
const MOST_CHARS = { title: 200, picture: 2000, url: 2000, price: 40 }

// What a page says of its thing, the better sources first. Read when it is asked for: a variant may change the price.
const READERS: Record<
  About['type'],
  [id: (page: Document) => string | undefined, claims: (page: Document) => Claim[]]
> = {
  product: [productId, (page) => [wooClaim(page), jsonLdClaim(page), headClaim(page)]],
  order: [orderId, (page) => [orderClaim(page)]],
  post: [postId, (page) => [postClaim(page), headClaim(page)]],
}

/** The id of the page's own thing of a kind. */
export const readId = (page: Document, type: About['type']): string | undefined => READERS[type][0](page)

function readThing(page: Document, type: About['type']): About | undefined {
  const id = readId(page, type)
  return id ? { type, id, ...bounded(READERS[type][1](page), page) } : undefined
}

/** What the page is about: its product, else its order, else its article. */
export const readPage = (page: Document): About | undefined =>
  readThing(page, 'product') ?? readThing(page, 'order') ?? readThing(page, 'post')

/** What a shop's script says of a thing, as far as it can be shown; nothing where it does not say which. */
export function readGiven({ type, id, ...claim }: About): About | undefined {
  return Object.hasOwn(READERS, type) && id ? { type, id: `${id}`, ...bounded([claim], document) } : undefined
}

function headClaim(page: Document): Claim {
  const graph = (name: string) => page.querySelector<HTMLMetaElement>(`meta[property="og:${name}"]`)?.content
  const canonical = page.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href
  return {
    title: graph('title') ?? page.title,
    picture: graph('image:secure_url') ?? graph('image'),
    url: canonical ?? page.URL.replace(/#.*/, ''),
  }
}

/**
 * What an element says of itself; without an id of its own it is about the page's thing of its kind. Each attribute may
 * also be written as `data-…`.
 */
export function readElement(element: Element): About | undefined {
  const read = (name: string) => element.getAttribute(name) ?? element.getAttribute(`data-${name}`) ?? undefined
  const page = element.ownerDocument
  const own = bounded([Object.fromEntries(KEYS.map((key) => [key, read(key)]))], page)
  const type = (read('context') ?? 'product') as About['type']
  const thing = Object.hasOwn(READERS, type) ? readThing(page, type) : undefined
  const id = read('context-id') ?? thing?.id
  if (!id) return
  return id === thing?.id ? { ...thing, ...own } : { type, id, ...own }
}

/** Of each the first that can be shown: made absolute, and no longer than the server takes. */
function bounded(claims: Claim[], page: Document): Omit<About, 'type' | 'id'> {
  const shown = (key: keyof Claim, text = '') =>
    key === 'url' || key === 'picture' ? absolute(text, page) : clean(text)
  const first = (key: keyof Claim) =>
    claims.map((claim) => shown(key, claim[key])).find((text) => text && text.length <= MOST_CHARS[key])
  return Object.fromEntries(KEYS.map((key) => [key, first(key)]).filter(([, text]) => text))
}

const clean = (text: string) =>
  `${text}`
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, MOST_CHARS.title)

/** An http(s) address, or nothing. */
function absolute(address: string, page: Document): string | undefined {
  if (!address || !URL.canParse(address, page.baseURI)) return
  const { href, protocol } = new URL(address, page.baseURI)
  return /^https?:$/.test(protocol) ? href : undefined
}
