/**
 * Statements that share one list of values by number (`?1` to the last). D1 wants exactly as many values as the
 * highest number in a statement.
 */
export const numbered = (db: D1Database, statements: readonly string[], values: readonly unknown[]) =>
  statements.map((sql) => db.prepare(sql).bind(...values.slice(0, highestIn(sql))))

const highestIn = (sql: string) => Math.max(0, ...[...sql.matchAll(/\?(\d+)/g)].map(([, n]) => Number(n)))
