import type { PublicSite } from '../../protocol/public-site.ts'
import type { ChatStore } from '../client/store.ts'
import type { Host } from './host.ts'
import { loadFrom } from './load.ts'
import { once } from './once.ts'

export type Identity = string | null | undefined | (() => string | null | Promise<string | null>)
export type Page = ReturnType<typeof makePage>

/** The page's host, made from the script tag; nothing is asked for until somebody asks it. */
export function makePage({ src, dataset }: HTMLScriptElement) {
  const { site = '', identity, assertion } = dataset
  const base = new URL(src).origin
  const load = loadFrom(base)
  const end = new AbortController()

  const host: Host = {
    base,
    site,
    config: once(() => askSite(`${base}/v1/sites/${site}/public`)),
    identity: async () => {
      const { who } = page
      return (typeof who === 'function' ? await who() : who) || null
    },
    store: once(async () => {
      const { openStore } = await load('client')
      const store = await openStore(host)
      page.store = store
      if (end.signal.aborted) store.close()
      else void load('on-demand').then(({ follow }) => follow(page, store))
      return store
    }),
    emit(name, detail) {
      document.dispatchEvent(new CustomEvent(`shopbell:${name}`, { detail, bubbles: true, composed: true }))
    },
  }
  const page = {
    host,
    load,
    /** What the merchant wrote on the tag. */
    dataset,
    who: (assertion ?? (identity && (async () => (await load('on-demand')).askShop(identity)))) as Identity,
    /** The store, if it was ever opened. */
    store: undefined as ChatStore | undefined,
    /** Called after the page changed, at most four times a second. */
    looks: new Set<() => unknown>(),
    /** Aborted when Shopbell leaves the page: whoever listens, watches or adds to the page hears it. */
    end,
  }
  return page
}

async function askSite(url: string): Promise<PublicSite> {
  const answer = await fetch(url)
  const body = await answer.json()
  if (!answer.ok) throw Error(body.title)
  return body
}
