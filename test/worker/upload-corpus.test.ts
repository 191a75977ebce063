import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePng, PDF, storedKeys, upload } from '../support/files.ts'
import { makeSite, type Person, type TestSite } from '../support/site.ts'
import { startWorker, type TestWorker } from '../support/worker.ts'

let worker: TestWorker
let site: TestSite
let person: Person

beforeAll(async () => {
  worker = await startWorker()
  site = await makeSite(worker.env.DB, { attachments: { maxMegabytes: 1, uploadsPerHour: 2000, archives: true } })
  person = await site.person()
})
afterAll(() => worker.stop())

const bytes = (text: string) => Buffer.from(text, 'latin1')
const PNG = makePng(4, 4)
const MB = 1024 * 1024

/** One entry of a ZIP archive, stored as it is; enough of one for whoever looks at its beginning. */
const zipEntry = (name: string, content = '') =>
  bytes(`PK\x03\x04\x14${'\0'.repeat(21)}${String.fromCharCode(name.length)}\0\0\0${name}${content}`)
const boxed = (...brands: string[]) => {
  const [major, ...others] = brands
  const box = `ftyp${major}\0\0\0\0${others.join('')}`
  return `\0\0\0${String.fromCharCode(box.length + 4)}${box}`
}
const ispe = (width: number, height: number) => {
  const box = Buffer.alloc(20)
  box.writeUInt32BE(20)
  box.write('ispe', 4)
  box.writeUInt32BE(width, 12)
  box.writeUInt32BE(height, 16)
  return box
}
const jpeg = (width: number, height: number, exif = Buffer.alloc(0)) => {
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), exif, frame, Buffer.alloc(20)])
}
/** An Exif segment that says: turn it by 90°. */
const TURNED = Buffer.concat([
  Buffer.from([0xff, 0xe1, 0, 34]),
  bytes('Exif\0\0MM\0*\0\0\0\x08\0\x01'),
  bytes('\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0'),
])
const webp = (chunk: Buffer) => Buffer.concat([bytes('RIFF\0\0\0\0WEBP'), chunk, Buffer.alloc(32)])

