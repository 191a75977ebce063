import { type Auth, errorsOf, type Route } from '../../protocol/api/route.ts'
import { API } from '../../protocol/api.ts'
import { ERRORS, type ErrorCode } from '../../protocol/errors.ts'
import { type JsonSchema, readShapes, refTo } from './shapes.ts'

const SECURITY: Record<Auth, object[]> = {
  none: [],
  origin: [],
  hosted: [],
  session: [{ session: [] }],
  socket: [{ socket: [] }],
  key: [{ serverKey: [] }],
  staff: [{ session: [] }],
  key_or_staff: [{ session: [] }, { serverKey: [] }],
  operator: [{ operator: [] }],
  signature: [],
}
const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description })
const SCHEMES = {
  session: bearer('The token of a session (`POST /v1/sessions`), good for 15 minutes.'),
  serverKey: bearer('`sk_…`, from servers only.'),
  operator: bearer('A JWT of at most a minute, signed with the deployment’s secret.'),
  socket: {
    type: 'apiKey',
    in: 'header',
    name: 'Sec-WebSocket-Protocol',
    description: '`shopbell.v1, token.<session token>`',
  },
}
const shapes = readShapes()
const PATH_PARAMETERS: Record<string, string> = {
  site: 'SiteId',
  chat: 'ChatId',
  user: 'UserId',
  key: 'KeyId',
  order: 'ShopId',
  session: 'SessionId',
  seller: 'ShopId',
  passkey: 'PasskeyId',
  request: 'RequestId',
  file: 'FileId',
}

/** The API as an OpenAPI 3.1 document. */
export function openApi(): JsonSchema {
  const paths: JsonSchema = {}
  for (const group of API) {
    for (const route of group.routes) {
      const path = route.path.replace(/:(\w+)/g, '{$1}')
      paths[path] ??= {}
      paths[path][route.method.toLowerCase()] = operation(route, group.title)
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Shopbell', version: '1', description: 'Customer-to-seller chat for any storefront.' },
    tags: API.map(({ title, about }) => ({ name: title, description: about })),
    paths,
    components: { schemas: Object.fromEntries(shapes), securitySchemes: SCHEMES },
  }
}

function operation(route: Route, tag: string): JsonSchema {
  const parameters = [...pathParameters(route.path), ...queryParameters(route), ...headerParameters(route)]
  return {
    operationId: operationId(route),
    tags: [tag],
    summary: route.summary,
    ...(route.help ? { description: route.help } : {}),
    security: SECURITY[route.auth],
    ...(parameters.length ? { parameters } : {}),
    ...requestBody(route),
    responses: { ...answersOf(route), ...refusalsOf(route) },
  }
}

const BYTES = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }

function requestBody({ body, bytes }: Route) {
  if (bytes) return { requestBody: { required: true, description: bytes, content: BYTES } }
  return body ? { requestBody: { required: true, content: { 'application/json': { schema: refTo(body) } } } } : {}
}

const headerParameters = ({ headers = [] }: Route) =>
  headers.map(({ name, help, required = false }) => ({
    name,
    in: 'header',
    required,
    description: help,
    schema: { type: 'string' },
  }))

/** `PUT /v1/chats/:chat/read` is `putChatsChatRead`. */
const operationId = ({ method, path }: Route) =>
  method.toLowerCase() +
  path
    .replace(/^\/v1/, '')
    .split(/\W+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

function pathParameters(path: string) {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const shape = PATH_PARAMETERS[name]
    if (!shape) throw new Error(`Say what :${name} in ${path} is`)
    return { name, in: 'path', required: true, schema: { $ref: `#/components/schemas/${shape}` } }
  })
}

function queryParameters({ query }: Route) {
  if (!query) return []
  const { $ref } = refTo(query)
  const shape = shapes.get($ref.split('/').at(-1))
  return Object.entries<JsonSchema>(shape?.properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: shape?.required?.includes(name) ?? false,
    ...(description ? { description } : {}),
    schema,
  }))
}

function answersOf({ answers }: Route) {
  const words = (status: number) => (status === 204 ? 'Done.' : status === 304 ? 'You have it already.' : 'Fine.')
  return Object.fromEntries(
    answers.map(({ status, schema, bytes, when }) => [
      status,
      {
        description: when ?? words(status),
        ...(schema ? { content: { 'application/json': { schema: refTo(schema) } } } : bytes ? { content: BYTES } : {}),
      },
    ]),
  )
}

function refusalsOf(route: Route) {
  const byStatus = Map.groupBy(
    [...errorsOf(route), 'internal', 'unavailable'] as ErrorCode[],
    (code) => ERRORS[code][0],
  )
  const schema = { $ref: '#/components/schemas/Problem' }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: [...new Set(codes)].map((code) => `\`${code}\`: ${ERRORS[code][1]}`).join('\n\n'),
        content: { 'application/problem+json': { schema } },
      },
    ]),
  )
}
