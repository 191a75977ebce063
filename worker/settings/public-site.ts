import type { PublicSite } from '../../protocol/public-site.ts'
import type { Settings } from '../../protocol/settings/index.ts'
import { allowedKinds, maxBytes } from '../attachments/allowed.ts'
import type { Site } from '../sites/load.ts'
import { onAccent } from './on-accent.ts'

/** What a shopper's browser may know of a site, field by field: what is not named here stays private. */
export function publicSite({ id, name, settings }: Pick<Site, 'id' | 'name' | 'settings'>): PublicSite {
  const { general, brand, guests, region, contexts, attachments } = settings
  return {
    site: id,
    name: brand.name ?? name,
    accent: brand.accent,
    onAccent: onAccent(brand.accent),
    theme: brand.theme,
    locale: region.locale,
    timeZone: region.timeZone,
    guests: guests.mode,
    opens: general.opens,
    chatsPage: general.chatsPageUrl,
    attachments: publicAttachments(attachments),
    contexts: {
      product: publicProduct(contexts.product),
      order: publicOrder(contexts.order),
      post: { enabled: contexts.post.enabled, page: contexts.post.pageUrl },
    },
  }
}

const publicAttachments = (settings: Settings['attachments']): PublicSite['attachments'] =>
  settings.enabled
    ? { perMessage: settings.perMessage, maxBytes: maxBytes(settings), kinds: allowedKinds(settings) }
    : null

const publicProduct = (product: Settings['contexts']['product']): PublicSite['contexts']['product'] => ({
  enabled: product.enabled,
  routing: product.routing,
  page: pageOf(product),
  position: product.buttonPosition,
  selector: product.buttonSelector,
  label: product.buttonLabel,
  endpointLabel: product.endpointLabel,
})

const publicOrder = (order: Settings['contexts']['order']): PublicSite['contexts']['order'] => ({
  enabled: order.enabled,
  routing: order.routing,
  page: pageOf(order),
  button: order.button,
  position: order.buttonPosition,
  label: order.buttonLabel,
  endpointLabel: order.endpointLabel,
})

const pageOf = (context: Settings['contexts']['product' | 'order']) =>
  context.routing === 'account' ? context.accountUrl : context.pageUrl
