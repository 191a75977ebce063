import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { FastWorker } from '../test/support/miniflare.ts'
import { makeSite } from '../test/support/site.ts'
import { SHOP } from '../test/support/worker.ts'
import type { Figure } from './figure.ts'
import { median } from './median.ts'

const MB = 1024 * 1024
const SIZE = 25 * MB
const ROUNDS = 5
/** Uploads at once while memory is looked at: a worker that held each whole would take 100 MB more. */
const AT_ONCE = 4

/** A PDF by its first bytes, as large as a file may be. */
const FILE = Buffer.alloc(SIZE, '%PDF-1.7\n')

interface Side {
  up(): Promise<string>
  down(address: string): Promise<void>
}

/**
 * Files of 25 MB up and down, beside a worker that only hands the same bytes to R2 and back, in the same runtime: how
 * fast, and what the process holds at most meanwhile.
 */
export async function files(product: FastWorker, floor: FastWorker): Promise<Figure[]> {
  const sides = { ours: await shop(product), floor: bare(floor) }
  const [up, down]: Record<keyof typeof sides, number[]>[] = [
    { ours: [], floor: [] },
    { ours: [], floor: [] },
  ]
  const addresses = { ours: '', floor: '' }
  for (let round = 0; round < ROUNDS + 1; round++) {
    for (const side of round % 2 ? (['ours', 'floor'] as const) : (['floor', 'ours'] as const)) {
      const sent = await perSecond(async () => {
        addresses[side] = await sides[side].up()
      })
      const got = await perSecond(() => sides[side].down(addresses[side]))
      // The first round warms both up.
      if (round > 0) up![side].push(sent)
      if (round > 0) down![side].push(got)
    }
  }
  const held = { ours: await growth(sides.ours), floor: await growth(sides.floor) }
  const speed = (what: string, { ours, floor: bare }: Record<keyof typeof sides, number[]>): Figure => ({
    what,
    unit: 'MB/s',
    ours: median(ours),
    floor: median(bare),
    ratio: median(ours.map((value, i) => value / bare[i]!)),
    target: { of: 'ratio', least: 0.6 },
  })
  return [
    speed('25 MB up', up!),
    speed('25 MB down', down!),
    {
      what: `memory, ${AT_ONCE} × 25 MB up and down at once`,
      unit: 'MB',
      ours: held.ours,
      floor: held.floor,
      added: held.ours - held.floor,
      target: { of: 'added', most: 25 },
      note: 'what the process grew by at most; the runtime stores the objects itself',
    },
  ]
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return SIZE / MB / ((performance.now() - started) / 1000)
}

async function shop({ url, env, call }: FastWorker): Promise<Side> {
  const attachments = { maxMegabytes: 25, uploadsPerHour: 2000 }
  const site = await makeSite(env.DB, { attachments })
  const person = await site.person()
  const headers = { Origin: SHOP, Authorization: `Bearer ${person.token}` }
  return {
    async up() {
      const answer = await fetch(`${url}/v1/files`, { method: 'POST', headers, body: FILE })
      const { file } = (await answer.json()) as { file?: { id: string } }
      if (!file) throw new Error(`No upload: ${answer.status}`)
      const { body } = await call('/v1/files/links', { token: person.token, body: { files: [file.id] } })
      return url + body.links[0].url
    },
    down: drain,
  }
}

let made = 0
const bare = ({ url }: FastWorker): Side => ({
  async up() {
    const address = `${url}/object/${made++}`
    const answer = await fetch(address, { method: 'PUT', body: FILE })
    if (answer.status !== 201) throw new Error(`No object: ${answer.status}`)
    return address
  },
  down: drain,
})

async function drain(address: string) {
  let size = 0
  for await (const part of (await fetch(address)).body!) size += part.byteLength
  if (size !== SIZE) throw new Error(`${size} bytes came back`)
}

/** By how many MB the runtime's process grows at most. */
async function growth(side: Side): Promise<number> {
  peaks()
  const before = peaks()
  await Promise.all(Array.from({ length: AT_ONCE }, async () => side.down(await side.up())))
  return Math.max(...[...peaks()].map(([pid, peak]) => peak - (before.get(pid) ?? peak))) / 1024
}

/** Most memory held by each of our runtimes since the last call, in kB (Linux). */
function peaks(): Map<string, number> {
  const found = new Map<string, number>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      if (!/^Name:\s*workerd/m.test(status) || !new RegExp(`^PPid:\\s*${process.pid}$`, 'm').test(status)) continue
      found.set(pid, Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]))
      writeFileSync(`/proc/${pid}/clear_refs`, '5')
    } catch {
      // Processes come and go.
    }
  }
  return found
}
