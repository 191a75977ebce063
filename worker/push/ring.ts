import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import { sha256 } from '../ids.ts'
import { loadSite } from '../sites/load.ts'
import { type Note, type Sent, sendNote } from './send.ts'
import { readRinging, type Subscription, settleRinging, type Waiting } from './store.ts'
import { pushWords } from './words.ts'

/** More chats than these at once would be noise. */
const MOST_CHATS = 3

/** Whom to ring; `db` is the site's. */
export interface Bell {
  db: string
  site: string
  user: string
}

/**
 * Rings a person's browsers for what they have not read by now: one note a chat, none twice. `none`: no browser is left to
 * ring. `later`: some service was busy, so this is to be asked again.
 */
export async function ring(env: Env, { db: name, site, user }: Bell): Promise<'done' | 'none' | 'later'> {
  const db = database(env, name)
  const { subscriptions, waiting, n } = await readRinging(db, { site, user }, MOST_CHATS)
  if (subscriptions.length === 0) return 'none'
  const waits = (await mayRing(env, site)) ? waiting : []
  const outcomes = await Promise.all(
    subscriptions.map(async (to) => ({ id: to.id, is: await notify(env, site, to, waits) })),
  )
  const ids = (...kinds: Sent[]) => outcomes.filter(({ is }) => kinds.includes(is)).map(({ id }) => id)
  const [rung, gone] = [ids('sent', 'refused'), ids('gone')]
  await settleRinging(db, rung, n, gone)
  if (gone.length === subscriptions.length) return 'none'
  return rung.length + gone.length < subscriptions.length ? 'later' : 'done'
}

/** What the site tells nobody about rings nobody either, and is old news once it tells again. */
async function mayRing(env: Env, id: string): Promise<boolean> {
  const { enabled, newMessage } = (await loadSite(env, id))?.settings.notifications ?? {}
  return !!enabled && !!newMessage?.enabled
}

/** The worst that became of a browser's notes. */
async function notify(env: Env, site: string, to: Subscription, waiting: readonly Waiting[]): Promise<Sent> {
  let worst: Sent = 'sent'
  // The newest last, so that it lies on top.
  for (const one of waiting.filter(({ n }) => n > to.rungN).reverse()) {
    const sent = await sendNote(env, to, await noteOf(site, to, one))
    if (sent === 'gone' || sent === 'later') return sent
    if (sent === 'refused') worst = sent
  }
  return worst
}

async function noteOf(site: string, to: Subscription, { chat, name, title, body }: Waiting): Promise<Note> {
  const words = pushWords(to.locale)
  const about = title ?? ''
  return {
    topic: (await sha256(chat)).slice(0, 32),
    payload: {
      title: name ?? words.somebody,
      body: to.words === 1 && body ? body : [words.wrote, about].filter(Boolean).join(' · '),
      tag: chat,
      url: `/inbox?site=${site}#chat=${chat}`,
      lang: to.locale,
    },
  }
}
