import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { COMMANDS, type Command, type Flags } from './commands.ts'
import { deploymentAt, Told, WHICH } from './deployment.ts'

/** Runs one command line; answers what to print and the exit code (2: called wrongly). */
export async function runSite(argv: string[]): Promise<{ code: number; text: string }> {
  const words = [argv.slice(0, 2).join(' '), argv[0] ?? ''].find((each) => Object.hasOwn(COMMANDS, each))
  const command = words === undefined ? undefined : COMMANDS[words]
  if (words === undefined || !command) return { code: argv[0] === '--help' ? 0 : 2, text: usageOfAll() }
  try {
    const flags = readFlags(command, argv.slice(words.split(' ').length))
    const url = flags.url === undefined ? undefined : String(flags.url)
    return { code: 0, text: await command.run(deploymentAt(url, resolve(import.meta.dirname, '../..')), flags) }
  } catch (error) {
    if (error instanceof Told) return { code: 1, text: error.message }
    if (!isFlagError(error)) throw error
    return { code: 2, text: `${error.message}\n\nUsage: npm run site -- ${words} ${command.usage}\n${WHICH}` }
  }
}

class Missing extends Error {}

function readFlags({ options, needs }: Command, args: string[]): Flags {
  const { values } = parseArgs({ args, options: { ...options, url: { type: 'string' } }, strict: true })
  const flags: Flags = values
  const missing = needs.filter((name) => flags[name] === undefined || flags[name] === '')
  if (missing.length > 0) throw new Missing(`Missing: ${missing.map((name) => `--${name}`).join(', ')}`)
  return flags
}

const isFlagError = (error: unknown): error is Error =>
  error instanceof Missing ||
  (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))

function usageOfAll(): string {
  const lines = Object.entries(COMMANDS).map(([words, { usage }]) => `  npm run site -- ${words} ${usage}`.trimEnd())
  return ['Usage:', ...lines, '', WHICH].join('\n')
}
