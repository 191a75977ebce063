// The least that a chat on this platform can do: one hop to a Durable Object, one D1 insert without an index, and an
// object that repeats a text to its hibernating sockets. Same bindings and runtime as the product, and none of its rules.
import { DurableObject } from 'cloudflare:workers'

interface Env {
  DB: D1Database
  CHAT_ROOM: DurableObjectNamespace<ChatRoom>
  INBOX: DurableObjectNamespace<Inbox>
  FILES: R2Bucket
}

export class ChatRoom extends DurableObject<Env> {
  async append(room: string, body: string): Promise<number> {
    const done = await this.env.DB.prepare('INSERT INTO floor (room, body, at) VALUES (?, ?, ?)')
      .bind(room, body, Date.now())
      .run()
    return done.meta.last_row_id
  }
}

export class Inbox extends DurableObject<Env> {
  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    return new Response(null, { status: 101, webSocket: client })
  }

  echo(text: string): void {
    for (const socket of this.ctx.getWebSockets()) socket.send(text)
  }
}

/** Bound in wrangler.toml, and not used here. */
export class Mailer extends DurableObject<Env> {}

/** `POST /append/{room}`, `POST /echo/{room}`, a socket at `/echo/{room}`, `PUT` and `GET /object/{key}`. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const [, verb, room = ''] = new URL(request.url).pathname.split('/')
    if (request.headers.get('Upgrade')) return env.INBOX.getByName(room).fetch(request)
    if (verb === 'echo') {
      await env.INBOX.getByName(room).echo(await request.text())
      return Response.json({}, { status: 201 })
    }
    if (verb === 'object' && request.method === 'PUT') {
      await env.FILES.put(room, request.body)
      return Response.json({}, { status: 201 })
    }
    if (verb === 'object') return new Response((await env.FILES.get(room))?.body ?? null)
    const { body } = await request.json<{ body: string }>()
    return Response.json({ id: await env.CHAT_ROOM.getByName(room).append(room, body) }, { status: 201 })
  },
} satisfies ExportedHandler<Env>
