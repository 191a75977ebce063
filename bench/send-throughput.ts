import type { FastWorker } from '../test/support/miniflare.ts'
import type { Figure } from './figure.ts'
import { median, quantile } from './median.ts'
import { connections, post, type Shot } from './post.ts'
import type { Product } from './two-workers.ts'

const CLIENTS = 16
const ROUNDS = 7
const SECONDS = 2.5
const BODY = 'Is it dishwasher safe, and do you ship to Norway?'

interface Round {
  perSecond: number
  p50: number
  p99: number
}

/**
 * What a send costs on the full path (session, origin, validation, limits, one batch with unread counts, mail and analytics),
 * beside a Worker that only hops to an object and inserts one row. Nobody is online: `deliveryLatency` measures the fan-out,
 * which comes after the answer. Both get the same clients over as many rooms, by turns.
 */
export async function sendThroughput(product: Product, floor: FastWorker): Promise<Figure[]> {
  const ours = side(product.url, (i) => product.send(product.chats[i % product.chats.length]!, BODY))
  const bare = side(floor.url, (i) => bareShot(i % product.chats.length))
  await ours.round()
  await bare.round()
  const rounds: { ours: Round; floor: Round }[] = []
  const cpu = process.cpuUsage()
  const started = performance.now()
  for (let i = 0; i < ROUNDS; i++) {
    // By turns, and each as often first as second.
    if (i % 2) rounds.push({ ours: await ours.round(), floor: await bare.round() })
    else rounds.push({ floor: await bare.round(), ours: await ours.round() })
  }
  const { user, system } = process.cpuUsage(cpu)
  const generator = (user + system) / 1000 / (performance.now() - started)
  ours.agent.destroy()
  bare.agent.destroy()
  const figure = (what: string, unit: string, key: keyof Round, rest: Partial<Figure>): Figure => ({
    what,
    unit,
    floor: median(rounds.map((round) => round.floor[key])),
    ours: median(rounds.map((round) => round.ours[key])),
    ratio: median(rounds.map((round) => round.ours[key] / round.floor[key])),
    ...rest,
  })
  const note = `${product.chats.length} rooms, ${ROUNDS} rounds of ${SECONDS} s; the load generator took ${(generator * 100).toFixed(0)} % of a core`
  return [
    figure(`send, ${CLIENTS} clients`, 'msg/s', 'perSecond', { target: { of: 'ratio', least: 0.6 }, note }),
    figure(`send p50, ${CLIENTS} clients`, 'ms', 'p50', { target: { of: 'ratio', most: 1.8 } }),
    figure(`send p99, ${CLIENTS} clients`, 'ms', 'p99', {}),
  ]
}

const bareShot = (room: number): Shot => ({
  path: `/append/room-${room}`,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ body: BODY }),
})

function side(url: string, shot: (i: number) => Shot) {
  const agent = connections(CLIENTS)
  let sent = 0
  async function client(until: number, latencies: number[]) {
    while (performance.now() < until) {
      const started = performance.now()
      await post(agent, url, shot(sent++))
      latencies.push(performance.now() - started)
    }
  }
  async function round(): Promise<Round> {
    const latencies: number[] = []
    const started = performance.now()
    const until = started + SECONDS * 1000
    await Promise.all(Array.from({ length: CLIENTS }, () => client(until, latencies)))
    const perSecond = (latencies.length / (performance.now() - started)) * 1000
    return { perSecond, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
  }
  return { agent, round }
}
