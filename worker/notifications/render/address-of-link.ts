import { fillMarks, type Marked } from './values.ts'

const ALLOWED = /^(https?:\/\/[^/?#@\s]+([/?#]|$)|mailto:[^\s]+$|tel:[+\d-]+$)/i

/**
 * Where a template's link leads, or null where it must not be one: only http, https, mailto and tel, and nobody's words
 * before the `?` or `#`, so that a template cannot be talked into another destination.
 */
export function linkAddress(href: string, marked: Marked): string | null {
  let isQuery = false
  let isOurs = true
  let isFirst = true
  const url = fillMarks(
    href,
    marked,
    (text) => {
      isQuery ||= /[?#]/.test(text)
      isFirst &&= text === ''
      return text
    },
    (value) => {
      const wasFirst = isFirst
      isFirst = false
      if ('url' in value && wasFirst) return value.url
      isOurs &&= isQuery
      return encodeURIComponent('url' in value ? value.url : value.text)
    },
  )
  return isOurs && ALLOWED.test(url) && !/[\s"'<>\\]/.test(url) ? url : null
}
