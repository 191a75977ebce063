import * as z from 'zod'
import { Settings } from '../../protocol/settings/index.ts'
import type { JsonSchema } from './shapes.ts'
import { shownTable } from './shown-table.ts'
import { code, either, row, typeWords } from './type-words.ts'

const INTRO = `# Settings

Every setting, with what a new site starts with. Nothing has to be set: a shop that just pasted the tag has a working
button on its products. Change what you like in the settings panel, or from your server:

\`\`\`sh
curl https://chat.example/v1/settings -H "Authorization: Bearer $SHOPBELL_SERVER_KEY"
curl -X PUT https://chat.example/v1/settings -H "Authorization: Bearer $SHOPBELL_SERVER_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '{ "version": 1, "settings": { "brand": { "accent": "#7a3cff" }, "limits": null } }'
\`\`\`

Send only what changes, with the \`version\` that you read; if somebody saved in between you are told (409) and nothing is
lost. \`null\` puts a setting, or a whole group, back to its default. A change is obeyed everywhere within ten seconds;
pages that are open take it over when they are loaded again.
`

const AFTER: Record<string, string> = {
  contexts: `**Why only products are on at first.** A product page tells the tag all that it needs, so the button works at once.
An order is somebody’s own: its chat needs a shop that tells who is signed in and which orders are theirs
([identity](identity.md)), and until then a button there could only refuse. And whether there should be a chat under every
article is a matter of taste. Each is one switch away, with everything behind it set to sensible values.
`,
  limits: `**Why these numbers.** They are there for floods, and nobody who types should ever meet them.

| limit | why |
| --- | --- |
| 20 chats an hour | A long shopping trip ends up with a handful of questions, furnishing a flat with a dozen. A program that opens a chat on every product is stopped at twenty. |
| 240 messages in five minutes | A seller with two hundred chats open can answer every one of them in one go and still write on. To meet the limit one would have to keep up a message every 1¼ seconds for five minutes. |
| 10 messages in 20 seconds in one chat | People write a thought in three or four short messages. One every two seconds is no conversation any more. |

Each limit looks back from the moment of sending, so there are never more than that many in *any* span of that length.
A message that is held back is kept by the widget, which counts down and sends it by itself. Sending the same message
again after a lost connection counts once. Messages that Shopbell writes itself (the starter message) count for nobody.
`,
}

interface Leaf {
  name: string
  schema: JsonSchema
}

/** `docs/settings.md`. */
export function settingsPage(): string {
  const tree: JsonSchema = z.toJSONSchema(Settings, { io: 'input' })
  const sections = Object.entries<JsonSchema>(tree.properties).map(([name, schema]) => {
    return [groupText({ name, schema }, 2), ...(AFTER[name] ? [AFTER[name]] : [])].join('\n')
  })
  return [INTRO, ...sections, shownTable(tree)].join('\n')
}

function groupText({ name, schema }: Leaf, level: number): string {
  const inner = Object.entries<JsonSchema>(schema.properties).map(([key, value]) => ({
    name: `${name}.${key}`,
    schema: value,
  }))
  const fields = inner.filter((one) => !one.schema.properties)
  const groups = inner.filter((one) => one.schema.properties)
  return [
    `${'#'.repeat(level)} ${schema.label}\n\n${schema.help}\n`,
    ...(fields.length ? [table(fields)] : []),
    ...fields.filter(isLong).map(({ schema: field }) => longDefault(field)),
    ...groups.map((group) => groupText(group, level + 1)),
  ].join('\n')
}

function table(fields: Leaf[]) {
  const lines = fields.map(({ name, schema }) =>
    row(`**${schema.label}**`, code(name), shortDefault(schema), allowed(schema), schema.help + tokensOf(schema)),
  )
  return `| setting | name | at first | may be | what it does |\n| --- | --- | --- | --- | --- |\n${lines.join('\n')}\n`
}

const isLong = ({ schema }: Leaf) => String(schema.default).includes('\n')

function shortDefault({ default: value, unit, control }: JsonSchema) {
  if (control === 'toggle') return value ? 'on' : 'off'
  if (value === null || value === '') return 'none'
  if (String(value).includes('\n')) return 'see below'
  return code(value) + (unit ? ` ${unit}` : '')
}

const longDefault = ({ label, default: value }: JsonSchema) => `${label}, at first:\n\n\`\`\`text\n${value}\n\`\`\`\n`

function allowed(schema: JsonSchema) {
  if (schema.control === 'toggle') return 'on or off'
  if (schema.control === 'color') return 'colour, as `#rrggbb`'
  if (schema.control === 'locale') return 'language tag (BCP 47)'
  if (schema.control === 'time_zone') return 'time zone (IANA)'
  if (schema.options) return either(Object.entries(schema.options).map(([value, words]) => `${code(value)} (${words})`))
  if (schema.minimum !== undefined) return `${schema.minimum} to ${schema.maximum} ${schema.unit ?? ''}`.trim()
  return typeWords(schema).replace(' or null', ', or none')
}

const tokensOf = ({ tokens }: JsonSchema) =>
  tokens ? ` Tokens: ${tokens.map((token: string) => code(`{{${token}}}`)).join(', ')}.` : ''
