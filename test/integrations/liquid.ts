import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

const BLOCKS = 'integrations/shopify/extensions/shopbell-theme/blocks'

export const source = (block: string) => readFileSync(`${BLOCKS}/${block}.liquid`, 'utf8')
export const schemaOf = (block: string) =>
  JSON.parse(/{% schema %}([\s\S]*){% endschema %}/.exec(source(block))?.[1] ?? '')

// Its name in a variable, for it may not be installed; then what needs it is skipped and says so.
const ENGINE = 'liquidjs'
const engine = await import(/* @vite-ignore */ ENGINE).catch(() => null)
export const hasLiquid = engine !== null
export const needsLiquid = hasLiquid ? '' : ' (skipped: liquidjs is not installed)'

/** Renders a block as Shopify would, with Shopify's own filters made here. */
export async function render(block: string, page: Record<string, unknown>, template = source(block)): Promise<string> {
  const liquid = new engine.Liquid({ strictFilters: true })
  liquid.registerFilter('hmac_sha256', (text: string, secret: string) =>
    createHmac('sha256', secret).update(text).digest('hex'),
  )
  liquid.registerFilter('asset_url', (file: string) => `//cdn.shopify.com/extensions/${file}`)
  liquid.registerFilter('image_url', (image: string, [, width]: [string, number]) => `${image}?width=${width}`)
  return liquid.parseAndRender(template.replace(/{% schema %}[\s\S]*/, ''), page)
}
