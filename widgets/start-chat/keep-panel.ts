import type { About } from '../loader/about.ts'
import type { Host } from '../loader/host.ts'
import type { PanelElement } from './open-panel.ts'

// A page that throws the panel out each time wins in the end.
const MOST_RETURNS = 20

/**
 * While the panel shows: a page that changes without loading keeps it, and what the shopper chooses meanwhile (another
 * variant, another price) shows on its card. `read` reads the thing anew.
 */
export function keepPanel(panel: PanelElement, host: Host, read?: () => About | undefined) {
  let returns = 0
  let waiting = 0

  const refresh = () => {
    waiting = 0
    const { about } = panel
    const now = read?.()
    const same = about && now?.type === about.type && now.id === about.id
    if (same && JSON.stringify(now) !== JSON.stringify(about)) panel.about = now
  }
  const observer = new MutationObserver(() => {
    if (!panel.isConnected && returns++ < MOST_RETURNS) document.body.append(panel)
    // What a page kept of itself comes back with a copy.
    for (const other of document.querySelectorAll('shopbell-panel')) if (other !== panel) other.remove()
    waiting ||= window.setTimeout(refresh, 250)
  })
  // Themes write the chosen variant into hidden fields, and its picture into attributes.
  const attributeFilter = ['value', 'src', 'data-large_image', 'content', 'href']
  observer.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter })
  const closed = () => {
    observer.disconnect()
    clearTimeout(waiting)
    host.emit('close')
  }
  panel.addEventListener('shopbell-panel-close', closed, { once: true })
}
