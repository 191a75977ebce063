import type { Spot } from './place.ts'

// A phone's button is as wide as the page.
const WIDE_PX = 480

/** Gives the button to be the type, corners, height and width of the shop's own before it, else of its main one. */
export function matchShop({ style }: HTMLElement, [anchor, where]: Spot) {
  const inside = where === 'afterbegin' || where === 'beforeend'
  const parent = (!inside && anchor.parentElement) || anchor
  // A parent that spaces its children needs no margins of ours.
  if (getComputedStyle(parent).rowGap !== 'normal') style.margin = '0'
  const near = anchor.matches('button') ? anchor : anchor.querySelector('[type=submit],button:not([type])')
  const model = near ?? document.querySelector('form.cart [type=submit],[name=add],.order-again .button')
  const { width = 0, height } = model?.getBoundingClientRect() ?? {}
  const narrow = near ? width < anchor.getBoundingClientRect().width * 0.8 : parent.clientWidth > WIDE_PX
  if (narrow && innerWidth > WIDE_PX) style.width = 'fit-content'
  if (!model || !width) return
  const its = getComputedStyle(model)
  style.font = its.font
  style.letterSpacing = its.letterSpacing
  style.textTransform = its.textTransform
  style.setProperty('--shopbell-radius', its.borderRadius)
  style.setProperty('--shopbell-height', `${height}px`)
}
