import type { Claim } from './about.ts'

type ArticleWindow = { meta?: PageMeta; ShopifyAnalytics?: { meta?: PageMeta } }
type PageMeta = { page?: { pageType?: string; resourceId?: number } }

/** The id of the article that a WordPress or Shopify page shows. */
export function postId(page: Document): string | undefined {
  const wordpress = page.body.matches('.single:not(.single-product)') && /postid-(\d+)/.exec(page.body.className)?.[1]
  if (wordpress) return wordpress
  const view = page.defaultView as ArticleWindow | null
  const { pageType, resourceId } = (view?.ShopifyAnalytics?.meta ?? view?.meta)?.page ?? {}
  return pageType === 'article' && resourceId ? `${resourceId}` : undefined
}

export const postClaim = (page: Document): Claim => ({
  title: page.querySelector('article h1, h1')?.textContent?.trim(),
})
