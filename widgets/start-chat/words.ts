/** The button's own words; its label is the site's. */
export const english = {
  product: 'Ask about this product',
  order: 'Chat about this order',
  post: 'Ask about this article',
  list: 'Messages',
  exists: 'Continue your chat',
  busy: 'Opening',
  failed: 'Try again',
  reason: 'The chat did not open. Nothing is lost.',
}
export type ButtonWords = typeof english

/** The words of a language; English where we have no other. */
export async function wordsIn(lang: string): Promise<ButtonWords> {
  const [code = ''] = /^(ar|de|es|fr)\b/i.exec(lang) ?? []
  return (code && (await import('./other-words.ts').catch(() => null))?.otherWords[code.toLowerCase()]) || english
}
