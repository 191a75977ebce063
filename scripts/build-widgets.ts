import { existsSync, readdirSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build, type LibraryOptions, type Plugin, type Rolldown } from 'vite'
import { guestLit, leanLit } from './lean-lit.ts'
import { minifyTemplates } from './minify-templates.ts'
import { settingsSchema } from './settings-schema.ts'
import { standIn } from './stand-in.ts'

type Chunk = Rolldown.OutputChunk

const root = resolve(import.meta.dirname, '..')
const dist = join(root, 'dist')

const LOADER = 'widgets/loader/shopbell.ts'
const ENTRIES = {
  'start-chat': 'widgets/start-chat/start-chat.ts',
  'my-chats': 'widgets/my-chats/my-chats.ts',
  client: 'widgets/client/store.ts',
  'on-demand': 'widgets/loader/on-demand.ts',
  inbox: 'widgets/my-chats/inbox.ts',
}
const INBOX_PAGE = 'widgets/my-chats/inbox.html'
const INBOX_WORKER = 'widgets/more/inbox-worker.ts'
const INBOX_MANIFEST = 'widgets/more/inbox.webmanifest'

const TOKENS = 'widgets/styles/tokens.ts'

// The panel is built apart: what it shares with the widgets must not be cut into more chunks for shoppers.
const PANEL = 'admin/panel.ts'
const PANEL_PAGE = 'admin/admin.html'
const PANEL_TAG = 'admin/tag.ts'

// What dresses a button, which is no element of Lit's, and the few numbers that the store shares with views.
const DRESS = /widgets\/(styles\/accent|lit\/css)\.ts|protocol\/bounds\.ts/
// What every view needs; directives go with whoever uses them.
const BASE =
  /widgets\/(lit\/lit|locales\/en|my-chats\/icon)\.ts|node_modules\/(lit|lit-element|lit-html|@lit\/reactive-element)\/(index|html|lit-element|lit-html|is-server|reactive-element|css-tag)\.js/

// Nearly all of these runs before the button shows: Chromium reads each function once instead of twice, which a phone feels
// (https://wicg.github.io/explicit-javascript-compile-hints-file-based). Elsewhere it is a comment.
const RUNS_AT_ONCE = /^(shopbell|w\/start-chat\..*)\.js$/
const ALL_AT_ONCE = '//# allFunctionsCalledOnLoad\n'

// Chunks carry a hash and never change; the loader has a fixed address and must come anew within minutes of a deploy.
const HEADERS = `/w/*
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff

/a/*
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=31536000, immutable
  X-Content-Type-Options: nosniff

/shopbell.js
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=300
  X-Content-Type-Options: nosniff

/admin.js
  Access-Control-Allow-Origin: *
  Cache-Control: public, max-age=300
  X-Content-Type-Options: nosniff

/inbox-worker.js
  Cache-Control: no-cache
  X-Content-Type-Options: nosniff
`

// Lit has a development build, which Vite would take when a test runner starts us.
process.env.NODE_ENV = 'production'

interface Bundle {
  /** A library: any other build gets Vite's preload helper, 0.9 kB that no chunk of ours needs. */
  lib: LibraryOptions
  output?: Rolldown.OutputOptions
  define?: Record<string, string>
  plugins?: Plugin[]
  /** Custom properties whose values are written out. */
  tokens?: Record<string, string>
}

async function bundle({ lib, output, define = {}, plugins = [], tokens }: Bundle): Promise<Chunk[]> {
  const outputs = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    define,
    plugins: [standIn(root), settingsSchema(), minifyTemplates(tokens), guestLit(), ...plugins],
    build: {
      write: false,
      target: 'es2022',
      lib,
      rolldownOptions: {
        // An entry may export more than its own names: others import from it, and no chunk is needed between.
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, comments: false, ...output },
      },
    },
  })
  return (outputs as Rolldown.RolldownOutput[]).flatMap((one) => one.output).filter((file) => file.type === 'chunk')
}

/** Design tokens with one value whatever the theme, the screen and the shop's own style sheet. */
async function fixedTokens(): Promise<Record<string, string>> {
  const declared = [...(await readFile(join(root, TOKENS), 'utf8')).matchAll(/--shopbell-([\w-]+): ([^;]*);/g)]
  const once = declared.filter(([, name]) => declared.filter(([, other]) => other === name).length === 1)
  const fixed = once.filter(([, name, value]) => name !== 'radius' && !/var|light-dark/.test(value!))
  return Object.fromEntries(fixed.map(([, name, value]) => [name!, value!]))
}

async function bundleChunks(): Promise<Chunk[]> {
  const there = Object.entries(ENTRIES).filter(([, path]) => existsSync(join(root, path)))
  return bundle({
    lib: { entry: Object.fromEntries(there.map(([name, path]) => [name, join(root, path)])), formats: ['es'] },
    plugins: [leanLit(root)],
    tokens: await fixedTokens(),
    output: {
      entryFileNames: 'w/[name].[hash:6].js',
      chunkFileNames: 'w/[name].[hash:6].js',
      codeSplitting: {
        groups: [
          { name: 'accent', test: DRESS, priority: 2 },
          { name: 'base', test: BASE, priority: 1 },
        ],
      },
    },
  })
}

