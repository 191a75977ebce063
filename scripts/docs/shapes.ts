import { readFileSync } from 'node:fs'
import * as z from 'zod'
import * as adminAudit from '../../protocol/admin/audit.ts'
import * as adminChats from '../../protocol/admin/chats.ts'
import * as adminInstall from '../../protocol/admin/install.ts'
import * as adminMe from '../../protocol/admin/me.ts'
import * as adminPasskeys from '../../protocol/admin/passkeys.ts'
import * as adminPeople from '../../protocol/admin/people.ts'
import * as adminSellers from '../../protocol/admin/sellers.ts'
import * as adminSignIn from '../../protocol/admin/sign-in.ts'
import * as adminWizard from '../../protocol/admin/wizard.ts'
import * as analytics from '../../protocol/analytics.ts'
import * as operatorRoutes from '../../protocol/api/operator-routes.ts'
import * as shopRoutes from '../../protocol/api/shop-routes.ts'
import { API } from '../../protocol/api.ts'
import * as attachments from '../../protocol/attachments.ts'
import * as catalog from '../../protocol/catalog.ts'
import * as chats from '../../protocol/chats.ts'
import * as diagnostics from '../../protocol/diagnostics.ts'
import * as errors from '../../protocol/errors.ts'
import * as frames from '../../protocol/frames.ts'
import * as ids from '../../protocol/ids.ts'
import * as notifications from '../../protocol/notifications.ts'
import * as operator from '../../protocol/operator.ts'
import * as orders from '../../protocol/orders.ts'
import * as privacy from '../../protocol/privacy.ts'
import * as publicSite from '../../protocol/public-site.ts'
import * as reach from '../../protocol/reach.ts'
import * as sessions from '../../protocol/sessions.ts'
import * as conflict from '../../protocol/settings/conflict.ts'
import * as settings from '../../protocol/settings/index.ts'
import * as jsonSchema from '../../protocol/settings/json-schema.ts'
import * as text from '../../protocol/text.ts'
import { readComments } from './read-comments.ts'

export type JsonSchema = Record<string, any>

const MODULES: [file: string, module: object][] = [
  ['ids.ts', ids],
  ['text.ts', text],
  ['sessions.ts', sessions],
  ['chats.ts', chats],
  ['attachments.ts', attachments],
  ['frames.ts', frames],
  ['public-site.ts', publicSite],
  ['settings/change.ts', settings],
  ['settings/conflict.ts', conflict],
  ['settings/json-schema.ts', jsonSchema],
  ['catalog.ts', catalog],
  ['notifications.ts', notifications],
  ['orders.ts', orders],
  ['reach.ts', reach],
  ['privacy.ts', privacy],
  ['operator.ts', operator],
  ['analytics.ts', analytics],
  ['diagnostics.ts', diagnostics],
  ['admin/wizard.ts', adminWizard],
  ['admin/chats.ts', adminChats],
  ['admin/install.ts', adminInstall],
  ['admin/sellers.ts', adminSellers],
  ['admin/people.ts', adminPeople],
  ['admin/audit.ts', adminAudit],
  ['admin/me.ts', adminMe],
  ['admin/passkeys.ts', adminPasskeys],
  ['admin/sign-in.ts', adminSignIn],
  ['errors.ts', errors],
  ['api/shop-routes.ts', shopRoutes],
  ['api/operator-routes.ts', operatorRoutes],
]
const REF = '#/components/schemas/'
/** What the panel's form needs and a reader of the API does not. */
const FORM_ONLY = ['control', 'options', 'tokens', 'shownWhen', 'unit']

const names = new Map<z.ZodType, string>()
const comments = new Map<string, string>()
for (const [file, module] of MODULES) {
  for (const [name, value] of Object.entries(module)) if (value instanceof z.ZodType) names.set(value, name)
  const source = readFileSync(new URL(`../../protocol/${file}`, import.meta.url), 'utf8')
  for (const [key, comment] of readComments(source)) comments.set(key, comment)
}

/** A schema's name in the protocol. */
export function nameOf(schema: z.ZodType): string {
  const name = names.get(schema)
  if (!name) throw new Error('A route uses a schema that the protocol does not export by a name')
  return name
}
export const refTo = (schema: z.ZodType): JsonSchema => ({ $ref: REF + nameOf(schema) })
export const nameOfRef = (ref: string) => ref.slice(REF.length)

/** Every shape that the API's requests, answers and frames are made of, by name. */
export function readShapes(): Map<string, JsonSchema> {
  const routes = API.flatMap((group) => group.routes)
  const sent = routes.flatMap(({ body, query }) => [body, query]).filter((schema) => schema !== undefined)
  const answered = routes.flatMap(({ answers }) => answers.map(({ schema }) => schema)).filter(Boolean) as z.ZodType[]
  const input = reachable(
    [...sent, frames.ClientFrame, ids.ChatId, ids.SiteId, ids.KeyId, ids.FileId, privacy.RequestId],
    jsonSchemas('input'),
  )
  const output = reachable([...answered, frames.ServerFrame, errors.Problem], jsonSchemas('output'))
  for (const [name, schema] of output) {
    if (input.has(name) && JSON.stringify(input.get(name)) !== JSON.stringify(schema))
      throw new Error(`${name} is not the same when it is sent and when it is answered: give each a name`)
  }
  return new Map([...input, ...output].sort(([one], [other]) => (one < other ? -1 : 1)))
}

function jsonSchemas(io: 'input' | 'output'): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>()
  for (const [schema, id] of names) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => REF + id,
    override: ({ jsonSchema }) => tidy(jsonSchema, io),
  })
  return schemas
}

function tidy(schema: JsonSchema, io: 'input' | 'output') {
  if (schema.label) schema.title = schema.label
  if (schema.help) schema.description = schema.help
  for (const key of ['label', 'help', ...FORM_ONLY]) delete schema[key]
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum
  // An answer may get new fields; only what is sent to us is held to the letter.
  if (io === 'output') delete schema.additionalProperties
}

function reachable(roots: z.ZodType[], all: Record<string, JsonSchema>): Map<string, JsonSchema> {
  const found = new Map<string, JsonSchema>()
  const visit = (name: string) => {
    if (found.has(name)) return
    const { $schema: _, $id: __, ...schema } = all[name]!
    found.set(name, describe(name, schema))
    for (const [, inner] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)) visit(inner!)
  }
  for (const root of roots) visit(nameOf(root))
  return found
}

/** The schema with the protocol's own comments as descriptions. */
function describe(name: string, schema: JsonSchema): JsonSchema {
  const about = comments.get(name)
  withFields(name, schema)
  return about ? { description: about, ...schema } : schema
}

function withFields(name: string, schema: JsonSchema) {
  for (const option of schema.oneOf ?? []) {
    const about = comments.get(`${name}:${option.properties?.type?.const}`)
    if (about) option.description ??= about
    withFields(name, option)
  }
  for (const [field, inner] of Object.entries<JsonSchema>(schema.properties ?? {})) {
    const about = comments.get(`${name}.${field}`)
    if (about) inner.description ??= about
    withFields(name, inner.items ?? inner.anyOf?.[0] ?? inner)
  }
}
