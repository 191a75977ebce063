import { describe, expect, it } from 'vitest'
import { HOSTILE } from '../../../test/support/hostile.ts'
import { mailbox, toSubject } from './header-line.ts'
import { render } from './render.ts'
import type { Values } from './values.ts'

const URL = 'https://chat.example/inbox?site=site_x#chat=chat_y'
const LOOK = {
  locale: 'en',
  direction: 'ltr' as const,
  brand: 'Wool & Co',
  accent: '#0b655f',
  card: null,
  foot: { lines: ['Why'], link: { url: 'https://chat.example/mail/x', label: 'Stop' } },
}
const BODY = `Hello {{recipient_name}},

**{{sender_name}}** wrote about this {{context_type}}:

> {{last_message}}

[Answer]({{chat_url}}) or go to {{chat_url}}.`
const values = (more: Record<string, string> = {}): Values => {
  const texts = {
    site_name: 'Wool & Co',
    sender_name: 'Sam',
    recipient_name: 'Priya',
    last_message: 'Hi',
    context_type: 'product',
    ...more,
  }
  return {
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, { text }])),
    chat_url: { url: URL },
  }
}
const mail = (body: string, more: Record<string, string> = {}) => render({ subject: 'S', body }, values(more), LOOK)
/** The words of a body as HTML, without the layout around them. */
const inner = (html: string) =>
  html
    .slice(
      html.indexOf('Wool &amp; Co</p>') + 17,
      html.indexOf('</td></tr></table>', html.indexOf('Wool &amp; Co</p>')),
    )
    .trim()
const bare = (html: string) => inner(html).replace(/ (style|class)="[^"]*"/g, '')
/** What elements and attributes there are, in order: their names, and nothing of what they say. */
const shape = (html: string) =>
  [...html.matchAll(/<(\/?[a-z0-9]+)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/gi)].map(
    ([, tag, attributes]) =>
      `${tag} ${[...(attributes ?? '').matchAll(/([a-z-]+)=/gi)].map(([, name]) => name).join(' ')}`,
  )
const links = (html: string) => [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)

describe('a body', () => {
  it('is Markdown, with tokens where its words are', () => {
    expect(
      bare(
        mail(
          '# {{site_name}}\n\nHello *{{recipient_name}}*, `{{sender_name}}`\n\n- one\n- {{context_type}}\n\n1. a\n2. b\n\n---',
        ).html,
      ),
    ).toBe(
      [
        '<h1>Wool &amp; Co</h1>',
        '',
        '<p>Hello <em>Priya</em>, <code>Sam</code></p>',
        '',
        '<ul><li>one</li><li>product</li></ul>',
        '',
        '<ol><li>a</li><li>b</li></ol>',
        '',
        '<hr>',
      ].join('\n'),
    )
  })

  it('has its link as a button where a paragraph is nothing else', () => {
    expect(inner(mail('[Answer]({{chat_url}})').html)).toMatch(
      /<a class="b" href="https:\/\/chat\.example\/inbox\?site=site_x#chat=chat_y" style="[^"]*background:#0b655f/,
    )
    expect(inner(mail('Or [answer]({{chat_url}})').html)).toMatch(/<a class="a"/)
    expect(mail('[Answer]({{chat_url}})').text).toContain(`Answer:\n${URL}`)
    expect(mail('Go [there](https://shop.example/help).').text).toContain('Go there (https://shop.example/help).')
  })

  it('is plain text too, with every line of a quoted message quoted', () => {
    const { text } = mail(BODY, { last_message: 'one\n\ntwo' })
    expect(text).toBe(
      `Hello Priya,\n\nSam wrote about this product:\n\n> one\n>\n> two\n\nAnswer (${URL}) or go to ${URL}.\n\n-- \nWhy\nStop: https://chat.example/mail/x\n`,
    )
  })

  it('greets nobody by name where there is none', () => {
    expect(mail('Hello {{recipient_name}},', { recipient_name: '' }).text).toContain('Hello,')
  })

  it('shows HTML of a template as the text it is', () => {
    expect(bare(mail('<b>bold</b> <script>alert(1)</script>').html)).toBe(
      '<p>&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>',
    )
    expect(bare(mail('<div>\nblock\n</div>').html)).not.toContain('<div>')
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    '//evil.test',
    '/relative',
    'https://user@evil.test/',
    'https://{{sender_name}}/x',
    'https://shop.example/{{last_message}}',
    '{{last_message}}',
    '{{sender_name}}:x',
    'mailto:{{sender_name}}',
  ])('makes no link to %s', (href) => {
    expect(
      links(inner(mail(`[x](${href})`, { last_message: 'javascript:alert(1)', sender_name: 'evil.test' }).html)),
    ).toEqual([])
  })

  it('lets words into a link only behind the question mark, encoded', () => {
    expect(
      links(
        inner(mail('[x](https://shop.example/?from={{sender_name}}&at={{chat_url}})', { sender_name: 'a&b"> c' }).html),
      ),
    ).toEqual([`https://shop.example/?from=a%26b%22%3E%20c&amp;at=${encodeURIComponent(URL)}`])
    expect(
      links(inner(mail('www.{{sender_name}} and {{sender_name}}@shop.example', { sender_name: 'evil.test' }).html)),
    ).toEqual([])
  })
})

