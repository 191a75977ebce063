import * as z from 'zod'
import { PutPosts, PutProducts, PutResult } from '../catalog.ts'
import { OrderLink, PutOrders } from '../orders.ts'
import { PublicSite } from '../public-site.ts'
import { PutSellers } from '../sessions.ts'
import { PutSettings, SettingsDocument, SettingsJsonSchema, UndoSettings } from '../settings/index.ts'
import type { RouteGroup } from './route.ts'

/** The deployment can answer and reach its database. */
export const Health = z.strictObject({ ok: z.literal(true) })

export const shopGroup: RouteGroup = {
  title: 'Shop',
  about: 'What a shop tells about itself, and what its pages may know of it.',
  routes: [
    {
      method: 'GET',
      path: '/v1/sites/:site/public',
      summary: 'What the shop’s pages need to know',
      help: 'May be kept for 10 seconds; has an `ETag`, and answers 304 to the `If-None-Match` that fits.',
      auth: 'origin',
      answers: [{ status: 200, schema: PublicSite }, { status: 304 }],
    },
    {
      method: 'GET',
      path: '/v1/settings',
      summary: 'All settings',
      help: 'For owners, admins, analysts and the shop’s server. [What each setting does](settings.md).',
      auth: 'key_or_staff',
      answers: [{ status: 200, schema: SettingsDocument }],
    },
    {
      method: 'PUT',
      path: '/v1/settings',
      summary: 'Change some settings',
      help: 'Send what changes and the version you read. `null` puts a setting, or a whole group, back to its default. For owners, admins and the shop’s server; at most 256 KiB.',
      auth: 'key_or_staff',
      body: PutSettings,
      answers: [{ status: 200, schema: SettingsDocument }],
      errors: ['settings_conflict'],
    },
    {
      method: 'POST',
      path: '/v1/settings/undo',
      summary: 'Take the last save back',
      help: 'In a save of its own, so that undoing twice changes nothing. For owners, admins and the shop’s server.',
      auth: 'key_or_staff',
      body: UndoSettings,
      answers: [{ status: 200, schema: SettingsDocument }],
      errors: ['settings_conflict', 'not_found'],
    },
    {
      method: 'GET',
      path: '/v1/settings/schema',
      summary: 'The settings as a form is drawn from them',
      help: 'JSON Schema: sections and fields in their order, with their words, bounds and defaults.',
      auth: 'key_or_staff',
      answers: [{ status: 200, schema: SettingsJsonSchema }],
    },
    {
      method: 'PUT',
      path: '/v1/catalog/products',
      summary: 'Tell about products',
      help: 'Makes or replaces each by its id: all, or none if a seller is not known. Of two rows for one product the last counts. At most 500 rows and 1 MiB.',
      auth: 'key',
      body: PutProducts,
      answers: [{ status: 200, schema: PutResult }],
      errors: ['seller_unknown'],
    },
    {
      method: 'PUT',
      path: '/v1/catalog/posts',
      summary: 'Tell about articles',
      help: 'Makes or replaces each by its id. The desk with the author’s id answers; where there is none, the default one does. At most 500 rows and 1 MiB.',
      auth: 'key',
      body: PutPosts,
      answers: [{ status: 200, schema: PutResult }],
    },
    {
      method: 'PUT',
      path: '/v1/orders',
      summary: 'Tell about orders',
      help: 'For shops whose platform sends no hooks. Makes or updates each by its id: all, or none if a seller is not known. Each seller’s share gets its chat with the buyer, once, if the settings say so. Sending it again is safe. At most 100 orders and 1 MiB.',
      auth: 'key',
      body: PutOrders,
      answers: [{ status: 200, schema: PutResult }],
      errors: ['seller_unknown'],
    },
    {
      method: 'POST',
      path: '/v1/orders/:order/link',
      summary: 'Get a link for a guest who bought something',
      help: 'For a mail to the address on that order, and nowhere else: whoever opens it first is its buyer. It leads to the page of the shop that shows order chats, with `#shopbell-link=…`, or to our own where the settings name none. People with an account need none, and get 404.',
      auth: 'key',
      answers: [{ status: 201, schema: OrderLink }],
      errors: ['not_found'],
    },
    {
      method: 'PUT',
      path: '/v1/sellers',
      summary: 'Tell about sellers',
      help: 'Makes or updates each by its id, and says who answers for it. Members are set exactly as listed. At most 500 rows and 1 MiB.',
      auth: 'key',
      body: PutSellers,
      answers: [{ status: 200, schema: PutResult }],
    },
    {
      method: 'POST',
      path: '/v1/hooks/woocommerce/:site',
      summary: 'Hear from WooCommerce',
      help: 'Where WooCommerce’s webhooks go: orders, products and customers, created, updated, deleted and restored. Whatever is signed is answered 200 once it is kept, topics that nobody acts on among it; the ping of a new webhook needs no signature.',
      auth: 'signature',
      answers: [{ status: 200 }],
    },
    {
      method: 'POST',
      path: '/v1/hooks/shopify/:site',
      summary: 'Hear from Shopify',
      help: 'Where Shopify’s webhooks go: orders, products, customers and the compliance topics. One site hears from one shop.',
      auth: 'signature',
      answers: [{ status: 200 }],
    },
    {
      method: 'GET',
      path: '/healthz',
      summary: 'Is it up?',
      auth: 'none',
      answers: [{ status: 200, schema: Health }],
    },
  ],
}
