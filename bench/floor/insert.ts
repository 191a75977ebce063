// The least that keeps a hook's delivery: one D1 insert of the body as it came. No site, no signature, no reading.
interface Env {
  DB: D1Database
}

export { ChatRoom, Inbox, Mailer } from './worker.ts'

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    await env.DB.prepare('INSERT INTO floor (body, at) VALUES (?, ?)')
      .bind(await request.text(), Date.now())
      .run()
    return new Response(null)
  },
} satisfies ExportedHandler<Env>
