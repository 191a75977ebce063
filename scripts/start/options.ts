import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface StartOptions {
  port: number
  /** Folder of the local database, files and demo keys. */
  state: string
  reset: boolean
  verbose: boolean
}

export const USAGE = `npm start                    opens the demo shop on http://localhost:8787
npm start -- --port 9000     on another port (or set PORT)
npm start -- --reset         begins anew: forgets chats, people and settings
npm start -- --state FOLDER  keeps the data there instead of .wrangler/state
npm start -- --verbose       shows what the Worker's own tools say`

/** Reads the command line; throws words for a person where it makes no sense. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv = process.env): StartOptions | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      state: { type: 'string', default: '.wrangler/state' },
      reset: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  const { reset, verbose } = values
  return { port: readPort(values.port ?? env.PORT ?? '8787'), state: resolve(values.state), reset, verbose }
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${text} is not a port: choose a number from 1 to 65535.`)
}
