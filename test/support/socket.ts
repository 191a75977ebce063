import { SHOP } from './worker.ts'

export interface TestSocket {
  frames: any[]
  /** Close code and reason, once closed. */
  closed: Promise<{ code: number; reason: string }>
  protocol: string
  send(data: string): void
  close(): void
  /** Resolves with the first frame, seen or to come, that fits. */
  next(fits: (frame: any) => boolean, withinMs?: number): Promise<any>
}

/** A real WebSocket to `/v1/socket`, as a shop's page would open it; rejects with the status when refused. */
export async function openSocket(
  url: string,
  token: string,
  { origin = SHOP, protocols }: { origin?: string | null; protocols?: string[] } = {},
): Promise<TestSocket> {
  const address = `${url.replace(/^http/, 'ws')}/v1/socket`
  // Node's WebSocket takes headers; browsers set Origin themselves.
  const socket = new (WebSocket as any)(address, {
    protocols: protocols ?? ['shopbell.v1', `token.${token}`],
    ...(origin === null ? {} : { headers: { Origin: origin } }),
  }) as WebSocket
  const frames: any[] = []
  const waiting = new Set<() => void>()
  socket.addEventListener('message', ({ data }) => {
    frames.push(data === 'pong' ? data : JSON.parse(String(data)))
    for (const look of waiting) look()
  })
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.addEventListener('close', ({ code, reason }) => resolve({ code, reason })),
  )
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('socket refused')))
  })
  return {
    frames,
    closed,
    protocol: socket.protocol,
    send: (data) => socket.send(data),
    close: () => socket.close(),
    next: (fits, withinMs = 5_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`no such frame within ${withinMs} ms; have ${JSON.stringify(frames)}`))
        }, withinMs)
        const look = () => {
          const found = frames.find(fits)
          if (!found) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
  }
}
