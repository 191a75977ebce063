import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'

let known: string | null = null

/**
 * The deployment's own address, without a slash at the end, for what is written where no request is at hand: set as
 * SHOPBELL_URL, else as the operator last called it. Null before the first such call.
 */
export async function deploymentAddress(env: Env): Promise<string | null> {
  if (env.SHOPBELL_URL) return env.SHOPBELL_URL.replace(/\/+$/, '')
  known ??= await directory(env).prepare("SELECT value FROM deployment WHERE name = 'address'").first<string>('value')
  return known
}

/** The operator names the deployment by the address that works; nobody else is asked. */
export async function noteAddress(env: Env, origin: string): Promise<void> {
  if (env.SHOPBELL_URL || known === origin) return
  await directory(env)
    .prepare(
      `INSERT INTO deployment (name, value) VALUES ('address', ?1)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
    )
    .bind(origin)
    .run()
  known = origin
}
