import { spawnSync } from 'node:child_process'

const BIN = 'node_modules/.bin'

// Cheap before dear. Each is silent while it is right.
const STEPS: [title: string, program: string, args: string[]][] = [
  ['format and lint', `${BIN}/biome`, ['ci', '--diagnostic-level=warn', '--colors=off']],
  ['boundaries', process.execPath, ['scripts/boundaries.ts']],
  ...['protocol', 'worker', 'widgets', 'admin', 'test'].map((folder): [string, string, string[]] => [
    `types of ${folder}`,
    `${BIN}/tsc`,
    ['-p', folder, '--pretty', 'false'],
  ]),
  ['generated docs', process.execPath, ['scripts/generate-docs.ts', '--check']],
  ['build', process.execPath, ['scripts/build-widgets.ts']],
  ['sizes', process.execPath, ['scripts/check-size.ts', '--check']],
]

const broken = STEPS.filter(([title, program, args]) => !passes(title, program, args)).map(([title]) => title)
const tests = spawnSync(process.execPath, ['scripts/run-tests.ts'], { stdio: 'inherit' })
if (tests.status !== 0) broken.push('tests')
console.log(broken.length ? `\nNot right: ${broken.join(', ')}.` : '\nAll checks are green.')
process.exitCode = broken.length ? 1 : 0

function passes(title: string, program: string, args: string[]): boolean {
  const started = performance.now()
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${title} (${seconds} s)`)
  if (status !== 0) console.log(`${error?.message ?? ''}${stdout}${stderr}`.trim().replace(/^/gm, '  '))
  return status === 0
}
