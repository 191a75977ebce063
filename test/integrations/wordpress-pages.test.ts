import { describe, expect, it } from 'vitest'
import { CONTEXTS, needsPhp, php, play, playBroken, SECRETS, shop } from './play.ts'

const EVIL = '"><script>alert(1)</script>{{customer_name}}'
const ESCAPED = '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{customer_name}}'
const ADA = { ID: 7, display_name: 'Ada', user_email: 'ada@example.com' }
const LOG_OUT = { dashboard: 'Dashboard', orders: 'Orders', 'customer-logout': 'Log out' }
const PRODUCT = { id: 310, name: 'Walnut bowl', image: 5, price: '50' }
const onProduct = { is_product: true, page: 310, products: { 310: PRODUCT } }
const HOOKS = {
  before_summary: 'woocommerce_before_single_product_summary',
  summary: 'woocommerce_single_product_summary',
  after_summary: 'woocommerce_after_single_product_summary',
}
const count = (html: string) => html.split('<shopbell-start-chat').length - 1
const withProduct = (more: object) => ({ ...CONTEXTS, product: { ...CONTEXTS.product, ...more } })
const withOrder = (more: object) => ({ ...CONTEXTS, order: { ...CONTEXTS.order, ...more } })
const without = (context: 'product' | 'order' | 'post') => ({
  ...CONTEXTS,
  [context]: { ...CONTEXTS[context], enabled: false },
})

describe.skipIf(!php)(`the script tag in WordPress${needsPhp}`, () => {
  const steps = (tag: string) => [
    { action: 'wp_enqueue_scripts' },
    { filter: 'script_loader_tag', with: [tag, 'shopbell'] },
    { filter: 'script_loader_tag', with: [tag, 'other'] },
  ]
  const DATA = 'data-site="site_0123456789" data-identity="/wp-admin/admin-ajax.php?action=shopbell_identity"'

  it('says site and identity, once, and leaves other scripts alone', async () => {
    const tag = '<script src="https://chat.example/shopbell.js" id="shopbell-js" async></script>'
    const played = await play(shop({ steps: steps(tag) }))
    expect(played.scripts).toEqual({ shopbell: 'https://chat.example/shopbell.js' })
    expect(played.steps[1]?.result).toBe(tag.replace('<script', `<script ${DATA}`))
    expect(played.steps[2]?.result).toBe(tag)
  })

  it('is async on every WordPress, and not mistaken for an inline script before it', async () => {
    const tag =
      "<script id='shopbell-js-before'>1</script>\n<script type='text/javascript' src='https://chat.example/shopbell.js'></script>"
    const {
      steps: [, ours],
    } = await play(shop({ steps: steps(tag) }))
    expect(ours?.result).toContain(`type='text/javascript' ${DATA} async src='https`)
    expect(ours?.result).toContain("<script id='shopbell-js-before'>1</script>")
  })

  it('is the same for everybody, so that pages may be cached', async () => {
    const tag = '<script src="https://chat.example/shopbell.js" async></script>'
    const guest = await play(shop({ steps: steps(tag) }))
    const ada = await play(shop({ steps: steps(tag), user: 7, users: [ADA] }))
    expect(ada.steps).toEqual(guest.steps)
  })

  it('is not there before the plugin is set up', async () => {
    expect((await play({ steps: [{ action: 'wp_enqueue_scripts' }] })).scripts).toEqual({})
  })
})

