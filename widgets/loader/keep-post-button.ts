import { complain } from './complain.ts'
import { keepButton } from './keep-button.ts'
import type { Page } from './page.ts'
import { postId } from './read-post.ts'

/** The button on an article, after what `data-post-selector` on the script tag finds. */
export function keepPostButton(page: Page) {
  const { postSelector = '', postLabel } = page.dataset
  const keep = keepButton('post', page.end.signal, postLabel)
  const look = () =>
    keep(postId(document), () => {
      const anchor = document.querySelector(postSelector)
      return anchor ? [anchor, 'afterend'] : undefined
    })
  try {
    look()
    page.looks.add(look)
  } catch {
    complain(`data-post-selector="${postSelector}" is no CSS selector.`)
  }
}
