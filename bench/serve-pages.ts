import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const TYPES: Record<string, string> = {
  js: 'text/javascript',
  html: 'text/html; charset=utf-8',
  json: 'application/json',
}

/** Path and text; what the path ends in says what it is. */
export type Files = Map<string, string>

/** The widgets as built, read once: whoever builds meanwhile does not change what is measured. */
export function builtFiles(): Files {
  const dist = join(root, 'dist')
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'))
  return new Map(names.map((name) => [`/${name}`, readFileSync(join(dist, name), 'utf8')]))
}

export const fileOf = (path: string) => readFileSync(join(root, path), 'utf8')

/** A server of the loopback with everything in memory, so that it costs every page the same. */
export async function servePages(files: Files) {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    const text = files.get(path)
    const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/json'
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': type, 'access-control-allow-origin': '*' })
    response.end(text)
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
