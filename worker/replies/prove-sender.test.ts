import { expect, test } from 'vitest'
import { provenSender } from './prove-sender.ts'

type Pair = [key: string, value: string]

/** As Email Routing hands a mail on, its own headers on top. */
const RECEIVED: Pair = [
  'received',
  'from mx (2001:db8::1)\n by cloudflare-email.net (cloudflare) id x; Fri, 27 Nov 2026 10:05:00 +0000',
]
const verdict = (text: string): Pair => ['authentication-results', `mx.cloudflare.net;\n\t${text}`]
const PASS = verdict(
  'dkim=pass header.d=mail.example header.s=s1 header.b=abc;\n\tdmarc=pass header.from=mail.example policy.dmarc=none;\n\tspf=none (mx.cloudflare.net: no SPF records found for postmaster@mx) smtp.helo=mx;\n\tspf=pass (mx.cloudflare.net: domain of sam@mail.example designates 2001:db8::1 as permitted sender) smtp.mailfrom=sam@mail.example',
)
const SENT: Pair = ['received', 'by mx with SMTP id 1']
const FROM: Pair = ['from', 'Sam Rivera <Sam@Mail.example>']

const proven = (...pairs: Pair[]) => provenSender(pairs.map(([key, value]) => ({ key, value })))

test('knows the sender for whom Email Routing says that DMARC passed', () => {
  expect(proven(RECEIVED, PASS, SENT, FROM)).toBe('sam@mail.example')
  expect(proven(PASS, FROM)).toBe('sam@mail.example')
})

const FAIL = verdict(
  'dkim=none; dmarc=fail header.from=mail.example policy.dmarc=reject; spf=pass smtp.mailfrom=x@evil.example',
)
const forged = (text: string): Pair => ['authentication-results', text]

test.each<[string, Pair[]]>([
  ['no verdict at all', [RECEIVED, SENT, FROM]],
  ['a failed one', [RECEIVED, FAIL, SENT, FROM]],
  [
    'none for the domain',
    [RECEIVED, verdict('dkim=pass header.d=evil.example; dmarc=none header.from=mail.example'), FROM],
  ],
  ['a temporary error', [RECEIVED, verdict('dmarc=temperror header.from=mail.example'), FROM]],
  ['another domain’s', [RECEIVED, verdict('dmarc=pass header.from=evil.example'), SENT, FROM]],
  ['one of a look-alike', [RECEIVED, verdict('dmarc=pass header.from=mail.example.evil.example'), FROM]],
  ['a forged one below a failed one', [RECEIVED, FAIL, SENT, PASS, FROM]],
  ['a forged one below another server’s', [RECEIVED, SENT, ['received', 'by y'], PASS, FROM]],
  ['one by another server', [RECEIVED, forged('mx.google.com; dmarc=pass header.from=mail.example'), FROM]],
  [
    'one by a look-alike of the server',
    [forged('mx.cloudflare.net.evil.example; dmarc=pass header.from=mail.example'), FROM],
  ],
  [
    'words in a comment',
    [RECEIVED, verdict('dmarc=fail (dmarc=pass header.from=mail.example) header.from=mail.example'), FROM],
  ],
  [
    'words in a nested comment',
    [RECEIVED, verdict('spf=pass (a (b) ; dmarc=pass header.from=mail.example); dkim=none'), FROM],
  ],
  [
    'words in the envelope’s sender',
    [
      RECEIVED,
      verdict('dkim=none; spf=pass smtp.mailfrom="x; dmarc=pass header.from=mail.example"@evil.example'),
      FROM,
    ],
  ],
  ['words in the greeting', [RECEIVED, verdict('spf=none smtp.helo=x; dmarc=pass header.from=mail.example'), FROM]],
  [
    'two verdicts',
    [RECEIVED, verdict('dmarc=fail header.from=mail.example; dmarc=pass header.from=mail.example'), FROM],
  ],
  [
    'DKIM and SPF alone',
    [RECEIVED, verdict('dkim=pass header.d=mail.example; spf=pass smtp.mailfrom=sam@mail.example'), FROM],
  ],
  [
    'ARC in its place',
    [RECEIVED, ['arc-authentication-results', 'i=1; mx.cloudflare.net; dmarc=pass header.from=mail.example'], FROM],
  ],
  ['two From headers', [RECEIVED, PASS, FROM, ['from', 'x@evil.example']]],
  ['two people in one From', [RECEIVED, PASS, ['from', 'Sam <sam@mail.example>, x@evil.example']]],
  ['a group', [RECEIVED, PASS, ['from', 'Friends: sam@mail.example;']]],
  ['no From', [RECEIVED, PASS]],
  ['an address in the name', [RECEIVED, PASS, ['from', '"sam@mail.example" <x@evil.example>']]],
])('believes nobody with %s', (_, pairs) => {
  expect(proven(...pairs)).toBeNull()
})
