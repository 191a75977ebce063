import type { Actor } from './http/actor.ts'
import type { Mailer } from './notifications/mailer.ts'
import type { ChatRoom } from './rooms/chat-room.ts'
import type { Inbox } from './rooms/inbox.ts'
import type { SessionClaims } from './sessions/token.ts'
import type { Site } from './sites/load.ts'

/** Bindings of `wrangler.toml` and secrets. */
export interface Env {
  readonly DB: D1Database
  readonly FILES: R2Bucket
  readonly ASSETS: Fetcher
  readonly CHAT_ROOM: DurableObjectNamespace<ChatRoom>
  readonly INBOX: DurableObjectNamespace<Inbox>
  readonly MAILER: DurableObjectNamespace<Mailer>
  readonly GUEST_LIMIT: RateLimit
  readonly SIGN_IN_LIMIT: RateLimit
  /** At least 32 random bytes as text; session tokens and wrapped keys derive from it. */
  readonly SHOPBELL_SECRET: string
  /** Where answers to mails arrive by Email Routing: `reply.shop.example`, or `chat@shop.example` for plus addresses. */
  readonly MAIL_REPLY_DOMAIN?: string
  /** Of Resend's webhook (`whsec_…`), by which bounces and complaints are told. */
  readonly RESEND_WEBHOOK_SECRET?: string
  /** Hosts of push services beside the browsers' own, with commas. */
  readonly PUSH_HOSTS?: string
  /** How long a message may wait to be read before browsers ring; 10000 where it is not set. */
  readonly PUSH_DELAY_MS?: string
  /** Where the deployment is reached, without a slash at the end; learned from the operator's calls where it is not set. */
  readonly SHOPBELL_URL?: string
  /** Mails go out by Resend with these two: `Wool & Co <hello@wool.example>`. */
  readonly RESEND_API_KEY?: string
  readonly MAIL_FROM?: string
  readonly RESEND_BASE_URL?: string
  /** `on` keeps mails for /dev/mail where there is no key; set by `npm start`. */
  readonly DEV_MAILBOX?: string
}

/** What a Hono context of ours carries; all but `requestId` is there behind the middleware that sets it. */
export interface AppContext {
  Bindings: Env
  Variables: { requestId: string; site: Site; session: SessionClaims; actor: Actor }
}
