const EXPORT = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?export const (\w+)/g
const FIELD = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+):/g
const OPTION = /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*z\.strictObject\(\{\s*type: z\.literal\('(\w+)'\)/g

/**
 * The doc comments of a protocol file: of each exported schema (`Chat`), of its fields (`Chat.unread`) and of the
 * options of a union (`ServerFrame:read`).
 */
export function readComments(source: string): Map<string, string> {
  const found = new Map<string, string>()
  const exports = [...source.matchAll(EXPORT)]
  exports.forEach((match, i) => {
    const [whole, comment, name] = match
    if (comment) found.set(name!, plain(comment))
    const text = source.slice(match.index + whole.length, exports[i + 1]?.index)
    for (const [, about, field] of text.matchAll(FIELD)) found.set(`${name}.${field}`, plain(about!))
    for (const [, about, type] of text.matchAll(OPTION)) found.set(`${name}:${type}`, plain(about!))
  })
  return found
}

const plain = (comment: string) =>
  comment
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
