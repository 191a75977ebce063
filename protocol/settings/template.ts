import type * as z from 'zod'

/** A template in pieces, in order: text as it stands, and names of tokens. */
export type TemplatePart = { text: string } | { token: string }

const TOKEN = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/y

/**
 * Splits `Hello {{name}}` into its parts. Throws nothing: a token outside `tokens`, or a `{{` that is never closed,
 * comes back as a problem with its position.
 */
export function readTemplate(text: string, tokens: readonly string[]): { parts: TemplatePart[] } | { problem: string } {
  const parts: TemplatePart[] = []
  let from = 0
  for (let at = text.indexOf('{{'); at !== -1; at = text.indexOf('{{', from)) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)
    if (!token?.[1]) return { problem: `The {{ ${position(text, at)} is not a token: write {{${tokens[0]}}}.` }
    if (!tokens.includes(token[1])) return { problem: `There is no token ${token[0]} (${position(text, at)}).` }
    if (at > from) parts.push({ text: text.slice(from, at) })
    parts.push({ token: token[1] })
    from = TOKEN.lastIndex
  }
  if (from < text.length) parts.push({ text: text.slice(from) })
  return { parts }
}

function position(text: string, at: number) {
  const lines = text.slice(0, at).split('\n')
  return `at line ${lines.length}, character ${(lines.at(-1)?.length ?? 0) + 1}`
}

/** `schema`, refused where a token is unknown or not closed; the message says where. */
export const template = (schema: z.ZodString, tokens: readonly string[]) =>
  schema.check((check) => {
    const read = readTemplate(check.value, tokens)
    if ('problem' in read) check.issues.push({ code: 'custom', input: check.value, message: read.problem })
  })
