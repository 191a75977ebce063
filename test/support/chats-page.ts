import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { operate } from './identity.ts'
import type { TestShop } from './shop.ts'
import type { TestWorker } from './worker.ts'

export interface ChatsPage {
  origin: string
  /** Opens it in a browser of its own; `who` is signed in at the shop, nobody without. `hash` may name a chat. */
  visit(who?: string, options?: BrowserContextOptions & { hash?: string; lang?: string }): Promise<Page>
  close(): Promise<void>
}

/** A page of the shop with My Chats alone, and others by their path, on an origin of its own and under a strict policy. */
export async function openChatsPage(
  { worker, shop, browser }: { worker: TestWorker; shop: TestShop; browser: Browser },
  people: Record<string, object>,
  others: Record<string, string> = {},
): Promise<ChatsPage> {
  const bodies = new Map(Object.entries({ '/chats': '<shopbell-my-chats></shopbell-my-chats>', ...others }))
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://x').pathname
    const cookie = (name: string) => new RegExp(`${name}=(\\w+)`).exec(request.headers.cookie ?? '')?.[1]
    const who = cookie('who')
    if (path === '/whoami') {
      const assertion = who ? shop.assertion({ sub: who, ...people[who] }) : null
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ assertion }))
    }
    const tag = `<script async src="${worker.url}/shopbell.js" data-site="${shop.id}" data-identity="/whoami"></script>`
    const html = `<!doctype html><html lang="${cookie('lang') ?? 'en'}"><meta name="viewport" content="width=device-width">
      <body>${bodies.get(path)}${tag}</body></html>`
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policyFor(worker.url) }
    return response.writeHead(bodies.has(path) ? 200 : 404, headers).end(html)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await operate(worker, `/sites/${shop.id}/origins`, { method: 'PUT', body: { origin } })

  const contexts: BrowserContext[] = []
  return {
    origin,
    async visit(who = '', { hash = '', lang = 'en', ...options } = {}) {
      const context = await browser.newContext({ baseURL: origin, reducedMotion: 'reduce', ...options })
      contexts.push(context)
      await context.addCookies([
        { name: 'who', value: who, url: origin },
        { name: 'lang', value: lang, url: origin },
      ])
      // As a page of a shop would give it room; a style attribute is against the policy.
      await context.addInitScript(() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync('body { margin: 0 } shopbell-my-chats { display: block; height: 100dvh }')
        document.adoptedStyleSheets = [sheet]
      })
      const page = await context.newPage()
      await page.goto(`/chats${hash}`)
      return page
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()))
      server.close()
    },
  }
}

const policyFor = (worker: string) =>
  [
    `default-src 'none'`,
    `script-src 'self' ${worker}`,
    `connect-src 'self' ${worker} ${worker.replace('http', 'ws')}`,
    `img-src ${worker}`,
    `media-src ${worker}`,
    `style-src 'self'`,
    `require-trusted-types-for 'script'`,
    `trusted-types shopbell`,
  ].join('; ')
