/** A text as a search compares it: without case and accents, in any script. */
export const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** A test of whether any of some texts has `q` in it. */
export function matcherOf(q: string) {
  const wanted = fold(q)
  return (texts: (string | null | undefined)[]) => texts.some((text) => text && fold(text).includes(wanted))
}
