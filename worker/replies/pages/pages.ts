import { html, raw } from 'hono/html'
import type { MailLink } from '../mail-link.ts'
import type { Preferences } from '../preferences.ts'
import type { PageWords } from './words.ts'

type Words = PageWords & { lang: string }
type Html = ReturnType<typeof html>

const STYLE = `
:root { color-scheme: light dark; --text: #1c1d1f; --muted: #5f6368; --page: #f6f6f4; --card: #fff; --line: #e3e3df; --edge: #879196; --accent: #0f5c5c; --on: #fff }
@media (prefers-color-scheme: dark) { :root { --text: #ececea; --muted: #a9adb3; --page: #131415; --card: #1c1d1f; --line: #33363a; --edge: #6b777d; --accent: #6fc7c2; --on: #0c1f1e } }
* { box-sizing: border-box }
body { display: grid; place-items: center; min-height: 100dvh; margin: 0; padding: 24px 16px; background: var(--page); color: var(--text); font: 16px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif }
main { width: 100%; max-width: 440px; padding: 28px; border: 1px solid var(--line); border-radius: 12px; background: var(--card) }
h1 { margin: 0 0 12px; font-size: 20px; line-height: 1.3; overflow-wrap: anywhere }
p { margin: 0 0 12px; overflow-wrap: anywhere }
form { margin: 0 }
form + p, section + section { margin-top: 20px; padding-top: 20px; border-top: 1px solid var(--line) }
button { min-height: 44px; padding: 8px 16px; border: 1px solid var(--edge); border-radius: 6px; background: none; color: inherit; font: inherit; font-weight: 600; cursor: pointer }
button.go { border-color: transparent; background: var(--accent); color: var(--on) }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
.quiet { margin: 20px 0 0; color: var(--muted); font-size: 14px }
[role=status] { font-weight: 600 }`

/** One person's mails, with a button for each change; `saved` after one. */
export function preferencesPage(
  words: Words,
  name: string,
  { chat }: Extract<MailLink, { to: 'preferences' }>,
  kept: Preferences,
  saved = false,
): string {
  const ofChat = chat && kept.all && kept.chat !== null
  return frame(
    words,
    fill(words.from, { name }),
    html`${saved ? html`<p role="status">${words.saved}</p>` : ''}
      ${ofChat ? choice(kept.chat ? words.chatOn : words.chatOff, kept.chat ? 'stop_chat' : 'resume_chat', words) : ''}
      ${choice(kept.all ? words.allOn : words.allOff, kept.all ? 'stop_all' : 'resume_all', words)}
      <p class="quiet">${words.stays}</p>`,
  )
}

const LABELS = {
  stop_chat: 'stopChat',
  resume_chat: 'resumeChat',
  stop_all: 'stopAll',
  resume_all: 'resumeAll',
} as const

const choice = (state: string, value: keyof typeof LABELS, words: Words) =>
  html`<section>
    <p>${state}</p>
    <form method="post"><button name="choice" value="${value}">${words[LABELS[value]]}</button></form>
  </section>`

/** Asks for the press by which an address is confirmed. */
export const verifyPage = (words: Words, name: string, { email }: Extract<MailLink, { to: 'verify' }>): string =>
  frame(
    words,
    words.verify,
    html`<p>${fill(words.verifyHint, { email, name })}</p>
      <form method="post"><button class="go" name="choice" value="verify">${words.verifyYes}</button></form>`,
  )

export const messagePage = (words: Words, says: 'unknown' | 'too_old' | 'verified', name = ''): string =>
  frame(words, words.title, html`<p>${fill(words[says], { name })}</p>`)

const frame = (words: Words, title: string, main: Html | Promise<Html>): string =>
  String(html`<!doctype html>
<html lang="${words.lang}" dir="${words.dir}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title}</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      ${main}
    </main>
  </body>
</html>`)

const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => `\u2068${values[name] ?? ''}\u2069`)
