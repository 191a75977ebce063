import { readFileSync, writeFileSync } from 'node:fs'
import { mustWrangle, wrangleJson } from './wrangler.ts'

/** Names as wrangler.toml says them. */
export interface Names {
  worker: string
  database: string
  bucket: string
}

/** Git-ignored: which database is whose is a matter of each account. */
export const OWN_CONFIG = 'wrangler.deploy.toml'
const PLACEHOLDER = '00000000-0000-0000-0000-000000000000'

export function readNames(toml = readFileSync('wrangler.toml', 'utf8')): Names {
  const value = (key: string) => toml.match(new RegExp(`^${key}\\s*=\\s*"([^"]+)"`, 'm'))?.[1] ?? ''
  return { worker: value('name'), database: value('database_name'), bucket: value('bucket_name') }
}

/** The id of the account's database of this name, made where it is missing. */
export async function ensureDatabase(name: string): Promise<string> {
  const find = async () => {
    const databases = await wrangleJson<{ uuid: string; name: string }[]>('d1', 'list', '--json')
    return databases.find((database) => database.name === name)?.uuid
  }
  const found = await find()
  if (found) return found
  await mustWrangle('Making the database', 'd1', 'create', name, '--update-config=false')
  const made = await find()
  if (!made) throw new Error(`The database ${name} was made, but the account does not list it`)
  return made
}

/** wrangler.toml with the account's own database in it. */
export function writeOwnConfig(databaseId: string): void {
  const toml = readFileSync('wrangler.toml', 'utf8')
  if (!toml.includes(PLACEHOLDER)) throw new Error(`wrangler.toml has no database_id "${PLACEHOLDER}" to fill in`)
  const head = '# Made by npm run deploy from wrangler.toml at every run: change that one.\n'
  writeFileSync(OWN_CONFIG, head + toml.replace(PLACEHOLDER, databaseId))
}