describe.skipIf(!php)(`the button on a product${needsPhp}`, () => {
  const steps = [{ product: 310 }, ...Object.values(HOOKS).map((action) => ({ action }))]

  it.each(Object.keys(HOOKS))('stands at %s alone, when the settings say so', async (position) => {
    const { steps: done } = await play(shop({ ...onProduct, steps }, withProduct({ position })))
    const places = Object.keys(HOOKS).filter((_, at) => done[at + 1]?.html)
    expect(places).toEqual([position])
  })

  it('says what it is about, without the price that variations change', async () => {
    const { steps: done } = await play(shop({ ...onProduct, steps }))
    expect(done[2]?.html).toBe(
      '<shopbell-start-chat data-context="product" data-context-id="310" data-title="Walnut bowl"' +
        ' data-url="https://shop.example/?p=310" data-picture="https://shop.example/wp-content/uploads/5.jpg"' +
        ' label="Ask"></shopbell-start-chat>',
    )
  })

  it.each<[string, object, typeof CONTEXTS]>([
    ['the context is off', {}, without('product')],
    ['it is placed by hand', {}, withProduct({ position: 'manual' })],
    ['the merchant named a place of their own', {}, withProduct({ selector: '.here' })],
    ['it is a related product', { page: 311 }, CONTEXTS],
    ['it is a product in another page', { is_product: false }, CONTEXTS],
    ['a block theme runs the hook elsewhere', { block_theme: true }, CONTEXTS],
  ])('is not there when %s', async (_, more, contexts) => {
    const { steps: done } = await play(shop({ ...onProduct, steps, ...more }, contexts))
    expect(done.map(({ html }) => html).join('')).toBe('')
  })

  it('shows names and labels as text', async () => {
    const products = { 310: { ...PRODUCT, name: `Bowl ${EVIL}` } }
    const { steps: done } = await play(shop({ ...onProduct, products, steps }, withProduct({ label: EVIL })))
    expect(done[2]?.html).not.toContain('<script')
    expect(done[2]?.html).toContain(`label="${ESCAPED}"`)
    expect(count(done[2]?.html ?? '')).toBe(1)
  })
})

describe.skipIf(!php)(`the button on an order${needsPhp}`, () => {
  const order = { id: 1500, number: '2026-77', customer: 7 }
  const steps = [
    { action: 'woocommerce_order_details_after_order_table', with: [{ $order: 1500 }] },
    { action: 'woocommerce_view_order', with: [1500] },
  ]
  const mine = (more: object = {}) => ({ user: 7, users: [ADA], orders: { 1500: order }, steps, ...more })

  it('stands after the table or in the view, as the settings say', async () => {
    const after = await play(shop(mine()))
    expect(after.steps.map(({ html }) => count(html))).toEqual([1, 0])
    const view = await play(shop(mine(), withOrder({ position: 'view_order' })))
    expect(view.steps.map(({ html }) => count(html))).toEqual([0, 1])
    expect(after.steps[0]?.html).toBe(
      '<shopbell-start-chat data-context="order" data-context-id="1500" data-title="Order 2026-77"' +
        ' data-url="https://shop.example/my-account/view-order/1500/" data-price="$50.00"' +
        ' label="Chat about this order"></shopbell-start-chat>',
    )
  })

  it.each<[string, object, typeof CONTEXTS]>([
    ['the button is off', {}, withOrder({ button: false })],
    ['the context is off', {}, without('order')],
    ['a guest looks at it', { user: 0 }, CONTEXTS],
    ['somebody else looks at it', { user: 8, users: [{ ID: 8 }] }, CONTEXTS],
    ['it is a guest’s order and a guest looks', { user: 0, orders: { 1500: { ...order, customer: 0 } } }, CONTEXTS],
    ['there is no such order', { orders: {} }, CONTEXTS],
  ])('is not there when %s', async (_, more, contexts) => {
    const played = await play(shop(mine(more), contexts))
    expect(played.steps.map(({ html }) => html).join('')).toBe('')
  })

  it('shows what is in an order as text', async () => {
    const orders = { 1500: { ...order, number: EVIL, total: `<b>${EVIL}</b>` } }
    const { steps: done } = await play(shop(mine({ orders }), withOrder({ label: EVIL })))
    expect(done[0]?.html).not.toContain('<script')
    expect(done[0]?.html).not.toContain('<b>')
    expect(done[0]?.html).toContain(`label="${ESCAPED}"`)
  })

  it('is one for each part of an order that Dokan split, with the seller’s name', async () => {
    const orders = {
      1500: { ...order, meta: { has_sub_order: '1' } },
      1501: { id: 1501, customer: 7, parent: 1500, meta: { _dokan_vendor_id: 12 } },
      1502: { id: 1502, customer: 7, parent: 1500, meta: { _dokan_vendor_id: 13 } },
    }
    const meta = { 12: { store: 'Oak & Co' }, 13: { store: EVIL } }
    const { steps: done } = await play(shop(mine({ orders, meta, marketplace: 'dokan' })))
    const html = done[0]?.html ?? ''
    expect(count(html)).toBe(2)
    expect(html).toMatch(/data-context-id="1501".*label="Chat about this order: Oak &amp; Co" seller="12"/)
    expect(html).toMatch(/data-context-id="1502".*seller="13"/)
    expect(html).not.toContain('data-context-id="1500"')
    expect(html).not.toContain('<script')
  })

  it('is one for each seller whose lines WCFM marked', async () => {
    const items = [{ meta: { _vendor_id: '12' } }, { meta: { _vendor_id: '13' } }, { meta: { _vendor_id: '12' } }]
    const orders = { 1500: { ...order, items } }
    const { steps: done } = await play(shop(mine({ orders, marketplace: 'wcfm' })))
    expect(done[0]?.html.match(/data-context-id="1500"[^>]* seller="\d+"/g)).toHaveLength(2)
  })
})

