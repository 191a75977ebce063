import type { Site } from '../sites/load.ts'
import type { Contents, Part } from './export.ts'
import type { ChatLine, Row } from './export-store.ts'

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#13191c}
h2{margin-top:2.5rem}table{border-collapse:collapse}td{padding:.15rem 1rem .15rem 0;vertical-align:top}
p{margin:.6rem 0;white-space:pre-wrap;overflow-wrap:anywhere}small{color:#4d585e;display:block}
.me{margin-inline-start:3rem}@media(prefers-color-scheme:dark){body{background:#14191b;color:#e9edee}small{color:#adb7bc}}`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const text = (value: unknown) => String(value ?? '').replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')

/** The same data for reading: one page that runs nothing and loads nothing. */
export async function* htmlPage(site: Site, profile: Row[], { part, parts }: Part, { chats, messages }: Contents) {
  const { locale, timeZone } = site.settings.region
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const time = (at: number) => text(format.format(at))
  const title = `Your data at ${site.name}`
  yield `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title><style>${STYLE}</style><h1>${text(title)}</h1>
<p>${time(Date.now())}${parts > 1 ? ` · ${part} of ${parts}` : ''}. Everything is in data.json too; files are beside it.</p>\n`
  if (part === 1) yield table(profile, time)
  const heading = headings(chats[Symbol.asyncIterator]())
  let chat = ''
  for await (const { chat: id, by, at, body } of messages) {
    if (id !== chat) yield `<h2>${text(await heading(id))}</h2>\n`
    chat = id
    yield `<p${by === 'me' ? ' class="me"' : ''}><small>${text(by)} · ${time(at)}</small>${text(body)}</p>\n`
  }
  yield '</html>\n'
}

/** Chats come in the order of their messages: one heading is held, however many there are. */
function headings(chats: AsyncIterator<ChatLine>): (id: string) => Promise<string> {
  let at: ChatLine | undefined
  return async (id) => {
    while (!at || at.id < id) {
      const { value, done } = await chats.next()
      if (done) break
      at = value
    }
    return at?.id === id ? `${at.title ?? at.thing} · ${at.seller}` : id
  }
}

function table(rows: Row[], time: (at: number) => string): string {
  const lines = rows.flatMap((row) =>
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => {
        const shown = name.endsWith('At') && typeof value === 'number' ? time(value) : text(value)
        return `<tr><td>${text(name)}</td><td>${shown}</td></tr>`
      }),
  )
  return `<table>${lines.join('')}</table>\n`
}
