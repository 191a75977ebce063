import { MAX_FILE_NAME_CHARS } from '../../protocol/bounds.ts'
import type { FileType } from './file-type.ts'

// Control characters (line breaks, NUL), what turns text around, what takes no room, and what paths or shells read.
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}<>:"\/\\\|?*]/gv
/** What Windows takes for a device, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/**
 * A name to save a file under: its last part, one safe line, with an ending that fits the bytes. `photo.png.html`
 * that is a PNG becomes `photo.png.html.png`.
 */
export function fileName(given: string, { endings, kind }: FileType): string {
  const [standard = 'bin'] = endings
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const safe = last
    .replace(UNSAFE, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '')
  const named = safe === '' ? kind : DEVICE.test(safe) ? `${kind} ${safe}` : safe
  const dot = named.lastIndexOf('.')
  const fits = dot > 0 && endings.includes(named.slice(dot + 1).toLowerCase())
  const [stem, ending] = fits ? [named.slice(0, dot), named.slice(dot)] : [named, `.${standard}`]
  return clip(stem, MAX_FILE_NAME_CHARS - ending.length) + ending
}

/** Cuts before a surrogate pair, not within it. */
const clip = (text: string, most: number) => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')

/** RFC 6266: always a download; the name in ASCII for those that know no other, and as it is (RFC 8187). */
export function contentDisposition(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_')
  const exact = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`
}