describe.skipIf(!php)(`the customer’s account${needsPhp}`, () => {
  const menu = { filter: 'woocommerce_account_menu_items', with: [LOG_OUT] }

  it('lists an entry for each context before “log out”, with its label', async () => {
    const { steps } = await play(shop({ steps: [menu] }))
    expect(Object.entries(steps[0]?.result)).toEqual([
      ['dashboard', 'Dashboard'],
      ['orders', 'Orders'],
      ['shopbell-orders', 'Order chats'],
      ['shopbell-products', 'Product chats'],
      ['customer-logout', 'Log out'],
    ])
  })

  it('lists only what is on and read in the account', async () => {
    const off = await play(shop({ steps: [menu] }, without('order')))
    expect(Object.keys(off.steps[0]?.result)).toEqual(['dashboard', 'orders', 'shopbell-products', 'customer-logout'])
    const elsewhere = { ...without('order'), product: { ...CONTEXTS.product, routing: 'static' } }
    const none = await play(shop({ steps: [menu] }, elsewhere))
    expect(none.steps[0]?.result).toEqual(LOG_OUT)
  })

  it('leads to the page of a context that has one of its own, and elsewhere as before', async () => {
    const page = 'https://shop.example/chats/'
    const contexts = { ...without('order'), product: { ...CONTEXTS.product, routing: 'static', page } }
    const urls = ['product-chats', 'shopbell-products', 'orders', 'order-chats'].map((endpoint) => ({
      filter: 'woocommerce_get_endpoint_url',
      with: [`https://shop.example/my-account/${endpoint}/`, endpoint],
    }))
    const { steps } = await play(shop({ steps: [menu, ...urls] }, contexts))
    expect(Object.keys(steps[0]?.result)).toEqual(['dashboard', 'orders', 'shopbell-products', 'customer-logout'])
    expect(steps.slice(1).map(({ result }) => result)).toEqual([
      page,
      page,
      'https://shop.example/my-account/orders/',
      'https://shop.example/my-account/order-chats/',
    ])
  })

  it('keeps the order where a shop has no “log out”', async () => {
    const { steps } = await play(shop({ steps: [{ ...menu, with: [{ orders: 'Orders' }] }] }))
    expect(Object.keys(steps[0]?.result)).toEqual(['orders', 'shopbell-orders', 'shopbell-products'])
  })

  it('has both addresses whatever is on, and writes the rules once', async () => {
    const steps = [
      { filter: 'woocommerce_get_query_vars', with: [{ orders: 'orders' }] },
      { action: 'init' },
      { action: 'init' },
    ]
    const played = await play(shop({ steps }, without('order')))
    expect(played.steps[0]?.result).toEqual({
      orders: 'orders',
      'shopbell-orders': 'order-chats',
      'shopbell-products': 'product-chats',
    })
    expect(played.flushed).toBe(1)
  })

  it('shows My Chats of the context, under its label as text', async () => {
    const steps = [
      { action: 'woocommerce_account_shopbell-orders_endpoint' },
      { filter: 'woocommerce_endpoint_shopbell-orders_title', with: ['My account'] },
    ]
    const { steps: done } = await play(shop({ steps }, withOrder({ endpointLabel: 'Ask <us> & them' })))
    expect(done[0]?.html).toBe(
      '<shopbell-my-chats context="order"></shopbell-my-chats><noscript>Your chats need JavaScript.</noscript>',
    )
    expect(done[1]?.result).toBe('Ask &amp; them')
  })
})

