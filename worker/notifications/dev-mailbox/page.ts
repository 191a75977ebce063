import { escapeHtml } from '../render/html.ts'
import type { DevMail } from './store.ts'

interface Choice {
  as: string | undefined
  width: string | undefined
  theme: string | undefined
}

const VIEWS = { html: 'Mail', text: 'Text', headers: 'Headers' } as const
const WIDTHS = { wide: 'Desktop', phone: 'Phone' } as const
const THEMES = { light: 'Light', dark: 'Dark' } as const

const one = <T extends object>(options: T, wanted: string | undefined): keyof T & string =>
  (wanted !== undefined && wanted in options ? wanted : Object.keys(options)[0]) as keyof T & string

/** The mailbox as a mail program shows it: the list, and the open mail as HTML, as text, or its headers. */
export function mailboxPage(mails: readonly DevMail[], open: DevMail | null, choice: Choice): string {
  const view = { as: one(VIEWS, choice.as), width: one(WIDTHS, choice.width), theme: one(THEMES, choice.theme) }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mails – Shopbell</title>
<link rel="stylesheet" href="/dev/mail.css">
</head>
<body>
<nav aria-label="Mails"><h1>Mails <a href="/dev/mail">Look again</a></h1>
${mails.length === 0 ? EMPTY : `<ol>${mails.map((mail) => row(mail, mail.id === open?.id)).join('')}</ol>`}
</nav>
<main>${open ? opened(open, view) : '<p class="none">A mail that you open is shown here.</p>'}</main>
</body>
</html>
`
}

const EMPTY = `<p class="none">No mails yet. A message that nobody has read for a minute becomes one, and so does a code to sign in with. They are kept here because there is no RESEND_API_KEY.</p>`

const row = (mail: DevMail, isOpen: boolean) =>
  `<li><a href="/dev/mail/${encodeURIComponent(mail.id)}"${isOpen ? ' aria-current="page"' : ''}><b>${escapeHtml(mail.to)}</b><time>${time(mail.at)}</time><span>${escapeHtml(mail.subject)}</span></a></li>`

const time = (at: number) => new Date(at).toISOString().slice(11, 19)

function opened(
  mail: DevMail,
  view: { as: keyof typeof VIEWS; width: keyof typeof WIDTHS; theme: keyof typeof THEMES },
): string {
  const path = `/dev/mail/${encodeURIComponent(mail.id)}`
  const group = (label: string, name: keyof typeof view, options: Record<string, string>) =>
    `<div role="group" aria-label="${label}">${Object.entries(options)
      .map(
        ([value, text]) =>
          `<a href="${path}?${new URLSearchParams({ ...view, [name]: value })}"${view[name] === value ? ' aria-current="true"' : ''}>${text}</a>`,
      )
      .join('')}</div>`
  const looks = view.as === 'html' ? group('Width', 'width', WIDTHS) + group('Theme', 'theme', THEMES) : ''
  return `<header><h2>${escapeHtml(mail.subject)}</h2>
<dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to)}</dd>${mail.replyTo ? `<dt>Reply to</dt><dd>${escapeHtml(mail.replyTo)}</dd>` : ''}</dl>
<div class="choices">${group('View', 'as', VIEWS)}${looks}</div></header>
${shown(mail, path, view)}`
}

function shown(
  mail: DevMail,
  path: string,
  { as, width, theme }: { as: string; width: string; theme: string },
): string {
  if (as === 'text') return `<pre>${escapeHtml(mail.text)}</pre>`
  if (as === 'headers') return `<pre>${escapeHtml(headersOf(mail))}</pre>`
  // What a frame's document takes for the reader's theme is the color-scheme of the frame itself.
  return `<div class="stage"><iframe title="The mail" src="${path}/html" class="${width} ${theme}"></iframe></div>`
}

const headersOf = ({ id, kind, from, to, replyTo, subject, headers, at }: DevMail) =>
  Object.entries({
    From: from,
    To: to,
    ...(replyTo ? { 'Reply-To': replyTo } : {}),
    Subject: subject,
    Date: new Date(at).toUTCString(),
    ...headers,
    'Idempotency-Key': id,
    'X-Kind': kind,
  })
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
