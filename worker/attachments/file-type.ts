import type { FileKind } from '../../protocol/attachments.ts'

export interface FileType {
  readonly type: string
  readonly kind: FileKind
  /** Endings that a name may have; the first is added to any other. */
  readonly endings: readonly string[]
}

const of = (kind: FileKind, type: string, ...endings: string[]): FileType => ({ kind, type, endings })
const office = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`
const open = (name: string) => `application/vnd.oasis.opendocument.${name}`

const HEIC = of('image', 'image/heic', 'heic', 'heif')
const AVIF = of('image', 'image/avif', 'avif')
const M4A = of('audio', 'audio/mp4', 'm4a', 'm4b')
const MP4 = of('video', 'video/mp4', 'mp4', 'm4v')
const MOV = of('video', 'video/quicktime', 'mov', 'qt')
const ZIP = of('archive', 'application/zip', 'zip')
const TEXT = of('document', 'text/plain', 'txt', 'csv', 'tsv', 'md', 'log', 'json', 'ics', 'vcf', 'srt')

const STEP = 8192

/** Bytes as a text of one character each. A decoder of ours would not do: what is called latin1 is windows-1252. */
export function bytesAt(head: Uint8Array, start: number, length: number): string {
  let text = ''
  const end = Math.min(start + length, head.length)
  for (let at = start; at < end; at += STEP) text += String.fromCharCode(...head.subarray(at, Math.min(at + STEP, end)))
  return text
}

const begins =
  (text: string, at = 0) =>
  (head: Uint8Array) =>
    bytesAt(head, at, text.length) === text
const riff = (form: string) => (head: Uint8Array) => begins('RIFF')(head) && begins(form, 8)(head)

const SIGNATURES: readonly (readonly [(head: Uint8Array) => boolean, FileType])[] = [
  [begins('\x89PNG\r\n\x1a\n'), of('image', 'image/png', 'png')],
  [
    (head) => head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff,
    of('image', 'image/jpeg', 'jpg', 'jpeg', 'jfif'),
  ],
  [(head) => /^GIF8[79]a$/.test(bytesAt(head, 0, 6)), of('image', 'image/gif', 'gif')],
  [riff('WEBP'), of('image', 'image/webp', 'webp')],
  [riff('WAVE'), of('audio', 'audio/wav', 'wav')],
  [begins('%PDF-'), of('document', 'application/pdf', 'pdf')],
  [begins('OggS'), of('audio', 'audio/ogg', 'ogg', 'oga', 'opus')],
  [begins('fLaC'), of('audio', 'audio/flac', 'flac')],
  [isWebm, of('video', 'video/webm', 'webm')],
  [begins('ID3'), of('audio', 'audio/mpeg', 'mp3')],
  [isMp3Frame, of('audio', 'audio/mpeg', 'mp3')],
  [isAacFrame, of('audio', 'audio/aac', 'aac')],
]

const OFFICE = {
  'word/': of('document', office('wordprocessingml.document'), 'docx'),
  'xl/': of('document', office('spreadsheetml.sheet'), 'xlsx'),
  'ppt/': of('document', office('presentationml.presentation'), 'pptx'),
}
const OPEN_DOCUMENT: readonly FileType[] = [
  of('document', open('text'), 'odt'),
  of('document', open('spreadsheet'), 'ods'),
  of('document', open('presentation'), 'odp'),
]

/**
 * What a file is by its first bytes, whatever it is called or said to be; null for what nobody may send. Markup is
 * refused, since a browser that opens it would run what it says.
 */
export function readFileType(head: Uint8Array): FileType | null {
  const found = SIGNATURES.find(([is]) => is(head))?.[1]
  if (found) return found
  if (begins('ftyp', 4)(head)) return ofBoxes(head)
  if (begins('PK\x03\x04')(head) || begins('PK\x05\x06')(head)) return ofZip(head)
  return isPlainText(head) ? TEXT : null
}

/** ISO base media files (MP4, QuickTime, HEIC, AVIF) say in their first box what they may be read as. */
function ofBoxes(head: Uint8Array): FileType | null {
  const [major = '', ...others] = bytesAt(head, 8, Math.min(sizeAt(head, 0), 64) - 8).match(/.{4}/gs) ?? []
  const brands = [major, ...others.slice(1)].map((brand) => brand.trim())
  const says = (...names: string[]) => names.some((name) => brands.includes(name))
  if (says('avif', 'avis')) return AVIF
  if (says('heic', 'heix', 'heim', 'heis', 'hevc', 'mif1')) return HEIC
  if (/^M4[AB]/.test(major)) return M4A
  if (major === 'qt  ') return MOV
  return says('isom', 'iso2', 'iso4', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'M4V', 'dash') || /^3gp/.test(major)
    ? MP4
    : null
}

export const sizeAt = (head: Uint8Array, at: number) =>
  head.length < at + 4 ? 0 : new DataView(head.buffer, head.byteOffset).getUint32(at)

/** Office files are ZIP archives: OpenDocument says so in its first entry, Microsoft’s by the folders within. */
function ofZip(head: Uint8Array): FileType {
  const names = bytesAt(head, 0, 64 * 1024)
  const mimetype = names.slice(30, 120)
  const openDocument = OPEN_DOCUMENT.find(({ type }) => mimetype.startsWith(`mimetype${type}`))
  if (openDocument) return openDocument
  if (!names.includes('[Content_Types].xml')) return ZIP
  return Object.entries(OFFICE).find(([folder]) => names.includes(folder))?.[1] ?? ZIP
}

function isWebm(head: Uint8Array) {
  return begins('\x1a\x45\xdf\xa3')(head) && bytesAt(head, 4, 60).includes('webm')
}

/** MPEG 1 or 2, layer 3, with a bit rate and a sampling rate that exist. */
function isMp3Frame([sync = 0, layer = 0, rates = 0]: Uint8Array) {
  return sync === 0xff && (layer & 0xe6) === 0xe2 && rates >> 4 !== 15 && rates >> 4 !== 0 && (rates & 12) !== 12
}

function isAacFrame([sync = 0, layer = 0]: Uint8Array) {
  return sync === 0xff && (layer & 0xf6) === 0xf0
}

/** Text in whatever alphabet: no control characters but those that set it out, and no markup at its beginning. */
function isPlainText(head: Uint8Array) {
  const start = bytesAt(head, 0, 3) === '\xef\xbb\xbf' ? 3 : 0
  if (head.some((byte) => byte === 0x7f || (byte < 0x20 && !(byte >= 9 && byte <= 13 && byte !== 11)))) return false
  return !/^\s*</.test(bytesAt(head, start, 4096))
}
