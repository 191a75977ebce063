export type Tab = 'settings' | 'analytics' | 'wizard'

/** A place in the panel, as the address after `#` names it: `settings/limits`, `analytics?range=last30`. */
export interface Route {
  tab: Tab
  /** What follows the tab: a section, a step. */
  rest: string
  query: URLSearchParams
}

const TABS: readonly string[] = ['settings', 'analytics', 'wizard'] satisfies Tab[]
const isTab = (text: string): text is Tab => TABS.includes(text)

/** Another page's own `#` may be there: only ours, after `shopbell-` where the panel is a guest, is read. */
const OURS = /^#(?:shopbell-)?(\w+)(?:\/([\w./-]*))?(?:\?(.*))?$/

export function readRoute(hash: string): Route {
  const [, tab = '', rest = '', query = ''] = OURS.exec(hash) ?? []
  return isTab(tab)
    ? { tab, rest, query: new URLSearchParams(query) }
    : { tab: 'settings', rest: '', query: new URLSearchParams() }
}

export const hrefOf = (hosted: boolean, path: string) => `#${hosted ? '' : 'shopbell-'}${path}`
