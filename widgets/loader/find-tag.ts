/**
 * Our own script tag. `currentScript` is null for modules and where an optimiser or a tag manager injects the file, and
 * another script's where a shop bundles it.
 */
export function findTag(page: Document): HTMLScriptElement | null {
  const current = page.currentScript as HTMLScriptElement | null
  return current?.dataset.site ? current : page.querySelector('script[data-site][src*="shopbell.js"]')
}
