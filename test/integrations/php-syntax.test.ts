import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { needsPhp, php } from './play.ts'

const FILES = globSync('integrations/wordpress/**/*.php')
const lint = promisify(execFile)

// Grammar that PHP 7.4 does not have; a newer php -l lets it pass.
const TOO_NEW = [
  /\?->/,
  /\bmatch\s*\(/,
  /\benum\s+\w+/,
  /\breadonly\b/,
  /[(,]\s*mixed\s+\$/,
  /#\[/,
  /function __construct\([^)]*\b(private|public|protected)\b/,
]

describe(`every PHP file of the plugin${needsPhp}`, () => {
  it.skipIf(!php).each(FILES)('%s is PHP', async (file) => {
    const { stdout } = await lint('php', ['-d', 'error_reporting=-1', '-l', file])
    expect(stdout).toMatch(/^No syntax errors/)
  })
})

describe('every PHP file of the plugin, read as text', () => {
  it('is there', () => {
    expect(FILES.length).toBeGreaterThan(20)
  })

  it.each(FILES)('%s runs on PHP 7.4 and not by its own address', (file) => {
    const code = readFileSync(file, 'utf8')
    for (const grammar of TOO_NEW) expect(code).not.toMatch(grammar)
    expect(code).toMatch(/defined\( '(ABSPATH|WP_UNINSTALL_PLUGIN)' \) \|\| exit;/)
    expect(code).not.toMatch(/\b(eval|unserialize|extract|var_dump|print_r|error_log)\s*\(/)
  })
})