describe('refused, and nothing is stored', () => {
  const POLYGLOT = 'GIF89a=1;alert(document.domain)//'
  const CORPUS: [what: string, content: Uint8Array, code: string, name?: string][] = [
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'file_refused', 'logo.svg'],
    ['SVG called a PNG', bytes('<?xml version="1.0"?><svg><script>alert(1)</script></svg>'), 'file_refused'],
    ['HTML', bytes('<!doctype html><script>alert(1)</script>'), 'file_refused', 'page.html'],
    ['HTML after a byte order mark and space', bytes('\xef\xbb\xbf \r\n\t<html onload=alert(1)>'), 'file_refused'],
    ['XHTML', bytes('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'), 'file_refused', 'a.xhtml'],
    ['XML with a stylesheet', bytes('<?xml-stylesheet href="x.xsl" type="text/xsl"?><a/>'), 'file_refused', 'a.xml'],
    ['HTML in UTF-16', Buffer.from('\ufeff<html><script>alert(1)</script>', 'utf16le'), 'file_refused', 'a.txt'],
    [
      'a PNG that is HTML behind its signature',
      bytes('\x89PNG\r\n\x1a\n<html><script>alert(1)</script>'),
      'file_refused',
    ],
    ['a PNG of no size', makePng(1, 1, { width: 0, height: 1 }), 'file_refused'],
    ['a script that begins like a GIF', bytes(POLYGLOT), 'file_refused', 'cat.gif'],
    ['a PNG of 50,000 × 50,000', makePng(1, 1, { width: 50_000, height: 50_000 }), 'picture_too_large'],
    ['a JPEG of 60,000 × 900', jpeg(60_000, 900), 'picture_too_large'],
    ['an AVIF of 20,000 × 20,000', Buffer.concat([bytes(boxed('avif')), ispe(20_000, 20_000)]), 'picture_too_large'],
    ['a JPEG without a frame', Buffer.concat([bytes('\xff\xd8\xff\xe0\0\x04\0\0'), Buffer.alloc(99)]), 'file_refused'],
    ['a WebP of nothing', webp(bytes('JUNK')), 'file_refused'],
    ['a program for Windows', bytes('MZ\x90\0\x03\0\0\0'), 'file_refused', 'photo.png.exe'],
    ['a program for Linux', bytes('\x7fELF\x02\x01\x01\0'), 'file_refused'],
    ['an old Office file', bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0'), 'file_refused', 'prices.xls'],
    ['a Matroska that is no WebM', bytes('\x1a\x45\xdf\xa3\x42\x82\x88matroska'), 'file_refused'],
    ['bytes of nothing', Buffer.from([0, 1, 2, 3, 4, 5]), 'file_refused'],
    ['0 bytes', Buffer.alloc(0), 'file_empty'],
    ['one byte more than allowed', Buffer.concat([PNG, Buffer.alloc(MB - PNG.length + 1)]), 'file_too_large'],
  ]

  it.each(CORPUS)('%s', async (_, content, code, name = 'photo.png') => {
    const before = await storedKeys(worker.env)
    const answer = await upload(worker, person.token, content, { name })
    expect(answer.body).toMatchObject({ code })
    expect(answer.status).toBeGreaterThanOrEqual(413)
    expect(await storedKeys(worker.env)).toEqual(before)
    const rows = await worker.env.DB.prepare('SELECT count(*) n FROM attachments WHERE site = ? AND stored_at IS NULL')
      .bind(site.id)
      .first('n')
    expect(rows).toBe(0)
  })

  it('a thumbnail that is no small picture', async () => {
    const before = await storedKeys(worker.env)
    for (const thumbnail of [bytes('<svg/>'), makePng(900, 10), bytes('GIF89a\x01\0\x01\0\0\0\0,'), PDF])
      expect(await upload(worker, person.token, PNG, { thumbnail })).toMatchObject({ body: { code: 'file_refused' } })
    const lie = { headers: { 'Shopbell-Thumbnail-Bytes': String(PNG.length) } }
    expect(await upload(worker, person.token, PNG, lie)).toMatchObject({ body: { code: 'file_empty' } })
    expect(await storedKeys(worker.env)).toEqual(before)
  })

  it('a body that does not say how long it is', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(PNG)
        controller.close()
      },
    })
    const response = await fetch(`${worker.url}/v1/files`, {
      method: 'POST',
      headers: { Origin: 'https://shop.example', Authorization: `Bearer ${person.token}` },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(await response.json()).toMatchObject({ code: 'length_required' })
  })

  it.each(['images', 'videos', 'audio', 'documents', 'archives'])(
    'a kind that the site does not take (%s)',
    async (off) => {
      const strict = await makeSite(worker.env.DB, { attachments: { archives: true, [off]: false } })
      const shopper = await strict.person()
      const kinds: Record<string, Uint8Array> = {
        images: PNG,
        videos: bytes(boxed('isom', 'mp42')),
        audio: bytes(boxed('M4A ')),
        documents: PDF,
        archives: zipEntry('photo.png'),
      }
      for (const [kind, content] of Object.entries(kinds)) {
        const { status, body } = await upload(worker, shopper.token, content)
        expect([kind, status, body.code]).toEqual(kind === off ? [kind, 415, 'file_refused'] : [kind, 201, undefined])
      }
    },
  )
})