function bundlePanel(): Promise<Chunk[]> {
  return bundle({
    lib: { entry: { admin: join(root, PANEL) }, formats: ['es'] },
    output: {
      entryFileNames: 'a/[name].[hash:8].js',
      chunkFileNames: 'a/[name].[hash:8].js',
      codeSplitting: { groups: [{ name: 'base', test: BASE }] },
    },
  })
}

/** Of an entry, or a chunk that is asked for by name, its file and all that it imports statically, without the folder. */
function filesOf(entry: string, chunks: Chunk[]): string[] {
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports]))
  const first = chunks.find(({ isEntry, isDynamicEntry, name }) => (isEntry || isDynamicEntry) && name === entry)
  // A set also walks what is added on the way.
  const files = new Set(first ? [first.fileName] : [])
  for (const file of files) for (const other of imports.get(file) ?? []) files.add(other)
  return [...files].map((file) => file.replace(/^[aw]\//, ''))
}

function bundleLoader(chunks: Record<string, string[]>): Promise<Chunk[]> {
  return bundle({
    lib: { entry: join(root, LOADER), formats: ['iife'], name: 'shopbell' },
    output: { entryFileNames: 'shopbell.js' },
    define: { CHUNKS: JSON.stringify(chunks) },
  })
}

function bundlePanelTag(script: string): Promise<Chunk[]> {
  return bundle({
    lib: { entry: join(root, PANEL_TAG), formats: ['iife'], name: 'shopbellAdmin' },
    output: { entryFileNames: 'admin.js' },
    define: { PANEL_SCRIPT: JSON.stringify(`/a/${script}`) },
  })
}

function bundleInboxWorker(): Promise<Chunk[]> {
  return bundle({
    lib: { entry: join(root, INBOX_WORKER), formats: ['iife'], name: 'shopbellInbox' },
    output: { entryFileNames: 'inbox-worker.js' },
  })
}

/** The hosted inbox, what makes it an app on a home screen, and the service worker by which it rings. */
async function inboxFiles([script]: string[]): Promise<Record<string, string>> {
  const page = join(root, INBOX_PAGE)
  if (!script || !existsSync(page)) return {}
  const [worker] = await bundleInboxWorker()
  return {
    'inbox.html': (await readFile(page, 'utf8')).replaceAll('{{inbox}}', `/w/${script}`),
    'inbox.webmanifest': await readFile(join(root, INBOX_MANIFEST), 'utf8'),
    'inbox-worker.js': worker?.code ?? '',
  }
}

/** The panel, its script tag and its hosted page, with what a first visit loads. */
async function panelFiles(): Promise<Record<string, string>> {
  const chunks = await bundlePanel()
  const [first = '', ...others] = filesOf('admin', chunks)
  const tag = await bundlePanelTag(first)
  const page = await readFile(join(root, PANEL_PAGE), 'utf8')
  return {
    ...Object.fromEntries([...chunks, ...tag].map(({ fileName, code }) => [fileName, code])),
    'admin.html': page.replaceAll('{{admin}}', `/a/${first}`),
    'a/files.json': JSON.stringify({ admin: [...new Set([first, ...others, ...filesOf('settings', chunks)])] }),
  }
}

/** Writes first and then removes what is left of an older build, so that a server never finds nothing. */
async function writeDist(files: Record<string, string>) {
  for (const folder of ['w', 'a']) await mkdir(join(dist, folder), { recursive: true })
  for (const [file, text] of Object.entries(files)) await writeFile(join(dist, file), text)
  for (const old of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (/^[aw]\//.test(old) && !(old in files)) await rm(join(dist, old), { force: true })
  }
}

const started = performance.now()
const chunks = await bundleChunks()
const files = Object.fromEntries(Object.keys(ENTRIES).map((name) => [name, filesOf(name, chunks)]))
const { inbox = [], ...widgets } = files
// What an element asks for by itself, for whoever counts what a page loads.
const asked = Object.fromEntries(['files', 'more', 'seldom'].map((name) => [name, filesOf(name, chunks)]))
const loader = await bundleLoader(widgets)
await writeDist({
  ...Object.fromEntries(
    [...chunks, ...loader].map(({ fileName, code }) => [
      fileName,
      RUNS_AT_ONCE.test(fileName) ? ALL_AT_ONCE + code : code,
    ]),
  ),
  ...(await inboxFiles(inbox)),
  ...(await panelFiles()),
  _headers: HEADERS,
  'w/files.json': JSON.stringify({ ...files, ...asked }),
})
for (const [name, path] of Object.entries(ENTRIES)) {
  if (!files[name]?.[0]) console.warn(`${path} is not there yet: built without ${name}.`)
}
console.log(`Widgets built in ${((performance.now() - started) / 1000).toFixed(1)} s.`)
