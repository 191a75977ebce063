import { foldActivity } from './analytics/fold.ts'
import { sweepFiles } from './attachments/sweep.ts'
import { noteBeat } from './diagnostics/beat.ts'
import type { Env } from './env.ts'
import { wakeMailer } from './notifications/queue-mail.ts'
import { sweepMails } from './notifications/sweep.ts'
import { carryOn } from './privacy/carry-on.ts'
import { forgetWhatEnded } from './privacy/forget.ts'
import { keepNoLonger } from './privacy/retention.ts'
import { forgetAsked } from './replies/forget-asked.ts'
import { tellingOfOneCall } from './rooms/nudge.ts'
import { siteDatabases } from './sites/list.ts'
import { drainHooks } from './webhooks/drain.ts'
import { sweepOrders } from './webhooks/sweep.ts'

/**
 * What the cron does every minute: what hooks and mails have left behind, orders that never came, days to fold, files
 * that nobody wants, erasures, what has ended, and what is kept no longer. One failing ends no other.
 */
export async function everyMinute(env: Env): Promise<void> {
  const names = await siteDatabases(env)
  const telling = tellingOfOneCall()
  const done = await Promise.allSettled([
    ...names.map((name) => drainHooks(env, name, telling)),
    ...names.map((name) => wakeMailer(env, name)),
    ...names.map((name) => foldActivity(env, name)),
    ...names.map((name) => carryOn(env, name, null, { telling })),
    ...names.map((name) => sweepMails(env, name)),
    ...names.map((name) => sweepFiles(env, name)),
    ...names.map((name) => forgetAsked(env, name)),
    ...names.map((name) => forgetWhatEnded(env, name)),
    ...names.map((name) => keepNoLonger(env, name, telling)),
    sweepOrders(env, false),
  ])
  const failed = done.filter((result) => result.status === 'rejected').map(({ reason }) => reason)
  await noteBeat(env, failed.length > 0)
  if (failed.length > 0) throw new AggregateError(failed, 'The cron’s work failed in part')
}
