import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

// kB are 1,000 bytes; each file is compressed alone, as it travels.
const LIMITS = {
  loader: 3_500,
  button: 5_200,
  'my-chats': 14_200,
  'my-chats and its store': 20_450,
  'a page with an open chat': 24_850,
  admin: 40_000,
}
type Part = keyof typeof LIMITS

// What must never reach a shopper's browser, by a text that it cannot be without.
const FORBIDDEN: Record<string, RegExp> = {
  zod: /ZodError|invalid_union/,
  hono: /\bhono\b/i,
  drizzle: /drizzle/i,
  'admin panel': /shopbell-admin|Analytics and Diagnostics/,
  unsafeHTML: /unsafeHTML/,
  'Lit as it comes': /["'`]lit-html["'`]|litHtmlVersions/,
  'Vite’s preload helper': /vite:preloadError/,
}
const NOT_IN_LOADER: Record<string, RegExp> = { Lit: /\$lit\$|litElement|adoptedStyleSheets/ }

const root = resolve(import.meta.dirname, '..')
const dist = join(root, 'dist')
const kept = join(import.meta.dirname, 'sizes.json')

interface Size {
  raw: number
  gzip: number
  brotli: number
}
const NOTHING: Size = { raw: 0, gzip: 0, brotli: 0 }

function sizeOf(file: string): Size {
  const bytes = readFileSync(join(dist, file))
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  }
}

const sum = (files: string[]): Size =>
  files
    .map(sizeOf)
    .reduce((a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli }), NOTHING)

function forbiddenIn(file: string): string[] {
  const code = readFileSync(join(dist, file), 'utf8')
  const rules = file === 'shopbell.js' ? { ...FORBIDDEN, ...NOT_IN_LOADER } : FORBIDDEN
  return Object.entries(rules).flatMap(([what, sign]) =>
    sign.test(code) ? [`${file} contains ${what} (${sign})`] : [],
  )
}

function measure(): Record<Part, Size> {
  const chunks: Record<string, string[]> = JSON.parse(readFileSync(join(dist, 'w/files.json'), 'utf8'))
  const panel: { admin: string[] } = JSON.parse(readFileSync(join(dist, 'a/files.json'), 'utf8'))
  const under = (name: string) => (chunks[name] ?? []).map((file) => `w/${file}`)
  return {
    loader: sum(['shopbell.js']),
    button: sum(['shopbell.js', ...under('start-chat')]),
    'my-chats': sum(under('my-chats')),
    // The store comes separately, because a badge on a button needs it too.
    'my-chats and its store': sum([...new Set([...under('my-chats'), ...under('client')])]),
    // With what asks for files in the composer; what shows or sends files, menus and refusals come when they are wanted.
    'a page with an open chat': sum([...new Set(['my-chats', 'client', 'files'].flatMap(under))]),
    // What a first visit loads: the panel with its settings.
    admin: sum(panel.admin.map((file) => `a/${file}`)),
  }
}

function print(sizes: Record<string, Size>) {
  const row = (cells: unknown[]) => cells.map((cell, i) => (i ? `${cell}`.padStart(9) : `${cell}`.padEnd(34))).join('')
  console.log(row(['', 'raw', 'gzip', 'brotli', 'limit']))
  for (const [name, { raw, gzip, brotli }] of Object.entries(sizes))
    console.log(row([name, raw, gzip, brotli, LIMITS[name as Part] ?? '']))
}

function main(): number {
  if (!existsSync(join(dist, 'w/files.json'))) {
    console.error('There is no build to measure: run `npm run build` first.')
    return 1
  }
  const files = [
    'shopbell.js',
    ...readdirSync(join(dist, 'w'))
      .filter((f) => f.endsWith('.js'))
      .map((f) => `w/${f}`),
  ]
  const sizes = measure()
  const exact = Object.fromEntries(Object.entries(sizes).map(([name, { brotli }]) => [name, brotli]))
  print({ ...sizes, ...Object.fromEntries(files.map((file) => [`  ${file}`, sizeOf(file)])) })

  const faults = files.flatMap(forbiddenIn)
  for (const [name, limit] of Object.entries(LIMITS))
    if (exact[name]! > limit) faults.push(`${name} is ${exact[name]} bytes, ${exact[name]! - limit} above its limit`)

  const now = `${JSON.stringify(exact, null, 2)}\n`
  if (process.argv.includes('--write')) writeFileSync(kept, now)
  else if (process.argv.includes('--check') && (!existsSync(kept) || readFileSync(kept, 'utf8') !== now))
    faults.push(
      'scripts/sizes.json is not what was built: look at the change, then `node scripts/check-size.ts --write`',
    )

  for (const fault of faults) console.error(`✗ ${fault}`)
  return faults.length ? 1 : 0
}

process.exitCode = main()
