import type { Vouch } from './host.ts'

/** Written by the build: where the panel's own file lies. */
declare const PANEL_SCRIPT: string

/** Our own script tag; `currentScript` is null for modules and where the file is injected. */
function findTag(): HTMLScriptElement | null {
  const current = document.currentScript as HTMLScriptElement | null
  return current?.dataset.site ? current : document.querySelector('script[data-site][src*="admin.js"]')
}

/** Asks the merchant's server who is there; null where nobody is signed in. */
const askServer = (address: string) => async () => {
  const answer = await fetch(address, { headers: { Accept: 'application/json' }, cache: 'no-store' })
  if (answer.status === 204) return null
  const { assertion } = await answer.json()
  return typeof assertion === 'string' ? assertion : null
}

const tag = findTag()
if (tag) {
  const { site = null, identity } = tag.dataset
  const base = new URL(tag.src).origin
  const vouch: Vouch | null = identity ? askServer(identity) : null
  window.shopbellAdmin ??= { base, site, vouch }
  void import(/* @vite-ignore */ base + PANEL_SCRIPT)
}
