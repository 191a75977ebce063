/** A thing the demo shop sells. `theme` is whose DOM its page has; ids and slugs are as that platform makes them. */
export interface Good {
  id: string
  theme: Theme
  slug: string
  title: string
  seller: string
  /** In pounds, as the page shows it without the sign. */
  price: string
  kind: string
  summary: string
  story: string
  facts: [label: string, text: string][]
}
export type Theme = 'storefront' | 'dawn' | 'plain' | 'element'

export const GOODS: Good[] = [
  {
    id: '310',
    theme: 'storefront',
    slug: 'walnut-bowl',
    title: 'Walnut bowl',
    seller: 'oak-works',
    price: '50.00',
    kind: 'Kitchen',
    summary: 'Turned from one piece of English walnut, oiled five times, and made to be used every day.',
    story:
      'Each bowl starts green and dries for a year before its last turn on the lathe, so no two have the same grain. The foot is left rough enough to hold on a wet table.',
    facts: [
      ['Size', '28 cm across, 9 cm deep'],
      ['Wood', 'English walnut'],
      ['Care', 'Wash by hand, oil twice a year'],
    ],
  },
  {
    id: '311',
    theme: 'storefront',
    slug: 'linen-napkins',
    title: 'Linen napkins, set of four',
    seller: 'studio-linen',
    price: '38.00',
    kind: 'Table',
    summary: 'Heavy Belgian linen with a mitred hem, washed twice so that it is soft from the first meal.',
    story:
      'Woven in Kortrijk and sewn in our own workshop. The colours are mixed from the same four dyes and age together.',
    facts: [
      ['Size', '45 × 45 cm'],
      ['Cloth', '245 g linen'],
      ['Care', 'Wash at 60 °C'],
    ],
  },
  {
    id: '7999306039433',
    theme: 'dawn',
    slug: 'oak-serving-board',
    title: 'Oak serving board',
    seller: 'oak-works',
    price: '64.00',
    kind: 'Kitchen',
    summary: 'A long board with a handle that fits the hand, cut from a single plank of slow-grown oak.',
    story: 'The edges are eased by hand and the face is planed, not sanded, so that it stays smooth after washing.',
    facts: [
      ['Size', '56 × 20 cm'],
      ['Wood', 'European oak'],
      ['Care', 'Wipe clean, oil when dry'],
    ],
  },
  {
    id: '7999306039434',
    theme: 'dawn',
    slug: 'linen-apron',
    title: 'Linen apron',
    seller: 'studio-linen',
    price: '72.00',
    kind: 'Kitchen',
    summary: 'A cross-back apron with two deep pockets and straps that never come undone.',
    story: 'One size that fits most, with ties long enough to knot in front. It gets better with every wash.',
    facts: [
      ['Size', '92 cm long'],
      ['Cloth', '280 g linen'],
      ['Care', 'Wash at 40 °C'],
    ],
  },
  {
    id: 'LAMP-2',
    theme: 'plain',
    slug: 'ash-desk-lamp',
    title: 'Ash desk lamp',
    seller: 'oak-works',
    price: '180.00',
    kind: 'Lighting',
    summary: 'Two arms of steamed ash, brass joints that stay where you leave them, and a warm light.',
    story: 'The cable runs inside the arms. The bulb is a standard one, so that the lamp outlives it.',
    facts: [
      ['Reach', '70 cm'],
      ['Bulb', 'E14, up to 7 W'],
      ['Delivery', '2 to 4 days, £3.50'],
    ],
  },
  {
    id: 'THROW-1',
    theme: 'plain',
    slug: 'washed-linen-throw',
    title: 'Washed linen throw',
    seller: 'studio-linen',
    price: '120.00',
    kind: 'Living',
    summary: 'A loose weave that is cool in summer and warm in winter, with a fringe knotted by hand.',
    story: 'Washed with stones for an hour, which takes the stiffness out and leaves the strength.',
    facts: [
      ['Size', '130 × 180 cm'],
      ['Cloth', '210 g linen'],
      ['Delivery', '2 to 4 days, £3.50'],
    ],
  },
  {
    id: 'STOOL-3',
    theme: 'element',
    slug: 'three-legged-stool',
    title: 'Three-legged stool',
    seller: 'oak-works',
    price: '145.00',
    kind: 'Living',
    summary: 'It stands on any floor, however uneven, and doubles as a bedside table.',
    story: 'The legs are wedged through the seat without glue or screws, as stools have been made for centuries.',
    facts: [
      ['Size', '45 cm high'],
      ['Wood', 'Ash, soaped'],
      ['Delivery', '5 to 7 days, £12'],
    ],
  },
  {
    id: 'CUSHION-4',
    theme: 'element',
    slug: 'linen-cushion',
    title: 'Linen cushion',
    seller: 'studio-linen',
    price: '54.00',
    kind: 'Living',
    summary: 'A plump feather cushion in a piped linen cover that comes off for washing.',
    story: 'The piping is cut on the bias from the same bolt, so the corners lie flat.',
    facts: [
      ['Size', '50 × 50 cm'],
      ['Cloth', '245 g linen'],
      ['Delivery', '2 to 4 days, £3.50'],
    ],
  },
]

/** What the demo calls each kind of page. */
export const THEMES: Record<Theme, string> = {
  storefront: 'WooCommerce Storefront',
  dawn: 'Shopify Dawn',
  plain: 'JSON-LD alone',
  element: 'Placed by hand',
}

export const pathOf = ({ theme, slug }: Good) => `/demo/${theme}${theme === 'dawn' ? '/products' : ''}/${slug}`
export const pictureOf = ({ slug }: Good) => `/demo/pictures/${slug}.svg`
export const priceOf = ({ price }: Good) => `£${price}`
export const findGood = (theme: Theme, slug: string) => GOODS.find((good) => good.theme === theme && good.slug === slug)
