import type { Import } from './read-imports.ts'

export interface Rule {
  says: string
  isBroken(imported: Import): boolean
}

const inside = (path: string, ...folders: string[]) => folders.some((folder) => path.startsWith(`${folder}/`))
const isBrowser = (path: string) => inside(path, 'widgets', 'admin', 'ui')
const isProduct = (path: string) => inside(path, 'protocol', 'worker') || isBrowser(path)
const isStore = (path: string) => /(^|[/-])store\.ts$/.test(path)

/** Beside the stores: what every request needs before it reaches a feature. */
const KNOWS_SQL = [
  'worker/sites/load.ts',
  'worker/http/address.ts',
  'worker/http/origin.ts',
  'worker/http/server-key.ts',
  'worker/http/pages.ts',
]
export const mayTouchSql = (path: string) => isStore(path) || inside(path, 'worker/db') || KNOWS_SQL.includes(path)

const isSql = (to: string) => /^drizzle-orm(\/|$)/.test(to) || inside(to, 'worker/db/schema')

/** The feature whose folder a file of the worker lies in. */
const featureOf = (path: string) => path.match(/^worker\/(?!http\/|db\/|rooms\/)([\w-]+)\//)?.[1]

export const RULES: Rule[] = [
  {
    says: 'protocol is a leaf: it imports zod and itself',
    isBroken: ({ from, to }) => inside(from, 'protocol') && to !== 'zod' && !inside(to, 'protocol'),
  },
  {
    says: 'the browser takes only types from protocol, and values from its plain constants (bounds.ts)',
    isBroken: ({ from, to, kind }) =>
      isBrowser(from) && inside(to, 'protocol') && kind !== 'type' && to !== 'protocol/bounds.ts',
  },
  {
    says: 'the browser knows nothing of the worker',
    isBroken: ({ from, to }) => isBrowser(from) && inside(to, 'worker'),
  },
  {
    says: 'routes.ts speaks HTTP and no SQL',
    isBroken: ({ from, to }) => /(^|[/-])routes\.ts$/.test(from) && isSql(to),
  },
  {
    says: 'only stores touch the tables',
    isBroken: ({ from, to }) => inside(from, 'worker') && isSql(to) && !mayTouchSql(from),
  },
  {
    // The type of a row may be named; what is there at run time may not.
    says: 'a feature never reaches into another’s routes or store',
    isBroken({ from, to, kind }) {
      const [mine, theirs] = [featureOf(from), featureOf(to)]
      if (kind === 'type') return false
      return Boolean(mine && theirs && mine !== theirs && (isStore(to) || /(^|[/-])routes\.ts$/.test(to)))
    },
  },
  {
    says: 'the product imports nothing of tests, demo, benches or scripts',
    isBroken: ({ from, to }) => isProduct(from) && inside(to, 'test', 'demo', 'bench', 'scripts'),
  },
]
