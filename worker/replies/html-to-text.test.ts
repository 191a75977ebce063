import { expect, test } from 'vitest'
import { cutQuotes } from './cut-quotes.ts'
import { htmlToText } from './html-to-text.ts'

const read = (html: string) => cutQuotes(htmlToText(html))

test.each([
  [
    'Gmail',
    '<div dir="ltr">Yes, it is.<br>Two&nbsp;weeks.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Fri &lt;a@b.example&gt; wrote:<br></div><blockquote>Is it?</blockquote></div>',
  ],
  [
    'Outlook',
    '<html><head><style>p{color:red}</style></head><body><p class="MsoNormal">Yes, it is.</p><div>Two weeks.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">From: Shop</div></body></html>',
  ],
  [
    'Apple Mail',
    '<html><body>Yes, it is.<div>Two weeks.</div><div><br><blockquote type="cite"><div>On 27 Nov, Shop wrote:</div></blockquote></div></body></html>',
  ],
  [
    'Thunderbird',
    '<html><body><p>Yes, it is.</p>Two weeks.<br><div class="moz-cite-prefix">Am 27.11.26 schrieb Shop:</div><blockquote type="cite">Is it?</blockquote></body></html>',
  ],
  [
    'Yahoo',
    '<div>Yes, it is.</div><div>Two weeks.</div><div class="ydp1 yahoo_quoted" id="yahoo_quoted_1"><div>On Friday</div></div>',
  ],
])('reads what was written in %s', (_, html) => {
  expect(read(html).replace(/\n+/g, '\n')).toBe('Yes, it is.\nTwo weeks.')
})

test('shows no code, no comment and no markup, and reads entities once', () => {
  expect(read('<script>alert(1)</script><!-- <b>x --><p>1 &lt; 2 &amp;amp; 3</p><style>a{}')).toBe('1 < 2 &amp; 3')
  expect(read('<p>a<b>b</b></p><p onclick="x">c')).toBe('ab\n\nc')
})

test('a hostile page does not take long', { timeout: 5_000 }, () => {
  for (const html of [
    '<'.repeat(200_000),
    '<!--'.repeat(50_000),
    '<style>'.repeat(30_000),
    '<div class="'.repeat(20_000),
  ])
    htmlToText(html)
})
