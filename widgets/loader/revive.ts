/**
 * Elements that the shop wrote into its page stay there when Shopbell leaves, out of sight; a new tag brings them
 * back, connected anew.
 */
export function revive(elements: Iterable<HTMLElement>) {
  const left = [...elements]
  for (const element of left) element.hidden = true
  if (!left.length) return
  const again = () => {
    for (const element of left) {
      element.hidden = false
      Object.assign(element, { host: undefined })
      const place = document.createComment('')
      element.replaceWith(place)
      place.replaceWith(element)
    }
  }
  document.addEventListener('shopbell:ready', again, { once: true })
}
