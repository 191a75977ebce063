import { REPLY_MARK } from './reply-mark.ts'

// How mail clients announce what they quote, in our five languages: Gmail, Apple Mail, Outlook, Thunderbird, Yahoo, GMX.
const WROTE = '(?<!\\p{L})(?:wrote|schrieb|escribió|a écrit)(?!\\p{L})'
const WROTE_AR = '(?:كتب|كتبت|تمت كتابة ما يلي بواسطة)'
const ATTRIBUTIONS = [
  new RegExp(`^(?:on|am|el|le|in a message dated)\\s.{5,280}${WROTE}.{0,200}:$`, 'iu'),
  new RegExp(`^(?:في|بتاريخ|يوم)\\s.{5,280}${WROTE_AR}.{0,200}:$`, 'u'),
  new RegExp(`^${WROTE_AR}\\s.{2,200}(?:في|بتاريخ)\\s.{3,200}:$`, 'u'),
]
const AFTER_ADDRESS = new RegExp(`<[^\\s<>]{1,200}@[^\\s<>]{1,200}>.{0,120}${WROTE}.{0,80}:$`, 'iu')
const SEPARATORS = [
  /^-{2,}\s*(original message|ursprüngliche nachricht|mensaje original|message d['’]origine|message original|الرسالة الأصلية|forwarded message|weitergeleitete nachricht|mensaje reenviado|message transféré|رسالة مُ?عاد توجيهها)\s*-{2,}$/i,
  /^(begin forwarded message|anfang der weitergeleiteten nachricht|inicio del mensaje reenviado|début du message réexpédié|بدء الرسالة المعاد توجيهها)\s?:$/i,
]
const FROM = /^\*?(from|von|de|من)\*?\s?:/i
const OTHER_FIELD =
  /^\*?(sent|date|to|subject|gesendet|datum|an|betreff|enviado( el)?|fecha|para|asunto|envoyé|à|objet|تم الإرسال|تاريخ الإرسال|التاريخ|إلى|الموضوع)\*?\s?:/i
const SIGNATURE = /^(--|—)$/
// What a phone adds by itself.
const SENT_FROM =
  /^(sent from|get outlook for|sent via|von meinem|von meiner|gesendet (mit|von)|diese nachricht wurde von|outlook für|holen sie sich outlook|enviado desde|obtener outlook|obtén outlook|envoyé (de|depuis|à partir)|obtenir outlook|télécharger outlook|أُ?رسلت? من|احصل على outlook|تم الإرسال من)(?!\p{L}).{0,120}$/iu
const MOST_FOOT_WORDS = 14

const MOST_WRAPPED = 3
const MOST_CHARS = 600

/** Lines by which something quoted is announced. */
interface Cut {
  from: number
  to: number
}

/**
 * What somebody has written in an answer, without what their mail client quotes and without a signature. Cuts at our own
 * line or at the first that announces a quote; where nothing stands above it and the quote is marked line by line, the
 * answer is what is not marked. Answers lines of the text given.
 */
export function cutQuotes(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const plain = lines.map(plainly)
  const cut = firstCut(plain)
  const above = ownWords(lines, plain, 0, cut.from)
  if (above !== '' || !isMarked(plain, cut.to)) return above
  return ownWords(lines, plain, cut.to, lines.length)
}

/** As it looks: without marks of text direction, and with spaces for what looks like them. */
const plainly = (line: string) =>
  line
    .slice(0, MOST_CHARS)
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/[\u00a0\u202f\u2007]/g, ' ')
    .trim()

function firstCut(plain: readonly string[]): Cut {
  for (const [from, line] of plain.entries()) {
    const count = REPLY_MARK.test(line) ? 1 : announced(plain, from)
    if (count > 0) return { from, to: from + count }
  }
  return { from: plain.length, to: plain.length }
}

/** How many lines announce a quote here. */
function announced(plain: readonly string[], at: number): number {
  const line = bare(plain[at] ?? '')
  if (line === '') return 0
  if (SEPARATORS.some((separator) => separator.test(line))) return 1
  return FROM.test(line) ? fieldsFrom(plain, at) : attributed(plain, at)
}

/** Outlook's way: a block of fields as in a mail's head. */
function fieldsFrom(plain: readonly string[], at: number): number {
  const fields = plain.slice(at + 1, at + 5).filter((next) => OTHER_FIELD.test(bare(next))).length
  return fields > 1 ? fields + 1 : 0
}

/** “On Friday, Ann wrote:”, which clients wrap where it is long. */
function attributed(plain: readonly string[], at: number): number {
  for (let count = 1; count <= MOST_WRAPPED; count++) {
    const whole = plain.slice(at, at + count).map(bare)
    const joined = whole.join(' ')
    if (whole.includes('') || joined.length > MOST_CHARS) return 0
    if (ATTRIBUTIONS.some((attribution) => attribution.test(joined))) return count
    // The line above an announcement may be somebody's own, and name an address too.
    if (whole[0]?.includes('@') && AFTER_ADDRESS.test(joined))
      return count > 1 && announced(plain, at + 1) > 0 ? 0 : count
  }
  return 0
}

const bare = (line: string) => line.replace(/^[>\s*_]+/, '').trim()

/** The quote itself is marked, so that what is not is somebody's own. */
const isMarked = (plain: readonly string[], from: number) =>
  plain.find((line, at) => at >= from && line !== '')?.startsWith('>') ?? false

/** The lines from here to there that are not quoted, up to a signature. */
function ownWords(lines: readonly string[], plain: readonly string[], from: number, to: number): string {
  const own: string[] = []
  for (let at = from; at < to; at++) {
    const line = plain[at] ?? ''
    if (SIGNATURE.test(line)) break
    if (!line.startsWith('>') && !REPLY_MARK.test(line)) own.push(lines[at] ?? '')
  }
  return withoutFoot(own)
}

/** Drops empty lines at the end, and what a phone adds there. */
function withoutFoot(lines: string[]): string {
  for (let last = lines.at(-1); last !== undefined; last = lines.at(-1)) {
    const line = plainly(last).replace(/^[-–—_\s]+/, '')
    if (line !== '' && !(SENT_FROM.test(line) && line.split(' ').length <= MOST_FOOT_WORDS)) break
    lines.pop()
  }
  return lines.join('\n').trim()
}
