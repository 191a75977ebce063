import type { Site } from '../sites/load.ts'
import type { Contents, Part } from './export.ts'
import type { ChatLine, ListName, MessageLine } from './export-store.ts'
import { type Cell, pairs, row, type Show, STYLE, shower, table, text } from './readable-table.ts'

/** The lists of `data.json` in the order that somebody looks for them. The profile comes first and by itself. */
const TITLES: Record<Exclude<ListName, 'profile'>, string> = {
  orders: 'Orders',
  desks: 'Desks',
  notifications: 'Mails',
  stoppedMails: 'Mails that were stopped',
  pushSubscriptions: 'Browsers that are rung',
  sessions: 'Sign-ins',
  requests: 'Requests about this data',
}

/** The same data for reading: one page that runs nothing and loads nothing. */
export async function* htmlPage(site: Site, { part, parts }: Part, contents: Contents) {
  const show = shower(site.settings.region)
  const title = `Your data at ${site.name}`
  yield `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(title)}</title><style>${STYLE}</style><h1>${text(title)}</h1>
<p>${show.time(Date.now())}${parts > 1 ? ` · ${part} of ${parts}` : ''}. Everything is in data.json too; files are beside it.</p>\n`
  if (part === 1) yield* firstPart(contents, show)
  yield* filesOf(contents, show)
  yield* conversations(contents, show)
  yield '</html>\n'
}

/** What there is once, however many parts there are. */
async function* firstPart({ lists, chats }: Contents, show: Show) {
  const { profile, ...others } = await lists()
  yield `<h2>Profile</h2>\n${profile.map((one) => pairs(one, show)).join('')}`
  for (const [name, title] of Object.entries(TITLES) as [keyof typeof TITLES, string][])
    yield table(title, others[name], show)
  let count = 0
  for await (const { title, thing, about, seller, side, state, startedAt, lastAt } of chats()) {
    const line = { about: title ?? thing, kind: about, with: seller, side, state, startedAt, lastAt }
    yield row(line, show, count++ === 0 ? 'Chats' : null)
  }
  if (count > 0) yield '</table></div>\n'
}

async function* filesOf({ files }: Contents, show: Show) {
  const rows = (await files()).map(({ path, name, type, size }) => ({ name, type, size, path }))
  yield table('Files', rows satisfies Record<string, Cell>[], show)
}

async function* conversations({ chats, messages }: Contents, show: Show) {
  const heading = headings(chats()[Symbol.asyncIterator]())
  let chat = ''
  for await (const message of messages()) {
    if (message.chat !== chat) yield `<h2>${text(await heading(message.chat))}</h2>\n`
    chat = message.chat
    yield messageOf(message, show)
  }
}

function messageOf({ by, at, body, files = [] }: MessageLine, show: Show) {
  const names = files.map((name) => `<span>📎 ${text(name ?? 'A file that is not kept any more')}</span>`)
  const said = [...(body === '' ? [] : [text(body)]), ...names].join('\n')
  return `<p${by === 'me' ? ' class="me"' : ''}><small>${text(by)} · ${show.time(at)}</small>${said}</p>\n`
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