describe('taken for what its bytes say', () => {
  const office = 'application/vnd.openxmlformats-officedocument'
  const gif = 'GIF89a\x04\0\x03\0\0\0\0,'
  const CORPUS: [what: string, content: Uint8Array, is: object][] = [
    ['exactly as large as allowed', Buffer.concat([PNG, Buffer.alloc(MB - PNG.length)]), { size: MB, width: 4 }],
    ['a PNG called HTML', PNG, { kind: 'image', type: 'image/png', name: 'x.html.png' }],
    ['a GIF', bytes(gif), { type: 'image/gif', width: 4, height: 3 }],
    ['a GIF that is a script too', bytes(`${gif}*/=1;alert(1)`), { type: 'image/gif' }],
    ['a JPEG', jpeg(640, 480), { type: 'image/jpeg', width: 640, height: 480 }],
    ['a JPEG on its side', jpeg(640, 480, TURNED), { type: 'image/jpeg', width: 480, height: 640 }],
    [
      'a WebP (VP8X)',
      webp(bytes('VP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0')),
      { type: 'image/webp', width: 320, height: 240 },
    ],
    ['an AVIF', Buffer.concat([bytes(boxed('avif', 'mif1')), ispe(320, 240)]), { type: 'image/avif', width: 320 }],
    [
      'a HEIC',
      Buffer.concat([bytes(boxed('mif1', 'heic')), ispe(300, 200), bytes('irot\x01')]),
      { type: 'image/heic', width: 200 },
    ],
    ['an MP4', bytes(boxed('isom', 'mp42')), { kind: 'video', type: 'video/mp4' }],
    ['a QuickTime film', bytes(boxed('qt  ')), { kind: 'video', type: 'video/quicktime' }],
    ['a voice memo', bytes(boxed('M4A ')), { kind: 'audio', type: 'audio/mp4' }],
    ['a WebM', bytes('\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm'), { kind: 'video', type: 'video/webm' }],
    ['an MP3', bytes('ID3\x04\0\0\0\0\0\0'), { kind: 'audio', type: 'audio/mpeg' }],
    ['an MP3 without a tag', bytes('\xff\xfb\x90\x64'), { kind: 'audio', type: 'audio/mpeg' }],
    ['a PDF', PDF, { kind: 'document', type: 'application/pdf', name: 'x.html.pdf' }],
    [
      'a Word file',
      zipEntry('[Content_Types].xml', 'PK word/document.xml'),
      { type: `${office}.wordprocessingml.document` },
    ],
    [
      'an OpenDocument table',
      zipEntry('mimetype', 'application/vnd.oasis.opendocument.spreadsheet'),
      { name: 'x.html.ods' },
    ],
    ['a ZIP', zipEntry('photo.png'), { kind: 'archive', type: 'application/zip' }],
    ['a text', Buffer.from('Größe: 40 cm\n'), { kind: 'document', type: 'text/plain', name: 'x.html.txt' }],
    [
      'a text with markup further on',
      bytes('Hello <script>alert(1)</script>'),
      { type: 'text/plain', name: 'x.html.txt' },
    ],
    [
      'a table from an old Excel',
      bytes('Gr\xf6\xdfe;Preis\r\n40;\x80 9\r\n'),
      { kind: 'document', type: 'text/plain' },
    ],
  ]

  it.each(CORPUS)('%s', async (_, content, is) => {
    const { status, body } = await upload(worker, person.token, content, { name: 'x.html' })
    expect([status, body.file]).toMatchObject([201, is])
  })
})

describe('the name', () => {
  const NAMES: [given: string, kept: string][] = [
    ['../../etc/passwd', 'passwd.png'],
    ['C:\\Users\\sam\\photo.PNG', 'photo.PNG'],
    ['a\r\nSet-Cookie: x=1.png', 'aSet-Cookie x=1.png'],
    ['invoice\u202egnp.exe', 'invoicegnp.exe.png'],
    ['"quoted"; filename=evil.html', 'quoted; filename=evil.html.png'],
    ['photo.png.html', 'photo.png.html.png'],
    ['.htaccess', 'htaccess.png'],
    ['CON.png', 'image CON.png'],
    ['\u0000\u200b', 'image.png'],
    ['', 'image.png'],
    ['photo.png . . ', 'photo.png'],
    ['صورة المنتج.png', 'صورة المنتج.png'],
    [`${'a'.repeat(400)}.png`, `${'a'.repeat(156)}.png`],
    [`${'🐚'.repeat(200)}.png`, `${'🐚'.repeat(78)}.png`],
  ]

  it.each(NAMES)('%j is kept as %j', async (given, kept) => {
    const { body } = await upload(worker, person.token, PNG, { name: given })
    expect(body.file.name).toBe(kept)
  })

  it('never breaks out of the header that carries it', async () => {
    for (const [given] of NAMES) {
      const { body } = await upload(worker, person.token, PNG, { name: given })
      const made = await worker.call('/v1/files/links', { token: person.token, body: { files: [body.file.id] } })
      const response = await fetch(worker.url + made.body.links[0].url)
      await response.arrayBuffer()
      expect(response.headers.get('set-cookie')).toBeNull()
      expect(response.headers.get('content-disposition')).toMatch(
        /^attachment; filename="[^"\\%]*"; filename\*=UTF-8''[\w.~!#$&+^`|%-]+$/,
      )
    }
  })

  it('may be left out or wrongly encoded', async () => {
    const { body } = await upload(worker, person.token, PNG, { headers: { 'Shopbell-File-Name': '%E0%A4%A' } })
    expect(body.file.name).toBe('image.png')
  })
})
