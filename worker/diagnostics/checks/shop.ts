import { ShopVersions } from '../../../protocol/diagnostics.ts'
import { VERSION } from '../../db/expected-database.ts'
import { howLong } from '../ago.ts'
import { attention, broken, type CheckUp, ok } from '../check.ts'
import { readHellos, readVersions } from '../store.ts'

const UNSEEN_MS = 7 * 86_400_000
const STALE_VERSIONS_MS = 3 * 86_400_000

export const origins: CheckUp = {
  id: 'origins',
  title: 'Addresses of the shop',
  look({ site }) {
    const shop = [...site.shopOrigins]
    const field = 'install.origins'
    if (shop.length === 0)
      return broken(
        'No address of a shop is listed, so no page may speak to this site.',
        'Add the address of your shop under Install.',
        field,
      )
    const open = [...shop, ...site.adminOrigins].filter((origin) => {
      const { protocol, hostname } = new URL(origin)
      return protocol === 'http:' && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)
    })
    if (open.length === 0) return ok(`${shop.length} listed.`)
    return attention(
      `Not protected by https: ${open.join(', ')}.`,
      'Serve the shop by https, list that address, and take this one off.',
      field,
    )
  },
}

export const script: CheckUp = {
  id: 'script',
  title: 'Script on the shop',
  async look({ db, site, now }) {
    const seen = (await readHellos(db, site.id)).filter(
      ({ page, origin }) => page === '' && site.shopOrigins.has(origin),
    )
    const last = seen[0]
    const remedy =
      'Paste the script tag (under Install) into your shop’s theme, right before </head>, and open a page of the shop.'
    if (!last) return attention('No page of the shop has loaded it yet.', remedy)
    const agoMs = now - last.seenAt
    if (agoMs > UNSEEN_MS) return attention(`It was loaded last ${howLong(agoMs)} ago, at ${last.origin}.`, remedy)
    return ok(`Loaded at ${last.origin}, within the last ${howLong(Math.max(agoMs, 3_600_000))}.`)
  },
}

export const versions: CheckUp = {
  id: 'versions',
  title: 'Versions',
  async look({ db, site, now }) {
    const told = await readVersions(db, site.id)
    if (!told) return ok(`Shopbell ${VERSION}. The shop does not say what it runs on.`)
    const { platform, plugin } = ShopVersions.parse(JSON.parse(told.versions))
    const agoMs = now - told.toldAt
    if (agoMs > STALE_VERSIONS_MS)
      return attention(
        `The shop said last ${howLong(agoMs)} ago what it runs on; once a day would be right.`,
        'Check that the plugin is active, that its server key is still good, and that the shop’s own scheduled tasks run.',
      )
    if (plugin !== undefined && plugin !== VERSION)
      return attention(
        `The shop’s plugin is version ${plugin}, this is Shopbell ${VERSION}.`,
        'Install the plugin of the same version.',
      )
    return ok(`Shopbell ${VERSION} at a shop by ${platform}.`)
  },
}
