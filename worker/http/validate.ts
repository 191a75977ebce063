import type { Context, MiddlewareHandler } from 'hono'
import type * as z from 'zod'
import { MAX_BODY_BYTES } from '../../protocol/bounds.ts'
import type { AppContext } from '../env.ts'
import { AppError } from './errors.ts'

type Parsed<T extends z.ZodType, Target extends 'json' | 'query'> = {
  in: { [K in Target]: z.input<T> }
  out: { [K in Target]: z.output<T> }
}

/** The JSON body as the schema reads it: 415 not JSON's type, 413 over `maxBytes`, 400 not JSON, 422 what the schema refuses. */
export function body<T extends z.ZodType>(
  schema: T,
  maxBytes = MAX_BODY_BYTES,
): MiddlewareHandler<AppContext, string, Parsed<T, 'json'>> {
  return async (c, next) => {
    c.req.addValidatedData('json', parse(schema, await readJson(c, maxBytes)) as object)
    await next()
  }
}

/** The query string as the schema reads it: 422 what the schema refuses. */
export function query<T extends z.ZodType>(schema: T): MiddlewareHandler<AppContext, string, Parsed<T, 'query'>> {
  return async (c, next) => {
    c.req.addValidatedData('query', parse(schema, c.req.query()) as object)
    await next()
  }
}

export function parse<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError('invalid', {
    issues: result.error.issues.slice(0, 50).map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

export async function readJson(c: Context<AppContext>, maxBytes: number): Promise<unknown> {
  const type = c.req.header('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new AppError('not_json_type')
  const bytes = await readBytes(c, maxBytes)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
  } catch (cause) {
    throw new AppError('invalid_json', { cause })
  }
}

/** Reads at most `maxBytes`: a length may be missing or a lie. */
export async function readBytes(c: Context<AppContext>, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new AppError('body_too_large', { detail: `At most ${maxBytes} bytes.` })
  const told = c.req.header('Content-Length')
  if (Number(told ?? 0) > maxBytes) throw tooLarge()
  // HTTP holds a body to the length it has told; reading it at once costs a third of what a stream does.
  if (told !== undefined) return new Uint8Array(await c.req.raw.arrayBuffer())
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const part of c.req.raw.body ?? []) {
    size += part.byteLength
    if (size > maxBytes) throw tooLarge()
    parts.push(part)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
