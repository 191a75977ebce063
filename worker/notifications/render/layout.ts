import { contrast, onAccent } from '../../settings/on-accent.ts'
import { type Colors, escapeHtml } from './html.ts'

const INK = '#13191c'
/** WCAG 2.2, 1.4.3. */
const LEAST = 4.5

/** What a chat is about, as its mail shows it. */
export interface Card {
  title: string
  /** As the shop's catalog has it. */
  picture: string | null
  /** Price, or an order's status. */
  detail: string | null
}
export interface Foot {
  lines: string[]
  link?: { url: string; label: string }
}
interface Page {
  locale: string
  direction: 'ltr' | 'rtl'
  brand: string
  accent: string
  /** What a list of mails shows beside the subject. */
  preview: string
  card: Card | null
  body: string
  foot: Foot
  mark?: string | undefined
}

/** The accent where it can be read on the paper, else ink. */
export const mailColors = (accent: string): Colors => ({
  accent,
  onAccent: onAccent(accent),
  link: contrast(accent, '#ffffff') >= LEAST ? accent : INK,
})

// Programs that know no style sheet show the light colours, which every element carries itself; `!important` wins over
// those where the dark ones are known.
const STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .desk { background: #0f1315 !important; }
  .paper { background: #191f22 !important; border-color: #2b3337 !important; color: #e8ecee !important; }
  .h, .q, .c, .t { color: #e8ecee !important; }
  .d, .f, .f a { color: #a3adb2 !important; }
  .a { color: inherit !important; text-decoration: underline !important; }
  .card { background: #222a2e !important; border-color: #2b3337 !important; }
  .r { border-color: #2b3337 !important; }
}
@media (max-width: 480px) {
  .desk-in { padding: 0 !important; }
  .paper { border-radius: 0 !important; border-width: 0 !important; padding: 24px 20px !important; }
}`

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

/** The whole mail: the brand, the thing's card, the words, why it came and how to stop it. `body` and nothing else is HTML. */
export function layout({ locale, direction, brand, accent, preview, card, body, foot, mark }: Page): string {
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(brand)}</title>
<style>${STYLE}</style>
</head>
<body class="desk" style="margin:0;padding:0;background:#f4f6f7">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<table role="presentation" class="desk" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f4f6f7"><tr><td class="desk-in" align="center" style="padding:32px 12px">
${mark ? `<p class="d" style="margin:0 0 14px;color:#5a666c;font-size:12px;line-height:1.4;${FONT}">${escapeHtml(mark)}</p>\n` : ''}<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px"><tr><td class="paper" dir="${direction}" align="${direction === 'rtl' ? 'right' : 'left'}" style="background:#ffffff;border:1px solid #e3e6e8;border-radius:12px;padding:28px 32px;color:${INK};font-size:16px;line-height:1.5;${FONT};overflow-wrap:anywhere">
<p class="t" style="margin:0 0 20px;padding:0 0 14px;border-bottom:3px solid ${accent};font-size:16px;font-weight:700">${escapeHtml(brand)}</p>
${card ? cardHtml(card) : ''}${body}
</td></tr></table>
${footHtml(foot)}
</td></tr></table>
</body>
</html>
`
}

function cardHtml({ title, picture, detail }: Card): string {
  const image =
    picture && /^https?:/.test(picture)
      ? `<td width="56" style="padding:10px 0;padding-inline-start:12px"><img src="${escapeHtml(picture)}" alt="" width="56" height="56" style="display:block;border-radius:6px;object-fit:cover"></td>`
      : ''
  const more = detail ? `<br><span class="d" style="color:#5a666c;font-size:14px">${escapeHtml(detail)}</span>` : ''
  return `<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;background:#f8f9fa;border:1px solid #e3e6e8;border-radius:8px"><tr>${image}<td style="padding:12px 14px;font-size:15px;line-height:1.4"><strong class="t">${escapeHtml(title)}</strong>${more}</td></tr></table>
`
}

function footHtml({ lines, link }: Foot): string {
  const all = lines.map((line) => `<p style="margin:0 0 6px">${escapeHtml(line)}</p>`)
  if (link)
    all.push(
      `<p style="margin:0"><a href="${escapeHtml(link.url)}" style="color:#5a666c">${escapeHtml(link.label)}</a></p>`,
    )
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px"><tr><td class="f" align="center" style="padding:18px 20px;color:#5a666c;font-size:13px;line-height:1.5;${FONT}">${all.join('')}</td></tr></table>`
}