describe('a shopper’s words', () => {
  it('are never markup, links, tokens or headers, wherever they stand', () => {
    const plain = mail(BODY)
    for (const hostile of HOSTILE)
      for (const token of ['site_name', 'sender_name', 'recipient_name', 'last_message', 'context_type']) {
        const one = mail(BODY, { [token]: hostile })
        const said = `${token}: ${hostile.slice(0, 40)}`
        expect(
          shape(one.html).filter((tag) => !tag.startsWith('br')),
          said,
        ).toEqual(shape(plain.html).filter((tag) => !tag.startsWith('br')))
        expect(links(one.html), said).toEqual(links(plain.html))
        expect(one.text.split('\n-- \n').length, said).toBe(2)
        expect(one.html, said).not.toMatch(/evil\.test|https:\/\/evil|@evil/)
      }
  })

  it('in a card, or as the shop’s name, neither', () => {
    const look = (title: string, brand = LOOK.brand, lines = LOOK.foot.lines) => ({
      ...LOOK,
      brand,
      card: { title, picture: 'https://shop.example/a.png', detail: title },
      foot: { ...LOOK.foot, lines },
    })
    const plain = render({ subject: 'S', body: 'B' }, values(), look('A stool'))
    for (const hostile of HOSTILE) {
      const one = render({ subject: 'S', body: 'B' }, values(), look(hostile, hostile, [hostile]))
      expect(shape(one.html), hostile).toEqual(shape(plain.html))
      expect(links(one.html), hostile).toEqual(links(plain.html))
    }
  })

  it('make one line of a subject and of a sender’s name', () => {
    for (const hostile of HOSTILE) {
      const subject = toSubject(
        'New message from {{sender_name}}: {{last_message}}',
        values({ sender_name: hostile, last_message: hostile }),
      )
      const from = mailbox(hostile, 'chat@mail.example')
      for (const line of [subject, from]) {
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(line).not.toContain('=?')
        expect(line.length).toBeLessThan(200)
      }
      expect(from).toMatch(/^"[^"\\<>]*" <chat@mail\.example>$/)
    }
  })

  it('are shown, all the same', () => {
    const { html, text } = mail(BODY, { last_message: '<b>5 < 6 & 7</b> {{chat_url}} **x**' })
    expect(html).toContain('&lt;b&gt;5 &lt; 6 &amp; 7&lt;/b&gt; {{chat_url}} **x**')
    expect(text).toContain('> <b>5 < 6 & 7</b> {{chat_url}} **x**')
  })

  it('show that this test notices: Markdown after tokens would make links of them', () => {
    const naive = render(
      { subject: 'S', body: BODY.replace('{{last_message}}', '[click](https://evil.test)') },
      values(),
      LOOK,
    )
    expect(links(naive.html)).not.toEqual(links(mail(BODY).html))
  })
})

const LONG = 10_000
/** What makes readers of Markdown slow or deep, as long as a template may be. */
const PATHOLOGICAL = [
  '[',
  '[](',
  '[a](',
  '![a',
  '*a **',
  'a**b',
  '_a_',
  '`a``',
  '> ',
  '>',
  '- ',
  '<a ',
  '<!--',
  '&amp',
  '~a~~',
  'http://a.b/(',
  'a@',
  '\\',
  'a\n=\n',
  '[a]: b\n',
  '|a|\n',
  '<',
]
  .map((piece) => piece.repeat(Math.ceil(LONG / piece.length)).slice(0, LONG))
  .concat(`${'`'.repeat(LONG / 2 - 1)}a${'`'.repeat(LONG / 2)}`, `${`${'>'.repeat(200)} a\n`.repeat(49)}`)

describe('Markdown that is none', () => {
  it('costs no more than a glance: it is the text that it is, and nothing of it is lost', () => {
    for (const body of PATHOLOGICAL) {
      const { html, text } = mail(body)
      expect(bare(html), body.slice(0, 20)).not.toMatch(/<(?!\/?p>)/)
      expect(text.replace(/\s/g, '').length, body.slice(0, 20)).toBeGreaterThan(LONG / 3)
    }
  })

  it('is not what a long and rich mail has', () => {
    const rich = '## A heading\n\nSome **bold** words and [a link](https://shop.example/).\n\n- one\n- two\n\n'.repeat(
      60,
    )
    expect(bare(mail(rich).html).match(/<h2>/g)).toHaveLength(60)
  })
})

describe('the layout', () => {
  it('keeps text and accent apart in every colour, and knows the dark', () => {
    expect(mail('[x]({{chat_url}})').html).toContain('prefers-color-scheme: dark')
    const light = render({ subject: 'S', body: 'see [x](https://a.example/)' }, values(), {
      ...LOOK,
      accent: '#ffe600',
    })
    expect(inner(light.html)).toContain('style="color:#13191c"')
  })

  it('is laid out from right to left where that is how it is read', () => {
    const arabic = render({ subject: 'S', body: 'مرحبًا' }, values(), { ...LOOK, locale: 'ar', direction: 'rtl' })
    expect(arabic.html).toContain('<html lang="ar" dir="rtl">')
    expect(arabic.html).toContain('align="right"')
  })
})
