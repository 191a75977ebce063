import type { FastWorker } from '../test/support/miniflare.ts'
import { SHOP } from '../test/support/worker.ts'
import type { Figure } from './figure.ts'
import { median, quantile } from './median.ts'
import { connections, post, type Shot } from './post.ts'
import type { Product } from './two-workers.ts'

const PER_SECOND = 20
const SECONDS = 20
const CHATS = 5

/**
 * From the start of the send call until the message is on the other person's socket, beside an object that only
 * repeats a text to its socket. Both at 20 messages a second at the same time, half a step apart.
 */
export async function deliveryLatency(product: Product, floor: FastWorker): Promise<Figure[]> {
  const ours = await listen(product.url, '/v1/socket', {
    protocols: ['shopbell.v1', `token.${product.seller.token}`],
    headers: { Origin: SHOP },
  })
  const bare = await listen(floor.url, '/echo/room', {})
  const send = (id: string, i: number) => product.send(product.chats[i % CHATS]!, id, id)
  const echo = (id: string): Shot => ({ path: '/echo/room', headers: {}, body: id })
  const warm = 10
  const started = performance.now()
  const sends: Promise<void>[] = []
  for (let i = -warm; i < PER_SECOND * SECONDS; i++) {
    const at = started + ((i + warm) * 1000) / PER_SECOND
    await until(at)
    sends.push(ours.send(send(clientId('ours', i), i + warm), clientId('ours', i)))
    await until(at + 500 / PER_SECOND)
    sends.push(bare.send(echo(clientId('echo', i)), clientId('echo', i)))
  }
  await Promise.all(sends)
  await until(performance.now() + 500)
  const figure = (what: string, of: (numbers: number[]) => number): Figure => {
    const [mine, theirs] = [of(ours.close(warm)), of(bare.close(warm))]
    return { what, unit: 'ms', floor: theirs, ours: mine, ratio: mine / theirs }
  }
  return [
    figure(`delivery p50 at ${PER_SECOND} msg/s`, median),
    figure(`delivery p99 at ${PER_SECOND} msg/s`, (numbers) => quantile(numbers, 0.99)),
  ]
}

const clientId = (kind: string, i: number) => `delivery-${kind}-${String(i + 1000)}`

const until = (at: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, at - performance.now())))

/** A socket, and what takes the time between a send and the frame that carries its id. */
async function listen(url: string, path: string, options: object) {
  const socket = new (WebSocket as any)(url.replace(/^http/, 'ws') + path, options) as WebSocket
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`No socket at ${path}`)))
  })
  const agent = connections(4)
  const sentAt = new Map<string, number>()
  const latencies: number[] = []
  socket.addEventListener('message', ({ data }) => {
    const now = performance.now()
    const id = /delivery-\w+-\d+/.exec(String(data))?.[0] ?? ''
    const sent = sentAt.get(id)
    if (sent !== undefined) latencies.push(now - sent)
    sentAt.delete(id)
  })
  return {
    send(shot: Shot, id: string) {
      sentAt.set(id, performance.now())
      return post(agent, url, shot)
    },
    /** The latencies, without the first `warm`; throws when a message never came. */
    close(warm: number) {
      socket.close()
      agent.destroy()
      if (sentAt.size > 0) throw new Error(`${sentAt.size} messages never came`)
      return latencies.slice(warm)
    },
  }
}
