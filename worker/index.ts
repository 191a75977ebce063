import { app } from './app.ts'
import type { Env } from './env.ts'
import { everyMinute } from './every-minute.ts'
import { receiveMail } from './replies/receive-mail.ts'

export { Mailer } from './notifications/mailer.ts'
export { ChatRoom } from './rooms/chat-room.ts'
export { Inbox } from './rooms/inbox.ts'

export default {
  fetch: app.fetch,
  scheduled: (_, env) => everyMinute(env),
  email: (mail, env) => receiveMail(env, mail),
} satisfies ExportedHandler<Env>