describe.skipIf(!php)(`shortcodes and blocks${needsPhp}`, () => {
  const posts = { 40: { title: 'How we <em>turn</em> bowls' } }
  const shown = async (step: object, more: object = {}, contexts = CONTEXTS) =>
    (await play(shop({ ...onProduct, posts, ...more, steps: [{ action: 'init' }, step] }, contexts))).steps[1]?.result
  const button = (attributes: object | string = '') => ({ shortcode: 'shopbell_start_chat', with: [attributes] })

  it('are about what the page is about', async () => {
    expect(await shown(button())).toContain('data-context="product" data-context-id="310"')
    const post = await shown(button(), { is_product: false, page: 40 })
    expect(post).toContain('data-context="post" data-context-id="40" data-title="How we turn bowls"')
    const order = { is_product: false, is_order: true, query: { 'view-order': '1500' }, user: 7, users: [ADA] }
    expect(await shown(button(), { ...order, orders: { 1500: { id: 1500, customer: 7 } } })).toContain(
      'data-context="order"',
    )
    expect(await shown(button(), { ...order, orders: { 1500: { id: 1500, customer: 8 } } })).toBe('')
  })

  it('are about another thing when they say so', async () => {
    const said = await shown(
      button({ context: 'post', id: '40', title: EVIL, url: 'javascript:alert(1)', label: EVIL }),
    )
    expect(said).toContain(`data-title="${ESCAPED}"`)
    expect(said).not.toMatch(/javascript|<script|data-url/)
  })

  it('are not there where the chat would be refused', async () => {
    expect(await shown(button(), {}, without('product'))).toBe('')
    expect(await shown(button({ context: 'post', id: '41' }))).toBe('')
    expect(await shown({ block: 'shopbell/start-chat', with: [{}] }, {}, without('product'))).toBe('')
  })

  it('are the same as blocks', async () => {
    const block = await shown({ block: 'shopbell/start-chat', with: [{ label: 'Ask Ann' }] })
    expect(block).toMatch(/^<div class="wp-block-shopbell"><shopbell-start-chat [^>]*label="Ask Ann">/)
    const chats = await shown({ block: 'shopbell/my-chats', with: [{ context: 'order' }] })
    expect(chats).toContain('<shopbell-my-chats context="order">')
    expect(await shown({ shortcode: 'shopbell_my_chats', with: [{ context: EVIL }] })).toContain('<shopbell-my-chats>')
  })
})

