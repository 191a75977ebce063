import { Agent, request } from 'node:http'

export interface Shot {
  path: string
  headers: Record<string, string>
  body: string
}

/** `clients` connections, kept alive. */
export const connections = (clients: number) => new Agent({ keepAlive: true, maxSockets: clients })

/** One POST as lean as Node makes them; resolves when the answer is read, and only `status` will do. */
export function post(agent: Agent, base: string, { path, headers, body }: Shot, status = 201): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const sent = request(
    base + path,
    { agent, method: 'POST', headers: { ...headers, 'Content-Length': Buffer.byteLength(body) } },
    (answer) => {
      let text = ''
      if (answer.statusCode === status) answer.resume()
      else answer.on('data', (part) => (text += part))
      answer.on('end', () => (answer.statusCode === status ? resolve() : reject(Error(`${answer.statusCode} ${text}`))))
    },
  )
  sent.on('error', reject)
  sent.end(body)
  return promise
}
