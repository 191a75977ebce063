import { type Auth, BY_AUTH, OF_BODY, type Route } from '../../protocol/api/route.ts'
import { API } from '../../protocol/api.ts'
import { ERRORS, type ErrorCode } from '../../protocol/errors.ts'
import { type JsonSchema, nameOf, readShapes } from './shapes.ts'
import { cell, code, hasOwnPage, link, row, typeWords } from './type-words.ts'

const AUTH: Record<Auth, string> = {
  none: 'Nothing',
  origin: 'A page of the shop',
  hosted: 'A hosted page',
  session: 'A session',
  socket: 'A session, in the subprotocol',
  key: 'The server key',
  staff: 'The session of somebody who runs the site',
  key_or_staff: 'The server key, or the session of somebody who runs the site',
  operator: 'The deployment’s secret',
  signature: 'The platform’s signature over the body',
}

const codes = (list: readonly ErrorCode[]) => list.map(code).join(', ')

const INTRO = `# The API

JSON in, JSON out, everything under \`/v1\`. The widgets use nothing else, so whatever they do, you can do. For machines
there is the same as [OpenAPI 3.1](openapi.json).

## Proving who you are

| in this page | how | else refused with |
| --- | --- | --- |
| a page of the shop | The browser’s \`Origin\` is one that the site lists. Nothing else to send. | ${codes(BY_AUTH.origin)} |
| a hosted page | The request comes from the deployment’s own \`/admin\` or \`/inbox\`. Nothing else to send. | ${codes(BY_AUTH.hosted)} |
| a session | \`Authorization: Bearer <token>\` with the token of \`POST /v1/sessions\`, from a page of the shop. Get the next one before the 15 minutes are over. | ${codes(BY_AUTH.session)} |
| the session of somebody who runs the site | The same, with role \`owner\`, \`admin\` or \`analyst\`, from one of the site’s admin origins. | ${codes(BY_AUTH.key_or_staff)} |
| the server key | \`Authorization: Bearer sk_…\`, from your server. One that arrives from a browser is refused. | ${codes(BY_AUTH.key)} |
| the deployment’s secret | A JWT of at most a minute signed with it. \`npm run site\` does that for you. | ${codes(BY_AUTH.operator)} |
| the platform’s signature | A platform’s webhook, signed with the secret of \`npm run site -- hook add\` over the body as it is sent: WooCommerce in \`X-WC-Webhook-Signature\`, Shopify in \`X-Shopify-Hmac-Sha256\`. Never from a browser. | ${codes(BY_AUTH.signature)} |

[How your server says who a visitor is](identity.md).

## Rules that hold everywhere

- A request body is JSON with \`Content-Type: application/json\`, at most 64 KiB unless said. Keys that we do not know are
  refused; answers may get new fields over time. What is wrong with a body or a query is one of
  ${codes(OF_BODY)}.
- Times are milliseconds since 1970. Ids of your shop are text: some are larger than a number can hold.
- What you may have to send again is safe to send again.
- A refusal is \`application/problem+json\`: a [Problem](#problem) with a \`code\` for your program, a \`title\` for people, and
  \`issues\` that name each wrong field (\`message.body\`). With 429 and 503 come \`Retry-After\` in seconds and \`retryAfterMs\`.
  [All codes](#refusals); each route below names those that are its own.
`

const SOCKET = `## Socket

\`\`\`js
const socket = new WebSocket('wss://chat.example/v1/socket', ['shopbell.v1', \`token.\${token}\`])
\`\`\`

Each text frame of the server is one [ServerFrame](#serverframe). A frame carries \`n\`, the number of the change, and
\`prev\`, the newest number you had before it. If \`prev\` is not beyond your cursor, move on to \`n\`; else frames are
missing: ask \`GET /v1/sync\`. Ignore types that you do not know.

You may send the text \`ping\`, and [ClientFrames](#clientframe): a newer token, so that the socket outlives the first, and
which chat the user is looking at, so that nobody is mailed about it. Repeat that on a new socket, and ping twice a minute:
it holds for 90 seconds after the last word from you.
A frame may have 16 KiB. Closed with 4401: the session has ended. Closed with 4400: a frame was not understood.
`

