// Runs on Node 20 with nothing installed: it imports nothing but Node's own.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { whenParentEnds } from './when-parent-ends.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const windows = process.platform === 'win32'
/** The Node that the packages bring along; scripts in TypeScript need it. */
const packagedNode = join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node')
const lock = join(root, 'package-lock.json')
const stamp = join(root, 'node_modules/.shopbell-installed')

/** Installs the packages where they are missing or older than the lock file. */
export function install() {
  const hash = createHash('sha256').update(readFileSync(lock)).digest('hex')
  if (isInstalled(hash)) return
  console.log('Installing packages. This takes a minute the first time.')
  const { status } = runNpm(['ci', '--no-fund', '--no-audit', '--loglevel=error'])
  if (status !== 0) fail('npm could not install the packages; its own words are above. Is the network up?')
  if (!existsSync(packagedNode)) fail('npm skipped the install scripts. Run `npm ci --ignore-scripts=false`.')
  writeFileSync(stamp, hash)
}

/** Runs a script of this folder on the packaged Node and answers its exit code. Signals are passed on. */
export function runScript(script, args = process.argv.slice(2)) {
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`
  const child = spawn(packagedNode, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: path },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  // npm ends at a signal without passing it on to what it started.
  if (process.env.npm_lifecycle_event) whenParentEnds(() => child.kill('SIGTERM'))
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}

/** Installs what is missing, runs the script and ends with its exit code. */
export async function runInstalled(script) {
  install()
  process.exitCode = await runScript(script)
}

function isInstalled(hash) {
  const installed = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(packagedNode) || !existsSync(installed)) return false
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true
  return statSync(installed).mtimeMs >= statSync(lock).mtimeMs
}

function runNpm(args) {
  const options = { cwd: root, stdio: 'inherit' }
  const npm = process.env.npm_execpath
  if (npm?.endsWith('.js')) return spawnSync(process.execPath, [npm, ...args], options)
  return spawnSync('npm', args, { ...options, shell: windows })
}

function fail(words) {
  console.error(`\n${words}\n`)
  process.exit(1)
}
