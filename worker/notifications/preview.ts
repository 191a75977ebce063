import type { UserId } from '../../protocol/ids.ts'
import type { MailDraft, MailPreview } from '../../protocol/notifications.ts'
import { database } from '../db/client.ts'
import { HOUR_MS } from '../durations.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { newId } from '../ids.ts'
import type { Site } from '../sites/load.ts'
import { address, brandOf, fill, type Sender } from './compose-direct.ts'
import { renderNotice } from './compose-notice.ts'
import { KINDS } from './kinds.ts'
import { insertTest, readMailbox } from './look-after-store.ts'
import type { DueMail } from './outbox-store.ts'
import { wakeMailer } from './queue-mail.ts'
import type { MailRequest } from './transport.ts'
import { wordsFor } from './words/words.ts'

const MOST_TESTS_AN_HOUR = 10

/** A mail as its reader would get it, about an invented chat. */
export function previewMail(sender: Sender, { event, subject, body, locale }: MailDraft): MailPreview {
  const { site } = sender
  const home = sender.home ?? ''
  const saved = site.settings.notifications[event]
  const draft = { ...saved, subject: subject ?? saved.subject, body: body ?? saved.body }
  const notifications = { ...site.settings.notifications, [event]: draft }
  return renderNotice({ ...sender, site: { ...site, settings: { ...site.settings, notifications } } }, event, {
    locale: locale ?? null,
    card: { title: 'Linen apron', picture: null, detail: '48.00' },
    foot: (words) => ({
      lines: [words.answerHere, fill(words.because, { site_name: brandOf(site) })],
      link: { url: `${home}/`, label: words.stop },
    }),
    notice: {
      recipient: 'Priya',
      sender: 'Sam Rivera',
      messages: [{ body: 'Hello, is the apron washable?' }, { body: 'And do you have it in blue?' }],
      earlier: 0,
      context: 'product',
      url: `${home}/inbox?site=${site.id}`,
    },
  })
}

/** The mail that an admin asked to see, addressed to them. */
export function composeTest(sender: Sender, mail: DueMail & { email: string }): MailRequest {
  const draft: MailDraft = JSON.parse(mail.payload ?? '{}')
  const { words } = wordsFor(draft.locale, sender.site.settings.region.locale)
  const { subject, ...parts } = previewMail(sender, draft)
  return address(sender, mail, { ...parts, subject: fill(words.test, { subject }) })
}

/**
 * Sends such a mail to who asks and answers where. 422 `invalid` where that person has no address, 429 `mails_limited`
 * past ten an hour.
 */
export async function sendTest(env: Env, site: Site, user: UserId, draft: MailDraft): Promise<string> {
  const db = database(env, site.db)
  const me = await readMailbox(db, site.id, user)
  if (!me?.email) throw new AppError('invalid', { detail: 'You have no e-mail address here. Add one to your account.' })
  const payload = { ...draft, locale: draft.locale ?? me.locale ?? undefined }
  const mail = { id: newId<string>('mail'), site: site.id, user, email: me.email, payload, lifeMs: KINDS.test.lifeMs }
  const waitMs = await insertTest(db, mail, { most: MOST_TESTS_AN_HOUR, windowMs: HOUR_MS })
  if (waitMs !== null) throw new AppError('mails_limited', { retryAfterMs: Math.max(1000, waitMs) })
  await wakeMailer(env, site.db)
  return me.email
}
