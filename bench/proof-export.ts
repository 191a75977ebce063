// `npm run proof:export`: a copy of one person's MESSAGES (10,000) and FILES (500) among others', taken COPIES (8) times from
// the worker over HTTP, the last one compared with the tables and the bytes; what the worker's process holds meanwhile. The
// figures go to docs/proofs/export.json. Exit code 1 on any violation. Needs Linux and `python3`, which unzips.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type FastWorker, startFastWorker } from '../test/support/miniflare.ts'
import type { TestShop } from '../test/support/shop.ts'
import { SECRET, writeAmongOthers } from './person-among-others.ts'

const number = (name: string, or: number) => Number(process.env[name] ?? or)
const plan = {
  messages: number('MESSAGES', 10_000),
  files: number('FILES', 500),
  fileBytes: number('FILE_BYTES', 200_000),
  copies: number('COPIES', 8),
}
const MB = 1024 * 1024

interface Copy {
  megabytes: number
  seconds: number
  /** What the worker's process holds, in MB: before, and at most meanwhile. */
  before: number
  most: number
}

const folder = mkdtempSync(join(tmpdir(), 'shopbell-export-'))
const state = join(folder, 'state')
try {
  const { copies, violations, found } = await prove(await seeded())
  const report = { ...found, copies }
  console.log(report)
  const file = new URL('../docs/proofs/export.json', import.meta.url)
  await mkdir(new URL('.', file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), plan, report, violations }, null, 2)}\n`)
  console.log(
    violations.length ? violations.join('\n') : 'All of theirs, nothing of others, and no copy was held in memory.',
  )
  process.exitCode = violations.length ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function seeded() {
  const worker = await startFastWorker({ persistTo: state })
  try {
    return await writeAmongOthers(worker, plan)
  } finally {
    await worker.stop()
  }
}

/** Takes the copies from a worker that has done nothing else yet. */
async function prove({ shop, ada, own, told, sums }: Awaited<ReturnType<typeof seeded>>) {
  const worker = await startFastWorker({ persistTo: state })
  const copies: Copy[] = []
  let parts: string[] = []
  try {
    for (let n = 0; n < plan.copies; n++) {
      const taken = await take(worker, shop, ada.user.id)
      copies.push(taken.copy)
      parts = taken.parts
    }
  } finally {
    await worker.stop()
  }
  const is = parts.map(unpack)
  const messages = is.flatMap(({ data }) => data.messages)
  const got = messages.map(({ chat, seq, body }: any) => `${chat} ${seq} ${body}`)
  const files = new Map(is.flatMap(({ files }) => files))
  const missing = {
    messages: differing(told, got),
    files: [...sums].filter(([name, sum]) => files.get(name) !== sum).length,
  }
  const foreign = {
    messages: differing(got, told),
    files: [...files.keys()].filter((name) => !sums.has(name)).length,
    secrets: is.reduce((n, { text }) => n + text.split(SECRET).length - 1, 0),
  }
  const grown = growth(copies)
  const violations = [
    ...Object.entries(missing).map(([what, n]) => n && `${n} ${what} are missing`),
    ...Object.entries(foreign).map(([what, n]) => n && `${n} ${what} of others`),
    own !== plan.messages && `${own} of their messages were seeded`,
    grown > (copies[0]?.megabytes ?? 0) / 3 && `a copy took ${grown} MB of memory`,
  ].filter((said) => typeof said === 'string')
  const found = { grown, parts: parts.length, own, conversation: told.length, files: files.size, missing, foreign }
  return { copies, violations, found }
}

/**
 * By how much one copy made the process larger at most, in MB, among the last half of them. The first ones warm it up: the
 * heap, and the caches of a database and a file store that the local server keeps in the same process. A copy that was held
 * would take as much as it is large.
 */
function growth(copies: Copy[]): number {
  const last = copies.slice(Math.floor(copies.length / 2))
  return Math.max(...last.map(({ before, most }) => most - before))
}

function differing(wanted: string[], there: string[]) {
  const have = new Set(there)
  return wanted.filter((one) => !have.has(one)).length
}

/** A copy into files, a part each, with what the worker's process holds meanwhile. */
async function take(worker: FastWorker, shop: TestShop, user: string) {
  const began = performance.now()
  const seen = [held()]
  let bytes = 0
  const look = () => seen.push(held())
  const watch = setInterval(look, 50)
  const parts: string[] = []
  for (let count = 1; parts.length < count; ) {
    const { body, headers } = await ask(worker, shop, `user=${user}&part=${parts.length + 1}`)
    count = Number(headers.get('shopbell-parts'))
    const path = join(folder, `part-${parts.length + 1}.zip`)
    const counted = async function* () {
      for await (const chunk of body) {
        bytes += chunk.byteLength
        yield chunk
      }
    }
    await pipeline(counted, createWriteStream(path))
    parts.push(path)
  }
  clearInterval(watch)
  look()
  const copy: Copy = {
    megabytes: Math.round(bytes / MB),
    seconds: Math.round((performance.now() - began) / 100) / 10,
    before: seen[0] ?? 0,
    most: Math.max(...seen),
  }
  return { copy, parts }
}

async function ask(worker: FastWorker, shop: TestShop, query: string) {
  const headers = { Authorization: `Bearer ${shop.server.secret}` }
  const response = await fetch(`${worker.url}/v1/privacy/export?${query}`, { headers })
  if (response.status !== 200 || !response.body) throw new Error(await response.text())
  return { body: response.body, headers: response.headers }
}

/** MB that the runtimes which this process has started hold now (Linux). */
function held(): number {
  let kilobytes = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      if (/^Name:\s*workerd/m.test(status) && new RegExp(`^PPid:\\s*${process.pid}$`, 'm').test(status))
        kilobytes += Number(/VmRSS:\s*(\d+)/.exec(status)?.[1])
    } catch {
      // Processes come and go.
    }
  }
  return Math.round(kilobytes / 1024)
}

/** What a part says and holds, read by somebody else's unzip. */
function unpack(path: string) {
  const out = `${path}.out`
  const python =
    'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2])'
  execFileSync('python3', ['-c', python, path, out])
  const read = (name: string) => readFileSync(join(out, name))
  const text = read('data.json').toString()
  const data = JSON.parse(text)
  const files: [string, string][] = data.files.map(({ path: of, name }: { path: string; name: string }) => [
    name,
    createHash('sha256').update(read(of)).digest('hex'),
  ])
  const inFiles = readdirSync(join(out, 'files')).map((name) => read(join('files', name)))
  if (inFiles.length !== files.length) throw new Error(`${inFiles.length} files for ${files.length}`)
  const secrets = inFiles.filter((bytes) => bytes.includes(SECRET)).map(() => SECRET)
  return { data, files, text: [text, read('data.html').toString(), ...secrets].join('\n') }
}
