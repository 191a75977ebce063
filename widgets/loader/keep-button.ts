import type { About } from './about.ts'
import { matchShop } from './match-shop.ts'
import type { Spot } from './place.ts'

// A theme that throws the button out each time wins in the end: so many at once, and one more every five seconds.
const MOST_PLACINGS = 50

/**
 * Keeps one button about the page's own thing where the site wants it, unless one is placed by hand. Call it whenever
 * the page may have changed, with a way to find the place once it is wanted; `false` takes the button away. Answers
 * whether there is, or is to be, a button.
 */
export function keepButton(type: About['type'], signal: AbortSignal, label?: string) {
  let button: HTMLElement | undefined
  let placings = 0
  const leave = () => {
    button?.remove()
    button = undefined
  }
  signal.addEventListener('abort', leave)

  return (id: string | undefined, find: undefined | false | ((id: string) => Spot | undefined)): boolean => {
    const wanted = id && find !== false && !placedByHand(type, () => button)
    if (button && (!wanted || button.getAttribute('context-id') !== id)) leave()
    if (!wanted || !find) return !!wanted
    if (!button?.isConnected && placings < MOST_PLACINGS + performance.now() / 5000) {
      const spot = find(id)
      if (spot) {
        placings++
        button ??= makeButton(type, id, label)
        // First: what is in the page already is measured without another layout.
        matchShop(button, spot)
        spot[0].insertAdjacentElement(spot[1], button)
      }
    }
    return true
  }
}

function makeButton(type: string, id: string, label?: string) {
  const button = document.createElement('shopbell-start-chat')
  button.setAttribute('placed', type)
  button.setAttribute('context', type)
  button.setAttribute('context-id', id)
  if (label) button.setAttribute('label', label)
  return button
}

/** Whether the page has a button of its own; copies of ours, which come with what a page keeps of itself, go. */
function placedByHand(type: string, ours: () => Element | undefined) {
  let found = false
  for (const button of document.querySelectorAll<HTMLElement>('shopbell-start-chat:not([variant=floating])')) {
    const read = (name: string) => button.getAttribute(name)
    if (read('placed') === type) button === ours() || button.remove()
    else if ((read('context') ?? read('data-context') ?? 'product') === type) found = true
  }
  return found
}
