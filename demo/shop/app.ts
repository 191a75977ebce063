import { Hono } from 'hono'
import type { DemoContext } from './env.ts'
import { signAssertion, signInTwoParts } from './identity.ts'
import { openInbox } from './inbox-link.ts'
import { chatsPage } from './pages/chats.ts'
import { dawnPage } from './pages/dawn.ts'
import { homePage } from './pages/home.ts'
import { missingPage } from './pages/missing.ts'
import { elementPage, plainPage } from './pages/own.ts'
import { storefrontPage } from './pages/storefront.ts'
import { draw } from './pictures/draw.ts'
import { STYLES } from './styles/styles.ts'
import { become, whoIs } from './who.ts'

/** The demo shop: a merchant's server that knows nothing of Shopbell but a site id and a key. */
export const shop = new Hono<DemoContext>()
  .get('/demo', (c) => c.redirect('/demo/'))
  .get('/demo/', homePage)
  .get('/demo/storefront/:slug', storefrontPage)
  .get('/demo/dawn/products/:slug', dawnPage)
  .get('/demo/plain/:slug', plainPage)
  .get('/demo/element/:slug', elementPage)
  .get('/demo/chats', chatsPage)
  .get('/demo/inbox', openInbox)
  .get('/demo/identity', async (c) => {
    c.header('Cache-Control', 'no-store')
    const person = whoIs(c)
    if (!person) return c.body(null, 204)
    const sign = c.req.query('form') === 'hex' ? signInTwoParts : signAssertion
    return c.json({ assertion: await sign(c.env, person, Date.now()) })
  })
  .post('/demo/who', async (c) => {
    const { who, back } = await c.req.parseBody()
    become(c, String(who))
    return c.redirect(within(String(back)), 303)
  })
  // Baskets are no part of the demo: the button answers, and that is all.
  .post('/demo/cart/add', async (c) => c.redirect(`${within(String((await c.req.parseBody()).back))}?added=1`, 303))
  .get('/demo/pictures/:file{[a-z-]+\\.svg}', (c) => {
    const picture = draw(c.req.param('file').replace('.svg', ''))
    return picture ? c.body(picture, 200, asset('image/svg+xml')) : c.notFound()
  })
  .get('/demo/styles/:file{[a-z]+\\.css}', (c) => {
    const style = STYLES.get(c.req.param('file').replace('.css', ''))
    return style ? c.body(style, 200, asset('text/css; charset=utf-8')) : c.notFound()
  })
  .notFound(missingPage)

const asset = (type: string) => ({
  'Content-Type': type,
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
})

/** Only ever back to a page of the demo. */
const within = (path: string) => (/^\/demo\/[\w/-]*$/.test(path) ? path : '/demo/')
