import type { TestWorker } from './worker.ts'

export interface SentMail {
  from?: string
  to: string
  subject?: string
  text?: string
  html?: string
  /** The whole body with its own Content-Type, in place of `text` and `html`. */
  body?: { type: string; content: string }
  /** More headers; an empty value leaves one of ours out. */
  headers?: Record<string, string>
  messageId?: string
  /** What Email Routing says about it, or the whole header (with a name); null: nothing. */
  dmarc?: string | null
  /** The envelope's sender; `From` where it is left out. */
  envelope?: string
}

let count = 0

const domainOf = (address: string) => address.match(/@([^@<>\s]+)>?\s*$/)?.[1] ?? ''

/** A mail as Email Routing hands it on, with its own headers on top of those that came with it. */
export function rawMail(mail: SentMail): string {
  const { from = 'sam@mail.example', to, subject = 'Re: New message', text = '', html, body, dmarc = 'pass' } = mail
  const domain = domainOf(from)
  const verdict = `dkim=pass header.d=${domain} header.s=s1; dmarc=${dmarc} header.from=${domain} policy.dmarc=none; spf=pass smtp.mailfrom=${from.match(/[^<\s]+@[^>\s]+/)?.[0]}`
  const own: Record<string, string> = {
    From: from,
    To: to,
    Subject: subject,
    Date: 'Fri, 27 Nov 2026 10:05:00 +0000',
    'Message-ID': mail.messageId ?? `<${++count}.${Date.now()}@mail.example>`,
    'MIME-Version': '1.0',
    'Content-Type': body?.type ?? `text/${html === undefined ? 'plain' : 'html'}; charset=utf-8`,
    'Content-Transfer-Encoding': body ? '7bit' : '8bit',
    ...mail.headers,
  }
  const lines = [
    'Received: from mx.mail.example (192.0.2.1) by cloudflare-email.net (cloudflare) id x; Fri, 27 Nov 2026 10:05:01 +0000',
    ...(dmarc === null ? [] : [`Authentication-Results: mx.cloudflare.net; ${verdict}`]),
    'Received: by mx.mail.example with SMTP id 1; Fri, 27 Nov 2026 10:05:00 +0000',
    ...Object.entries(own).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`])),
    '',
    body?.content ?? html ?? text,
  ]
  return lines.join('\r\n')
}

/** Delivers a mail to the worker's `email()`; what it is rejected for, if it is. */
export async function deliver(
  worker: Pick<TestWorker, 'handle'>,
  mail: SentMail & { raw?: string },
): Promise<string | undefined> {
  const from = mail.envelope ?? mail.from?.match(/[^<\s]+@[^>\s]+/)?.[0] ?? 'sam@mail.example'
  const done = await worker.handle.email({ from, to: mail.to, raw: mail.raw ?? rawMail(mail) })
  if (done.outcome !== 'ok') throw new Error(`email() ended as ${done.outcome}`)
  return done.rejectReason
}
