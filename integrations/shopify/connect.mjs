// Puts the identity key where only the theme app extension's Liquid can read it: a metafield of the app's installation.
//
//   SHOPIFY_SHOP=wool.myshopify.com SHOPIFY_CLIENT_ID=… SHOPIFY_CLIENT_SECRET=… \
//   SHOPBELL_IDENTITY_KEY=key_… SHOPBELL_IDENTITY_SECRET=… node connect.mjs
//
// Run it again after a change of key. With --remove customers are guests again. Needs Node 20 and nothing else.
import { argv, env, exit, stderr, stdout } from 'node:process'

const API = '2026-10'
const NAMES = ['SHOPIFY_SHOP', 'SHOPIFY_CLIENT_ID', 'SHOPIFY_CLIENT_SECRET']
const KEY_NAMES = ['SHOPBELL_IDENTITY_KEY', 'SHOPBELL_IDENTITY_SECRET']
const METAFIELD = { namespace: 'shopbell', key: 'identity' }
const isRemoving = argv.includes('--remove')

const INSTALLATION = '{ currentAppInstallation { id } }'
const SET = `mutation ($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) { userErrors { message } }
}`
const REMOVE = `mutation ($metafields: [MetafieldIdentifierInput!]!) {
  metafieldsDelete(metafields: $metafields) { userErrors { message } }
}`

/** A reason that a person can act on; anything else is a fault of ours. */
class Told extends Error {}

/** The shop's own address; the port of a test on this computer is taken as it is. */
function adminOf(shop) {
  if (/^http:\/\/127\.0\.0\.1:\d+$/.test(shop)) return shop
  if (!/^[a-z0-9-]+\.myshopify\.com$/.test(shop)) throw new Told('SHOPIFY_SHOP is like wool.myshopify.com.')
  return `https://${shop}`
}

async function post(url, body, headers = {}) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
    body: JSON.stringify(body),
    redirect: 'error',
  })
  if (!answer.ok) throw new Told(`Shopify answered ${answer.status} to ${new URL(url).pathname}.`)
  return answer.json()
}

/** By the client credentials grant: for an app of your own, installed in a shop of your own. */
async function signIn(admin) {
  const { access_token } = await post(`${admin}/admin/oauth/access_token`, {
    client_id: env.SHOPIFY_CLIENT_ID,
    client_secret: env.SHOPIFY_CLIENT_SECRET,
    grant_type: 'client_credentials',
  })
  if (!access_token) throw new Told('Shopify gave no access. Is the app installed in this shop?')
  return async (query, variables) => {
    const { data, errors } = await post(
      `${admin}/admin/api/${API}/graphql.json`,
      { query, variables },
      { 'X-Shopify-Access-Token': access_token },
    )
    const wrong = errors ?? Object.values(data ?? {}).flatMap((part) => part?.userErrors ?? [])
    if (wrong.length) throw new Told(wrong.map(({ message }) => message).join(' '))
    return data
  }
}

async function connect() {
  const missing = [...NAMES, ...(isRemoving ? [] : KEY_NAMES)].filter((name) => !env[name])
  if (missing.length) throw new Told(`Set ${missing.join(', ')}.`)
  const ask = await signIn(adminOf(env.SHOPIFY_SHOP))
  const ownerId = (await ask(INSTALLATION)).currentAppInstallation.id
  if (isRemoving) {
    await ask(REMOVE, { metafields: [{ ownerId, ...METAFIELD }] })
    return 'Removed: everybody is a guest now.'
  }
  const value = JSON.stringify({ kid: env.SHOPBELL_IDENTITY_KEY, secret: env.SHOPBELL_IDENTITY_SECRET })
  await ask(SET, { metafields: [{ ownerId, ...METAFIELD, type: 'json', value }] })
  return `${env.SHOPIFY_SHOP} signs its customers in with ${env.SHOPBELL_IDENTITY_KEY}.`
}

connect().then(
  (done) => stdout.write(`${done}\n`),
  (error) => {
    stderr.write(`${error instanceof Told ? error.message : `Shopify could not be reached. ${error.message}`}\n`)
    exit(1)
  },
)
