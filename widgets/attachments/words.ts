import type { Attachment } from '../../protocol/attachments.ts'
import type { Words } from '../locales/words.ts'

type Shown = Pick<Attachment, 'kind' | 'name'>

const formats = new Map<string, Intl.NumberFormat>()

/** `84 kB`, `2.4 MB`, as the reader's language writes it. */
export function sizeIn({ lang }: Pick<Words, 'lang'>, bytes: number): string {
  const unit = bytes < 1_000_000 ? 'kilobyte' : 'megabyte'
  const key = lang + unit
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(lang, { style: 'unit', unit, maximumFractionDigits: unit === 'megabyte' ? 1 : 0 })
  formats.set(key, format)
  return format.format(unit === 'megabyte' ? bytes / 1_048_576 : Math.max(1, bytes / 1024))
}

/** What to call files where there is room for one word: the list of chats. */
export function called(words: Words, files: readonly Shown[]): string {
  const n = files.length
  const kinds = new Set(files.map(({ kind }) => kind))
  if (kinds.size === 1 && kinds.has('image')) return words.say('photo', { n })
  if (n > 1) return words.say('files', { n })
  const [first] = files
  if (first?.kind === 'video' || first?.kind === 'audio') return words.say(first.kind)
  return first?.name || words.say('files', { n })
}
