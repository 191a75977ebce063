import { slot } from '../widgets/client/storage.ts'

/** A fresh admin assertion of the merchant's server, or null where nobody is signed in there. */
export type Vouch = () => Promise<string | null>

/** Where the panel stands and whom it asks. */
export interface PanelHost {
  /** Origin of the Shopbell deployment, without a slash at the end. */
  base: string
  /** Null on the hosted page before anybody said which shop. */
  site: string | null
  /** None on the hosted page: there a person signs in by code, passkey or link. */
  vouch: Vouch | null
}

const lastSite = slot<string>('localStorage', 'shopbell-admin:site')

/** The hosted page's own host: the site that its address names, else the one of the last visit. */
export function hostedHost(): PanelHost {
  const site = new URLSearchParams(location.search).get('site') ?? lastSite.get()
  return { base: location.origin, site, vouch: null }
}

export const rememberSite = (site: string | null) => lastSite.set(site)

declare global {
  interface Window {
    /** What the script tag said; written by `/admin.js`. */
    shopbellAdmin?: PanelHost
  }
}
