import { DurableObject } from 'cloudflare:workers'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { logFailure } from '../log-failure.ts'
import { loadSite } from '../sites/load.ts'
import { backoffMs, MOST_TRIES } from './backoff.ts'
import { EarliestAlarm } from './earliest-alarm.ts'
import { MOST_AGE_MS } from './kinds.ts'
import {
  type DueMail,
  dueMails,
  endMail,
  isStillKept,
  isTriedAgain,
  markSent,
  nextDueMs,
  putOff,
} from './outbox-store.ts'
import { Pace } from './pace.ts'
import { prepareMail, type Ready } from './prepare.ts'
import { isDevMailbox, type MailRequest, type Transport, transportOf } from './transport.ts'

/** Then the next alarm goes on: one call may not last for ever. */
const RUN_MS = 30_000
const MOST_IN_FLIGHT = 20
/** Getting a mail ready asks the database five times: one after the other, more than this a second is not to be had. */
const READY_A_SECOND = 10
const LOOK_AGAIN_MS = 200
const AFTER_TROUBLE_MS = 5_000

/**
 * Sends what the outbox of every database holds. The rows are the truth: whatever happens to this object, the next
 * alarm, or the cron, goes on from them, and the provider knows by its id a mail that it has taken already.
 */
export class Mailer extends DurableObject<Env> {
  readonly #pace = new Pace()
  readonly #onTheirWay = new Map<string, Promise<void>>()
  readonly #databases: Set<string>
  /** Something is due that somebody may be waiting for. */
  #isWoken = false
  readonly #alarm: EarliestAlarm

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env)
    this.#databases = new Set(ctx.storage.kv.get<string[]>('databases'))
    this.#alarm = new EarliestAlarm(ctx.storage)
    ctx.blockConcurrencyWhile(() => this.#alarm.recall())
    this.#pace.rest(Date.now(), (ctx.storage.kv.get<number>('restsUntil') ?? 0) - Date.now())
  }

  /** Its clock, in ms: diagnostics ask whether objects answer. */
  clock(): number {
    return Date.now()
  }

  /** Mails of this database will be due in `inMs`. */
  async wake(db: string, inMs: number): Promise<void> {
    if (!this.#databases.has(db)) this.ctx.storage.kv.put('databases', [...this.#databases.add(db)])
    this.#isWoken ||= inMs === 0
    await this.#arm(inMs)
  }

  override async alarm(): Promise<void> {
    this.#alarm.begins()
    const transport = transportOf(this.env)
    // Nothing is lost: the mails wait for a key, and the cron looks every minute.
    if (!transport) return
    try {
      await this.#arm(await this.#run(transport))
    } catch (error) {
      logTrouble(error)
      await this.#arm(AFTER_TROUBLE_MS)
    }
  }

  /** Answers how long until there is more to do; null for nothing. */
  async #run(transport: Transport): Promise<number | null> {
    const until = Date.now() + RUN_MS
    while (Date.now() < until && this.#pace.restMs(Date.now()) === 0) {
      let found = 0
      for (const db of this.#databases) found += await this.#sendPage(db, transport)
      if (found === 0 && this.#onTheirWay.size === 0) break
      if (found === 0) await Promise.race([...this.#onTheirWay.values(), scheduler.wait(LOOK_AGAIN_MS)])
    }
    await Promise.all(this.#onTheirWay.values())
    const waits = await Promise.all([...this.#databases].map((db) => nextDueMs(database(this.env, db))))
    const next = waits.filter((ms) => ms !== null)
    return next.length === 0 ? null : Math.max(this.#pace.restMs(Date.now()), Math.min(...next))
  }

  /** Answers how many rows were due. What somebody waits for goes before the rest of a page. */
  async #sendPage(name: string, transport: Transport): Promise<number> {
    const db = database(this.env, name)
    this.#isWoken = false
    const page = await dueMails(db, [...this.#onTheirWay.keys()], MOST_IN_FLIGHT)
    const found = page.length
    while (page.length > 0 && this.#mayGoOn()) {
      const few = page.splice(0, await this.#sideBySide(page))
      const making = few.map((mail) => this.#prepare(db, mail).catch((error) => this.#failed(db, mail, error)))
      const ready = await Promise.all(making)
      for (const one of ready) if (one && this.#mayGoOn()) await this.#sendOne(db, one, transport)
    }
    return found
  }

  /** No more than the pace needs: what is asked of a mail should be true when it is sent. */
  async #sideBySide([mail]: DueMail[]): Promise<number> {
    const site = mail && (await loadSite(this.env, mail.site))
    return Math.ceil((site?.settings.notifications.mailsPerSecond ?? 1) / READY_A_SECOND)
  }

  /** What is ready by then and does not go out, is ready when its turn comes. */
  #mayGoOn(): boolean {
    return !this.#isWoken && this.#pace.restMs(Date.now()) === 0
  }

  async #prepare(db: D1Database, mail: DueMail): Promise<(Ready & { mail: DueMail }) | null> {
    if (isTooOld(mail)) {
      await endMail(db, mail.id, mail.tries > 0 ? 'dead' : 'dropped', 'expired')
      return null
    }
    const ready = await prepareMail(this.env, db, mail)
    return ready && { ...ready, mail }
  }

  /** What one mail makes fail must not hold up those behind it. */
  async #failed(db: D1Database, mail: DueMail, error: unknown): Promise<null> {
    logTrouble(error)
    await this.#again(db, mail, { reason: `not_made: ${error instanceof Error ? error.name : 'unknown'}` })
    return null
  }

  async #sendOne(db: D1Database, ready: Ready & { mail: DueMail }, transport: Transport): Promise<void> {
    const { mail } = ready
    await scheduler.wait(this.#pace.take(Date.now(), ready.perSecond))
    // A rest that began meanwhile is for this one too: it is taken, and goes out after.
    if (this.#pace.restMs(Date.now()) > 0) return
    if (this.#onTheirWay.size >= MOST_IN_FLIGHT) await Promise.race(this.#onTheirWay.values())
    const sent = this.#hand(db, mail, ready.request, transport)
      .catch(logTrouble)
      .finally(() => this.#onTheirWay.delete(mail.id))
    this.#onTheirWay.set(mail.id, sent)
  }

  async #hand(db: D1Database, mail: DueMail, request: MailRequest, transport: Transport): Promise<void> {
    // It waited for its turn. What is to be dropped, the next page finds.
    if (!(await isStillKept(db, mail.id))) return
    const outcome = await transport(mail.id, request)
    if (outcome.sent) return markSent(db, mail.id, outcome.providerId, isDevMailbox(this.env))
    if (!outcome.retry) return endMail(db, mail.id, 'dead', outcome.reason)
    if (outcome.restMs !== undefined) this.#rest(outcome.restMs)
    await this.#again(db, mail, outcome)
  }

  async #again(db: D1Database, mail: DueMail, { reason, restMs }: { reason: string; restMs?: number }): Promise<void> {
    // What the whole account is refused says nothing about this mail.
    if (restMs !== undefined) return putOff(db, mail.id, { inMs: restMs, reason, counts: false })
    const tries = mail.tries + 1
    if (tries >= MOST_TRIES) return endMail(db, mail.id, 'dead', reason)
    await putOff(db, mail.id, { inMs: backoffMs(tries, Math.random()), reason, counts: true })
  }

  #rest(ms: number): void {
    const now = Date.now()
    this.#pace.rest(now, ms)
    this.ctx.storage.kv.put('restsUntil', now + ms)
  }

  async #arm(inMs: number | null): Promise<void> {
    if (inMs === null) return
    const now = Date.now()
    await this.#alarm.set(now + inMs, now)
  }
}

/** A mail that still gathers is as young as the newest message in it, which `prepareNotice` looks at. */
function isTooOld(mail: DueMail): boolean {
  const { now, state, chat, expires_at, taken_at } = mail
  if (expires_at <= now && !(state === 'queued' && chat !== null)) return true
  return taken_at !== null && !isTriedAgain(mail) && taken_at + MOST_AGE_MS <= now
}

const logTrouble = (error: unknown) => logFailure({ at: 'mailer' }, error)
