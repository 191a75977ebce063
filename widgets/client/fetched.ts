/**
 * Brings a part when it is first wanted, and once. Browsers hold for a page's life that a file did not come (HTML's module
 * map), so it is asked for again under another address; where that fails as well, the next call tries anew.
 */
export function fetched<Part>(bring: () => Promise<Part>): () => Promise<Part> {
  let coming: Promise<Part> | undefined
  const again = (error: unknown): Promise<Part> => {
    const [file] = /http\S+?\.js/.exec(`${error}`) ?? []
    if (!file) throw error
    return import(/* @vite-ignore */ `${file}?${Date.now()}`)
  }
  return () => {
    coming ??= bring().catch(again)
    coming.catch(() => {
      coming = undefined
    })
    return coming
  }
}

/** One for the store and the composer: what is on its way is known to both. */
export const uploading = fetched(() => import('../attachments/upload.ts'))
