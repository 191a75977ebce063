import { GOODS, pathOf, pictureOf, priceOf } from '../../demo/shop/goods.ts'
import { DESKS } from '../../demo/shop/people.ts'
import { ask } from './ask.ts'
import type { LoadedDemoSite } from './demo-site.ts'
import { operatorToken } from './operator-token.ts'
import { seedChats } from './seed-chats.ts'

/** Fills the demo site through the public API; anew when it is reached at another address than before. */
export async function seed(demo: LoadedDemoSite, url: string, secret: string) {
  if (demo.seededAt === url) return
  const operator = await operatorToken(secret)
  await createSite(demo, url, operator)
  await ask('PUT', `${url}/v1/operator/sites/${demo.site}/origins`, { token: operator, body: { origin: url } })
  const sellers = { sellers: desks(url), default: 'oak-works' }
  await ask('PUT', `${url}/v1/operator/sites/${demo.site}/sellers`, { token: operator, body: sellers })
  const server = `sk_${demo.server.id.slice('key_'.length)}_${demo.server.secret}`
  await ask('PUT', `${url}/v1/catalog/products`, { token: server, body: { products: products(url) } })
  await saveSettings(url, server)
  if (!demo.seededAt) await seedChats(demo.site, url)
  demo.keep({ seededAt: url })
}

function createSite(demo: LoadedDemoSite, url: string, token: string) {
  const keys = [
    { ...demo.identity, use: 'identity' },
    { ...demo.server, use: 'server' },
  ]
  const body = { id: demo.site, name: 'Northfold', origins: [url], keys }
  return ask('POST', `${url}/v1/operator/sites`, { token, body, alsoFine: [409] })
}

const desks = (url: string) => DESKS.map((desk) => ({ ...desk, picture: `${url}/demo/pictures/${desk.id}.svg` }))

const products = (url: string) =>
  GOODS.map((good) => ({
    id: good.id,
    title: good.title,
    seller: good.seller,
    url: url + pathOf(good),
    picture: url + pictureOf(good),
    price: priceOf(good),
  }))

/** Shoppers stay on the product's page; whoever wants the chats page has a link to it. */
async function saveSettings(url: string, token: string) {
  const { body } = await ask('GET', `${url}/v1/settings`, { token })
  const settings = { general: { chatsPageUrl: `${url}/demo/chats`, opens: 'panel' } }
  await ask('PUT', `${url}/v1/settings`, { token, body: { version: body.version, settings } })
}
