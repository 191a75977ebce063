import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { OFFLINE } from './offline.ts'

const run = promisify(execFile)

/** Runs a script on this Node; what it printed is shown only when it fails, as the error. */
export async function runQuietly(title: string, args: string[]) {
  const env = { ...process.env, ...OFFLINE }
  await run(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 }).catch((cause) => {
    throw new Error(`${title} failed:\n\n${cause.stdout ?? ''}${cause.stderr ?? ''}`.trimEnd(), { cause })
  })
}
