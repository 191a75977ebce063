import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Tests of the plugin need PHP; without it they are skipped and say so. */
export const php = spawnSync('php', ['-v']).status === 0
export const needsPhp = php ? '' : ' (skipped: PHP is not installed)'

export interface Step {
  result: any
  /** How the request ended, where it did. */
  answer: { status: number; body?: any; location?: string } | null
  html: string
}
export interface Played {
  steps: Step[]
  headers: string[]
  options: Record<string, any>
  autoload: Record<string, boolean>
  webhooks: Record<string, any>[]
  scripts: Record<string, string>
  events: { hook: string; arguments: unknown[]; in?: number }[]
  flushed: number
  queries: Record<string, any>[]
  /** Everything a browser could have got, for a search for secrets. */
  shown: string
}

const PLUGIN = 'integrations/wordpress/shopbell'

/** Runs the plugin in a WordPress of the scenario; a PHP notice is an error. */
export async function play(world: Record<string, unknown>, plugin = PLUGIN): Promise<Played> {
  const env = { ...process.env, PLUGIN: plugin }
  const child = spawn('php', ['-d', 'display_errors=stderr', 'test/integrations/wordpress/play.php'], { env })
  let out = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (errors += chunk))
  child.stdin.end(JSON.stringify(world))
  const status = await new Promise((resolve) => child.on('close', resolve))
  if (status !== 0 || errors) throw new Error(`PHP ended with ${status}: ${errors}${out}`)
  const played: Played = JSON.parse(out)
  const shown = JSON.stringify([played.steps, played.headers, played.scripts])
  return { ...played, shown }
}

/** The same in a copy of the plugin that is broken on purpose: a control shows that a test notices. */
export async function playBroken(world: Record<string, unknown>, file: string, right: string, wrong: string) {
  const copy = mkdtempSync(join(tmpdir(), 'shopbell-plugin-'))
  try {
    cpSync(PLUGIN, copy, { recursive: true })
    const path = join(copy, 'includes', file)
    const code = readFileSync(path, 'utf8')
    if (!code.includes(right)) throw new Error(`${file} has no ${right}`)
    writeFileSync(path, code.replaceAll(right, wrong))
    return await play(world, copy)
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

export const SECRETS = {
  identity_secret: 'identity-secret-0123456789',
  admin_secret: 'admin-secret-0123456789',
  server_key: `sk_0123456789_${'s'.repeat(43)}`,
  webhook_secret: 'webhooksecret0123456789',
}
export const SITE = 'site_0123456789'

/** A shop that is set up; `contexts` are the public settings, as if they were just fetched. */
export const shop = (more: Record<string, unknown> = {}, contexts = CONTEXTS) => ({
  options: {
    shopbell: { url: 'https://chat.example', site: SITE, identity_key: 'key_identity01', admin_key: 'key_admin000001' },
    shopbell_secrets: SECRETS,
  },
  transients: { shopbell_site: { contexts } },
  ...more,
})

const routing = { routing: 'account', page: null as string | null }
export const CONTEXTS = {
  product: {
    enabled: true,
    position: 'summary',
    selector: '',
    label: 'Ask',
    endpointLabel: 'Product chats',
    ...routing,
  },
  order: {
    enabled: true,
    button: true,
    position: 'after_order_table',
    label: 'Chat about this order',
    endpointLabel: 'Order chats',
    ...routing,
  },
  post: { enabled: true, page: null },
}

export interface StandIn {
  url: string
  asked: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[]
  stop(): Promise<unknown>
}

/** A server in place of Shopbell, for what the real one does only when it is broken. */
export async function standIn(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<StandIn> {
  const asked: StandIn['asked'] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const stop = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, stop }
}

export const sendJson = (response: ServerResponse, value: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}
