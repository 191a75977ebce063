import { ShopVersions } from '../../../protocol/diagnostics.ts'
import { VERSION } from '../../db/expected-database.ts'
import { DAY_MS, HOUR_MS } from '../../durations.ts'
import { howLong } from '../ago.ts'
import { attention, broken, type CheckUp, ok } from '../check.ts'
import { readHellos, readNewestOrigins, readVersions } from '../store.ts'

const UNSEEN_MS = 7 * DAY_MS
const STALE_VERSIONS_MS = 3 * DAY_MS

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

/** An address with and without `www.` is one: of the two, one usually does nothing but lead to the other. */
const bare = (origin: string) => origin.replace('://www.', '://')

export const script: CheckUp = {
  id: 'script',
  title: 'Script on the shop',
  async look({ env, db, site, now, isAwaited }) {
    const remedy =
      'Paste the script tag (under Install) into your shop’s theme, right before </head>, and open a page of the shop. An address that is no longer yours can be taken off there.'
    const hellos = (await readHellos(db, site.id)).filter(({ page }) => page === '')
    const seenAt = (at: string) => {
      const last = hellos.find(({ origin }) => bare(origin) === bare(at))
      return { at, agoMs: last ? now - last.seenAt : null }
    }
    const wanted = isAwaited ? await readNewestOrigins(env, site.id) : [...site.shopOrigins]
    const all = wanted.map(seenAt)
    // Of addresses that were listed in one go, the page that waits means any.
    const seen = isAwaited ? all.toSorted((a, b) => (a.agoMs ?? Infinity) - (b.agoMs ?? Infinity)).slice(0, 1) : all
    const wrong = [...neverAt(seen), ...longAgo(seen)]
    if (seen.every(({ agoMs }) => agoMs === null))
      return attention('No page of the shop has loaded it yet.', remedy, 'install.origins')
    if (wrong.length > 0) return attention(wrong.join(' '), remedy, 'install.origins')
    return ok(`Loaded ${seen.map(({ at, agoMs }) => `at ${at} within the last ${roughly(agoMs ?? 0)}`).join(', ')}.`)
  },
}

interface LastSeen {
  at: string
  /** Null where no page has loaded it yet. */
  agoMs: number | null
}

function neverAt(seen: LastSeen[]): string[] {
  const never = seen.filter(({ agoMs }) => agoMs === null).map(({ at }) => at)
  return never.length > 0 ? [`No page at ${never.join(', ')} has loaded it yet.`] : []
}

const longAgo = (seen: LastSeen[]) =>
  seen.flatMap(({ at, agoMs }) =>
    agoMs !== null && agoMs > UNSEEN_MS ? [`It was loaded last ${howLong(agoMs)} ago at ${at}.`] : [],
  )

/** A hello is noted once an hour. */
const roughly = (ms: number) => (ms < 2 * HOUR_MS ? 'hour' : howLong(ms))

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
