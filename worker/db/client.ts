import { drizzle } from 'drizzle-orm/d1'
import type { Env } from '../env.ts'

/** D1's own clock, in ms: the only time that is stored or that a limit compares. */
export const NOW = "CAST(unixepoch('subsec') * 1000 AS INTEGER)"

/** The database that holds a site's rows; the only place that knows the bindings. `name` is the site's `db` column. */
export function database(env: Env, name: string): D1Database {
  if (name === 'DB') return env.DB
  throw new Error(`No D1 binding is called ${name}: add it to wrangler.toml and to worker/db/client.ts`)
}

/** The directory of sites, keys and origins. */
export const directory = (env: Env): D1Database => env.DB

export const orm = (db: D1Database) => drizzle(db)

/** The rows of one statement of a batch. */
export const rowsOf = <T>(result: D1Result | undefined): T[] => (result?.results ?? []) as T[]

/** The row of a statement that always answers one. */
export function rowOf<T>(result: D1Result | undefined): T {
  const [row] = rowsOf<T>(result)
  if (row === undefined) throw new Error('The statement answered no row')
  return row
}
