import type { UserId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import { verifyAddressUrl } from '../replies/unsubscribe.ts'
import type { Site } from '../sites/load.ts'
import type { DirectKind } from './kinds.ts'
import type { DueMail } from './outbox-store.ts'
import { mailbox } from './render/header-line.ts'
import { render } from './render/render.ts'
import type { Values } from './render/values.ts'
import type { MailRequest } from './transport.ts'
import { TOKENS_OF, URLS, wordsFor } from './words/words.ts'

export interface Sender {
  env: Env
  site: Site
  /** The deployment's own address, where it is known. */
  home: string | null
}

/** The shop's name as people know it. */
export const brandOf = ({ name, settings }: Site) => settings.brand.name ?? name

/** A mail that says what its sender handed over. */
export async function composeDirect(sender: Sender, mail: DueMail & { email: string }): Promise<MailRequest> {
  const { env, site, home } = sender
  const { locale, words } = wordsFor(mail.locale, site.settings.region.locale)
  const kind = mail.kind as Exclude<DirectKind, 'test'>
  const brand = brandOf(site)
  const payload: Record<string, string> = JSON.parse(mail.payload ?? '{}')
  if (kind === 'verify_address') {
    const who = { site: site.id, user: mail.recipient as UserId, email: mail.email }
    payload.link = await verifyAddressUrl(env, home ?? '', who)
  }
  const values: Values = { site_name: { text: brand } }
  for (const token of TOKENS_OF[kind])
    values[token] = URLS.includes(token) ? { url: payload[token] ?? '' } : { text: payload[token] ?? '' }
  const rendered = render(words.mails[kind], values, {
    locale,
    direction: words.direction,
    brand,
    accent: site.settings.brand.accent,
    card: null,
    foot: { lines: [fill(words.becauseAsked, { site_name: brand })] },
  })
  return address(sender, mail, rendered)
}

/** Who a mail is from, and what lets the provider and a mail program tell one from another. */
export function address(
  { env, site }: Sender,
  { id, email, kind }: { id: string; email: string; kind: string },
  words: Pick<MailRequest, 'subject' | 'html' | 'text'>,
): MailRequest {
  const from = senderAddress(env)
  return {
    from: mailbox(brandOf(site), from),
    to: email,
    ...words,
    headers: { 'Message-ID': `<${id}@${hostOf(from)}>`, 'Auto-Submitted': 'auto-generated' },
    // Back with every webhook of the provider's.
    tags: [
      { name: 'mail', value: id },
      { name: 'kind', value: kind },
    ],
  }
}

/** `MAIL_FROM` may have a name, which each site's own replaces. */
const senderAddress = ({ MAIL_FROM }: Env) =>
  MAIL_FROM?.match(/<([^<>]+)>\s*$/)?.[1] ?? MAIL_FROM ?? 'shopbell@localhost'

const hostOf = (address: string) => address.slice(address.lastIndexOf('@') + 1)

/** Words of ours with values in them, for a line of text. */
export const fill = (words: string, values: Record<string, string | number>) =>
  words.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''))
