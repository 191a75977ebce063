/**
 * A phone's keyboard covers what is fixed to the bottom, and only the visual viewport knows. Returns what ends it.
 */
export function followKeyboard(element: HTMLElement): () => void {
  const view = window.visualViewport
  if (!view) return () => undefined
  const follow = () => {
    element.style.setProperty('--shopbell-view', `${view.height}px`)
    // Where a shop's page is wider than the phone, so is what is fixed to it; a zoom makes no difference.
    element.style.setProperty('--shopbell-screen', `${view.width * view.scale}px`)
    element.style.setProperty(
      '--shopbell-keyboard',
      `${Math.max(0, window.innerHeight - view.height - view.offsetTop)}px`,
    )
  }
  const ends = new AbortController()
  for (const name of ['resize', 'scroll']) view.addEventListener(name, follow, ends)
  follow()
  return () => ends.abort()
}