/** `docs/api.md`. */
export function apiPage(): string {
  const shapes = [...readShapes()].filter(([name]) => !hasOwnPage(name))
  const isTable = ([, schema]: [string, JsonSchema]) => schema.properties ?? schema.oneOf
  return [
    INTRO,
    contents(),
    ...API.flatMap(({ title, about, routes }) => [`## ${title}\n\n${about}\n`, ...routes.map(routeText)]),
    SOCKET,
    '## Shapes\n',
    ...shapes.filter(isTable).map(([name, schema]) => shapeText(name, schema)),
    `### Plain values\n\n| name | what it is | |\n| --- | --- | --- |`,
    `${shapes
      .filter((shape) => !isTable(shape))
      .map(([name, schema]) =>
        row(`<a id="${name.toLowerCase()}"></a>${name}`, typeWords(schema), schema.description ?? ''),
      )
      .map((line) => line.replaceAll('&lt;', '<'))
      .join('\n')}\n`,
    errorTable(),
  ].join('\n')
}

function contents() {
  const lines = API.flatMap(({ routes }) =>
    routes.map((route) => row(`[${code(title(route))}](#${anchor(route)})`, route.summary)),
  )
  return `| route | |\n| --- | --- |\n${lines.join('\n')}\n`
}

/** As it is written in a link, which is how sites make the anchor of a heading. */
const title = ({ method, path }: Route) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`
const anchor = (route: Route) =>
  title(route)
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')

const sentence = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`)

function routeText(route: Route) {
  const lines = [`### ${code(title(route))}\n`, sentence(route.summary) + (route.help ? ` ${route.help}` : ''), '']
  lines.push(`- Needs: ${AUTH[route.auth].toLowerCase()}`)
  if (route.query) lines.push(`- Query: ${link(nameOf(route.query))}`)
  for (const header of route.headers ?? []) {
    lines.push(`- Header: ${code(header.name)}${header.required ? '' : ' (optional)'}. ${header.help}`)
  }
  if (route.body) lines.push(`- Body: ${link(nameOf(route.body))}`)
  if (route.bytes) lines.push(`- Body: bytes. ${route.bytes}`)
  for (const { status, schema, bytes, when } of route.answers)
    lines.push(
      `- Answers ${status}${schema ? `: ${link(nameOf(schema))}` : bytes ? ': bytes' : ''}${when ? `. ${when}` : ''}`,
    )
  if (route.errors?.length) lines.push(`- Refusals: ${codes(route.errors)}`)
  return `${lines.join('\n')}\n`
}

function shapeText(name: string, schema: JsonSchema): string {
  const head = [`### ${name}\n`, ...(schema.description ? [`${schema.description}\n`] : [])]
  if (!schema.oneOf) return `${[...head, table(schema)].join('\n')}\n`
  const tables = schema.oneOf.map((option: JsonSchema) =>
    [...(option.description ? [`${option.description}\n`] : []), table(option)].join('\n'),
  )
  return `${[...head, tables.join('\n\n')].join('\n')}\n`
}

const table = (schema: JsonSchema) => ['| field | | type | |', '| --- | --- | --- | --- |', ...rows(schema)].join('\n')

function rows(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries<JsonSchema>(schema.properties).flatMap(([field, inner]) => {
    const name = prefix + field
    const presence = schema.required?.includes(field) ? '' : 'optional'
    const object = objectIn(inner)
    if (!object) return [row(code(name), presence, typeWords(inner) + defaultOf(inner), inner.description ?? '')]
    const words = inner.type === 'array' ? 'list of' : inner.anyOf ? 'object or null' : 'object'
    return [row(code(name), presence, words, inner.description ?? ''), ...rows(object, `${name}.`)]
  })
}

const objectIn = (schema: JsonSchema): JsonSchema | undefined =>
  [schema, schema.items, ...(schema.anyOf ?? [])].find((one) => one?.properties)

const defaultOf = ({ default: value }: JsonSchema) =>
  value === undefined || value === null ? '' : `; ${code(Array.isArray(value) ? '[]' : value)} if left out`

function errorTable() {
  const all = Object.keys(ERRORS) as ErrorCode[]
  const lines = all.map((one) => row(String(ERRORS[one][0]), code(one), cell(ERRORS[one][1])))
  return `## Refusals\n\n| status | \`code\` | \`title\` |\n| --- | --- | --- |\n${lines.join('\n')}\n`
}
