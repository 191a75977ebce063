import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

type Order = Record<string, any>

/** How the next answers go wrong, if they do. */
export type Trouble = 'none' | 'refuses' | 'redirects' | 'hangs' | 'speaks html' | 'never ends'

export const READ_KEY = { key: 'ck_0123456789abcdef', secret: 'cs_0123456789abcdef' }

/** A WooCommerce shop's REST API, as far as orders are asked for: Basic auth, `modified_after`, pages, faults included. */
export async function openWooShop() {
  const orders = new Map<number, Order>()
  const asked: { path: string; query: URLSearchParams }[] = []
  let trouble: Trouble = 'none'
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://shop')
    asked.push({ path: url.pathname, query: url.searchParams })
    if (trouble === 'hangs') return
    if (trouble === 'refuses') return void response.writeHead(503).end('Briefly unavailable')
    if (trouble === 'redirects')
      return void response.writeHead(302, { Location: `http://${request.headers.host}/elsewhere` }).end()
    if (trouble === 'speaks html') return void response.end('<!doctype html><p>Hello</p>')
    if (trouble === 'never ends') return void pour(() => response.write('[1,'.repeat(20_000)), response)
    const expected = `Basic ${btoa(`${READ_KEY.key}:${READ_KEY.secret}`)}`
    if (request.headers.authorization !== expected)
      return void response.writeHead(401).end('{"code":"woocommerce_rest_cannot_view"}')
    if (url.pathname !== '/shop/wp-json/wc/v3/orders') return void response.writeHead(404).end()
    const after = url.searchParams.get('modified_after') ?? ''
    const size = Number(url.searchParams.get('per_page'))
    const from = (Number(url.searchParams.get('page')) - 1) * size
    const found = [...orders.values()]
      .filter(({ date_modified_gmt }) => date_modified_gmt > after)
      .toSorted((a, b) => a.date_modified_gmt.localeCompare(b.date_modified_gmt) || a.id - b.id)
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(found.slice(from, from + size)))
  })
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/shop`,
    asked,
    put: (order: Order) => orders.set(order.id, order),
    goWrong(how: Trouble) {
      trouble = how
    },
    close: () =>
      new Promise<void>((down) => {
        server.close(() => down())
        server.closeAllConnections()
      }),
  }
}

function pour(
  write: () => boolean,
  response: { on(event: string, listener: () => void): unknown; destroyed: boolean },
) {
  const on = () => {
    while (!response.destroyed) if (!write()) return
  }
  response.on('drain', on)
  on()
}
