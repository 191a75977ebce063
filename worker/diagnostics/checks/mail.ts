import { HOUR_MS } from '../../durations.ts'
import { deploymentAddress } from '../../http/address.ts'
import { isDevMailbox } from '../../notifications/transport.ts'
import { howLong } from '../ago.ts'
import { attention, broken, type CheckUp, type Finding, ok } from '../check.ts'
import { readOutbox } from '../store.ts'

const LATE_MS = 10 * 60_000
const STUCK_MS = HOUR_MS
const RESEND = 'the Resend dashboard'

export const mailProvider: CheckUp = {
  id: 'mail_provider',
  title: 'Mail provider',
  async look({ env, provider }) {
    switch ((await provider()).answer) {
      case 'none':
        if (isDevMailbox(env)) return ok('Mails are kept at /dev/mail and sent to nobody.')
        return attention(
          'No mail goes out: no provider is set up. Mails wait.',
          'Set RESEND_API_KEY and MAIL_FROM for the Worker (docs/notifications.md).',
        )
      case 'key_refused':
        return broken(
          'The mail provider refuses the key. Mails wait.',
          `Make a new API key in ${RESEND} and set it as RESEND_API_KEY.`,
        )
      case 'no_answer':
        return attention(
          'The mail provider does not answer. Mails wait and are tried again.',
          'Refresh in some minutes; see resend-status.com.',
        )
      default:
        return ok('The mail provider takes the key.')
    }
  },
}

export const senderDomain: CheckUp = {
  id: 'sender_domain',
  title: 'Sender domain',
  async look({ env, provider, db, site }) {
    const found = await provider()
    if (found.answer === 'none') return ok('No sender is set up.')
    const domain = domainOf(env.MAIL_FROM ?? '')
    if (domain === null)
      return broken('MAIL_FROM is not a mail address.', 'Set it to a sender such as `Wool & Co <hello@wool.example>`.')
    if (domain === 'resend.dev')
      return attention(
        'The sender is Resend’s own for trying out: it reaches nobody but you.',
        `Add your domain in ${RESEND}, and set MAIL_FROM to an address of it.`,
      )
    if (found.answer === 'sendOnly') return unseen(domain, (await readOutbox(db, site.id)).sent)
    if (found.answer !== 'domains') return attention('The domain could not be looked at.', 'See “Mail provider”.')
    const status = found.domains.find(({ name }) => name.toLowerCase() === domain)?.status
    if (status === 'verified') return ok(`${domain} is verified.`)
    if (status === undefined)
      return broken(
        `The mail provider does not know ${domain}.`,
        `Add the domain in ${RESEND} and set its DNS records.`,
      )
    return broken(
      `${domain} is not verified (${status}).`,
      `Set the DNS records that ${RESEND} lists for the domain, and have it verified.`,
    )
  },
}

/** A key that may do nothing but send is right to have; then only mails that were taken tell that the domain is good. */
function unseen(domain: string, sent: number): Finding {
  const says = `Whether ${domain} is verified cannot be checked with this key, which may only send.`
  const remedy = `Look at the domain in ${RESEND}, or set a key with full access.`
  if (sent > 0) return ok(`${says} ${mails(sent)} went out in the last week.`, remedy)
  return attention(`${says} No mail has gone out in the last week that would show it.`, remedy)
}

const domainOf = (from: string): string | null =>
  /^[^<>]*<[^<>\s@]+@([^<>\s@]+)>$|^[^<>\s@]+@([^<>\s@]+)$/.exec(from.trim())?.slice(1).find(Boolean)?.toLowerCase() ??
  null

export const outbox: CheckUp = {
  id: 'outbox',
  title: 'Outbox',
  async look({ db, site }) {
    const { due, oldestMs, dead, sent } = await readOutbox(db, site.id)
    if (oldestMs !== null && oldestMs > STUCK_MS)
      return broken(
        `${mails(due)} wait, the oldest for ${howLong(oldestMs)}.`,
        'See “Mail provider” and “Sender domain”, then try the outbox again.',
      )
    if (dead > 0)
      return attention(
        `${mails(dead)} of the last week could not be sent.`,
        'Look at the outbox for the reasons; what is mended there can be tried again.',
      )
    if (oldestMs !== null && oldestMs > LATE_MS)
      return attention(
        `${mails(due)} wait, the oldest for ${howLong(oldestMs)}.`,
        'See “Mail provider”. They are tried again by themselves.',
      )
    return ok(`Nothing is late. ${mails(sent)} went out in the last week.`)
  },
}

const mails = (count: number) => (count === 1 ? '1 mail' : `${count} mails`)

export const repliesByMail: CheckUp = {
  id: 'replies_by_mail',
  title: 'Replies by mail',
  look({ env }) {
    const place = env.MAIL_REPLY_DOMAIN?.trim()
    if (!place)
      return ok(
        'Off: answering a notification mail does not reach the chat.',
        'To switch it on, set up Email Routing and MAIL_REPLY_DOMAIN (docs/notifications.md).',
      )
    if (!/^([^\s@]{1,20}@)?[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(place))
      return broken(
        'MAIL_REPLY_DOMAIN is neither a domain nor an address.',
        'Set it to the domain that Email Routing sends to this Worker, such as reply.wool.example.',
      )
    if (!env.RESEND_WEBHOOK_SECRET)
      return attention(
        'Answers arrive, but nobody tells us of mails that bounce.',
        'Add a webhook in the Resend dashboard for bounces and complaints, and set RESEND_WEBHOOK_SECRET.',
      )
    return ok(`Answers to mails arrive by ${place}.`)
  },
}

export const webPush: CheckUp = {
  id: 'web_push',
  title: 'Browser notifications',
  async look({ env }) {
    const address = await deploymentAddress(env)
    const remedy = 'Set SHOPBELL_URL to the address at which this deployment is reached.'
    if (!address)
      return attention('Our own address is not known, so links in notifications and mails lead nowhere.', remedy)
    const url = URL.parse(address)
    const isLocal = url?.hostname === 'localhost' || url?.hostname === '127.0.0.1'
    if (url?.protocol === 'https:' || isLocal) return ok('They can be sent, and lead to this deployment.')
    return broken('Our own address is not https, so browsers take no notifications.', remedy)
  },
}
