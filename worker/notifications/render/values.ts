import { readTemplate } from '../../../protocol/settings/index.ts'

/** What stands for a token. `text` is somebody's words and only ever words; `url` is an address that we made. */
export type Value = { text: string } | { url: string }
export type Values = Record<string, Value>

/** A template as Markdown with marks where its tokens are, and what to put there. */
export interface Marked {
  markdown: string
  /** Matches a mark; its first group is an index into `values`. */
  mark: RegExp
  values: Value[]
}

/**
 * Puts a mark for each token, so that Markdown is read before anybody's words are in it. A mark is a word of letters
 * and digits that the template does not have: nothing in Markdown splits or changes one.
 */
export function markTokens(template: string, values: Values): Marked {
  const read = readTemplate(template, Object.keys(values))
  // Saved templates were checked; one of a later version may know tokens that this one does not.
  if ('problem' in read) return { markdown: template, mark: /(?!)/, values: [] }
  const word = freeWord(template)
  const used: Value[] = []
  let markdown = ''
  for (const part of read.parts) {
    const value = 'token' in part ? values[part.token] : undefined
    if ('text' in part) markdown += part.text
    // “Hello ,” for somebody without a name.
    else if (!value || isEmpty(value)) markdown = markdown.replace(/[ \t]$/, '')
    else markdown += `${word}${used.push(value) - 1}z`
  }
  return { markdown, mark: new RegExp(`${word}(\\d+)z`, 'g'), values: used }
}

const isEmpty = (value: Value) => ('text' in value ? value.text : value.url) === ''

function freeWord(template: string) {
  let word = 'tokenx'
  while (template.includes(word)) word += 'x'
  return word
}

/** A text with its marks filled in: `words` writes what stands as it is, `fill` what a mark stands for. */
export function fillMarks(
  text: string,
  { mark, values }: Marked,
  words: (text: string) => string,
  fill: (value: Value) => string,
) {
  let out = ''
  let from = 0
  for (const found of text.matchAll(mark)) {
    const value = values[Number(found[1])]
    out += words(text.slice(from, found.index)) + (value ? fill(value) : '')
    from = found.index + found[0].length
  }
  return out + words(text.slice(from))
}

/**
 * Words that no mail program turns into a link by itself: a space without width stands where an address would hold
 * together.
 */
export const inert = (text: string) =>
  text.replace(/(?<=[\p{L}\p{N}])(?:\.(?=\p{L})|@(?=[\p{L}\p{N}])|:(?=\/\/))/gu, '$&\u200b')
