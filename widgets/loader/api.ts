import { complain } from './complain.ts'
import type { Host } from './host.ts'
import type { Identity, Page } from './page.ts'

/** What a shop's own script may call: `shopbell('open')`, or `shopbell.open()` once we are there. */
export interface Api extends Record<string, unknown> {
  (verb: string, ...values: unknown[]): unknown
  /** Calls made before the loader came. */
  q?: [verb: string, ...values: unknown[]][]
  host?: Host
}
declare global {
  interface Window {
    shopbell?: Api
  }
}

type Verb = (...values: never[]) => unknown

// Their code comes when one is called.
const LATER = ['open', 'close', 'toggle', 'startChat', 'signOut', 'setLocale', 'setTheme', 'destroy']

export function makeApi(page: Page, ready: Promise<unknown>): Api {
  const { signal } = page.end
  const later = (verb: string) => (value: unknown) =>
    page
      .load('on-demand')
      .then(({ run }) => run(page, verb, value))
      .catch(complain)
  const verbs: Record<string, Verb> = {
    // Listeners get the event, its `detail` says what happened; one that throws stops nobody else.
    on: (name: string, listener: EventListener) => document.addEventListener(`shopbell:${name}`, listener, { signal }),
    off: (name: string, listener: EventListener) => document.removeEventListener(`shopbell:${name}`, listener),
    ready: (then?: () => void) => ready.then(then).catch(complain),
    identify(who: Identity) {
      page.who = who
      void page.store?.connect()
    },
  }
  for (const verb of LATER) verbs[verb] = later(verb)
  const api = (verb: string, ...values: never[]) => (verbs[verb] ?? later(verb))(...values)
  return Object.assign(api, verbs, { host: page.host }) as unknown as Api
}
