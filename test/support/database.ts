import type { Env } from '../../worker/env.ts'
import type { Statement } from './sql-door.ts'

type Database = Env['DB']
type Row = Record<string, unknown>
export interface D1Answer {
  results: Row[]
  meta: Record<string, unknown>
}

/**
 * D1 as a test asks it, through `sql-door.ts`: one request a statement or batch. The harness's own stand-in for a binding
 * asks once for each call on it, waiting in turn, which took four times as long. Knows JSON's values only.
 */
export function databaseBehind(ask: (statements: Statement[]) => Promise<D1Answer[]>): Database {
  const one = async (statement: Statement) => (await ask([statement]))[0] as D1Answer
  const statement = (sql: string, values: unknown[] = []) => ({
    sql,
    values,
    bind: (...bound: unknown[]) => statement(sql, bound),
    all: () => one({ sql, values }),
    run: () => one({ sql, values }),
    async first(column?: string) {
      const [row] = (await one({ sql, values })).results
      return row === undefined ? null : column === undefined ? row : row[column]
    },
  })
  return {
    prepare: (sql: string) => statement(sql),
    batch: (statements: Statement[]) => ask(statements.map(({ sql, values }) => ({ sql, values }))),
  } as unknown as Database
}

/** Runs statements through a door at an address; what the database refuses is thrown with its words. */
export async function askDoor(
  door: URL,
  statements: Statement[],
  ask: (url: string, init: { method: string; body: string }) => Promise<Pick<Response, 'ok' | 'text' | 'json'>> = fetch,
): Promise<D1Answer[]> {
  const response = await ask(door.href, { method: 'POST', body: JSON.stringify(statements) })
  if (!response.ok) throw new Error(await response.text())
  return response.json() as Promise<D1Answer[]>
}
