import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { render } from '../../worker/notifications/render/render.ts'
import type { Values } from '../../worker/notifications/render/values.ts'
import { launchBrowser } from '../support/browser.ts'
import { HOSTILE } from '../support/hostile.ts'

const TOKENS = ['site_name', 'sender_name', 'recipient_name', 'last_message', 'context_type'] as const
const URL = 'https://chat.example/inbox?site=site_x#chat=chat_y'
const BODY = `Hello {{recipient_name}},

**{{sender_name}}** of {{site_name}} wrote about this {{context_type}}:

> {{last_message}}

[Answer]({{chat_url}})`

let browser: Browser
let page: Page
let ran = 0
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.route('**/*', (route) => route.abort())
  await page.exposeFunction('alert', () => ran++)
})
afterAll(() => browser?.close())

function mailSaying(text: string): string {
  const values: Values = {
    ...Object.fromEntries(TOKENS.map((token) => [token, { text }])),
    chat_url: { url: URL },
  }
  return render({ subject: 'S', body: BODY }, values, {
    locale: 'en',
    direction: 'ltr',
    brand: text,
    accent: '#0b655f',
    card: { title: text, picture: 'https://shop.example/a.png', detail: text },
    foot: { lines: [text], link: { url: 'https://chat.example/mail/x', label: 'Stop' } },
  }).html
}

/** The elements that a browser makes of a mail, with their attributes' names and where they lead; lines break as they are written. */
async function elementsOf(html: string): Promise<string[]> {
  await page.setContent(html, { waitUntil: 'domcontentloaded' })
  return page.evaluate(() =>
    [...document.querySelectorAll('*:not(br)')].map((element) =>
      [
        element.tagName,
        ...[...element.attributes].map(({ name, value }) => (/href|src/.test(name) ? value : name)),
      ].join(' '),
    ),
  )
}

test('a browser finds the template’s elements in a mail and no others, whatever its values say', async () => {
  const plain = await elementsOf(mailSaying('A stool'))
  expect(await elementsOf(mailSaying('A stool').replaceAll('A stool', '<img src=x>'))).not.toEqual(plain)
  for (const hostile of HOSTILE) expect(await elementsOf(mailSaying(hostile)), hostile.slice(0, 40)).toEqual(plain)
  expect(ran).toBe(0)
})