describe.skipIf(!php)(`the connection page${needsPhp}`, () => {
  const boss = { ID: 1, caps: ['manage_options'] }
  const show = [{ action: 'admin_menu' }, { page: 'shopbell-connection' }, { page: 'shopbell' }]

  it('shows what is saved, and of secrets only that they are', async () => {
    const { steps, shown } = await play(shop({ user: 1, users: [boss], steps: show }))
    const html = steps[1]?.html ?? ''
    expect(html).toContain('value="https://chat.example"')
    expect(html.match(/type="password"[^>]*value=""[^>]*placeholder="••••/g)).toHaveLength(4)
    for (const secret of Object.values(SECRETS)) expect(shown).not.toContain(secret)
  })

  it('shows nothing to others, and neither key nor secret when they are in wp-config.php', async () => {
    const other = await play(shop({ user: 1, users: [{ ID: 1, caps: ['manage_woocommerce'] }], steps: show }))
    expect(other.steps[1]?.html).toBe('')
    const constants = { SHOPBELL_SERVER_KEY: 'sk_of_wp_config_0123456789' }
    const { shown, steps } = await play(shop({ user: 1, users: [boss], steps: show, constants }))
    expect(shown).not.toContain(constants.SHOPBELL_SERVER_KEY)
    expect(steps[1]?.html).toContain('SHOPBELL_SERVER_KEY in wp-config.php')
  })
})

describe.skipIf(!php)(`everything that the plugin shows${needsPhp}`, () => {
  const everything = shop({
    ...onProduct,
    user: 7,
    users: [{ ...ADA, caps: ['manage_options', 'manage_woocommerce'] }],
    orders: { 1500: { id: 1500, customer: 7 } },
    posts: { 40: { title: 'Post' } },
    server: { HTTP_SEC_FETCH_SITE: 'same-origin' },
    steps: [
      { action: 'init' },
      { action: 'admin_menu' },
      { action: 'wp_enqueue_scripts' },
      { action: 'admin_enqueue_scripts', with: ['toplevel_page_shopbell'] },
      { filter: 'script_loader_tag', with: ['<script src="https://chat.example/shopbell.js"></script>', 'shopbell'] },
      { product: 310 },
      ...Object.values(HOOKS).map((action) => ({ action })),
      { action: 'woocommerce_order_details_after_order_table', with: [{ $order: 1500 }] },
      { action: 'woocommerce_account_shopbell-products_endpoint' },
      { shortcode: 'shopbell_start_chat', with: [''] },
      { shortcode: 'shopbell_my_chats', with: [''] },
      { page: 'shopbell' },
      { page: 'shopbell-connection' },
      { action: 'wp_ajax_shopbell_identity' },
      { nonce: 'shopbell_admin_assertion' },
      { action: 'wp_ajax_shopbell_admin_assertion' },
      { call: 'Shopbell\\Versions::read' },
    ],
  })
  /** Secrets as they are, or within something encoded. */
  const leaks = (shown: string) => {
    const decoded = (shown.match(/[\w-]{16,}/g) ?? []).map((run) => Buffer.from(run, 'base64url').toString('latin1'))
    const all = [shown, ...decoded].join('\n')
    return Object.values(SECRETS).filter((secret) => all.includes(secret))
  }

  it('holds no secret', async () => {
    const { shown } = await play(everything)
    expect(shown).toContain('shopbell-admin')
    expect(leaks(shown)).toEqual([])
  })

  it.each([
    ['class-settings-page.php', "'••••••••••••'", 'Config::secret( $name )'],
    ['class-assertion.php', "'alg' => 'HS256',", "'alg' => 'HS256', 'k' => Config::secret( 'identity_secret' ),"],
    ['class-script-tag.php', "Config::get( 'site' )", "Config::secret( 'server_key' )"],
  ])('would be caught holding one (%s broken on purpose)', async (file, right, wrong) => {
    const { shown } = await playBroken(everything, file, right, wrong)
    expect(leaks(shown)).not.toEqual([])
  })

  it('would be caught letting markup through, or foreign pages in', async () => {
    const orders = { 1500: { id: 1500, customer: 7, number: EVIL } }
    const raw = await playBroken({ ...everything, orders }, 'class-markup.php', 'esc_attr( $value )', '$value')
    expect(raw.shown).not.toContain(ESCAPED)
    const world = {
      ...everything,
      server: { HTTP_SEC_FETCH_SITE: 'cross-site' },
      steps: [{ action: 'wp_ajax_shopbell_identity' }],
    }
    const open = await playBroken(world, 'class-identity-endpoint.php', "return 'same-origin' === $site", 'return true')
    expect(open.steps[0]?.answer?.status).toBe(200)
    expect((await play(world)).steps[0]?.answer?.status).toBe(403)
  })
})
