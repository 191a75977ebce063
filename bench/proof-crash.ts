// `npm run proof:crash`: KILLS (200) times SIGKILL during SENDS (50000) of SENDERS (16) over CHATS (10), watched by
// OBSERVERS; what became of every acknowledged message goes to docs/proofs/crash.json. Exit code 1 on any violation.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import type * as Crash from '../test/support/crash.ts'

const number = (name: string, or: number) => Number(process.env[name] ?? or)

const plan: Crash.CrashPlan = {
  kills: number('KILLS', 200),
  sends: number('SENDS', 50_000),
  senders: number('SENDERS', 16),
  chats: number('CHATS', 10),
  observers: number('OBSERVERS', 4),
  thinkMs: number('THINK_MS', 60),
}
const file = new URL('../docs/proofs/crash.json', import.meta.url)

// The observers are the widgets' own stores, whose TypeScript is more than Node can strip by itself.
const modules = await createServer({
  root: fileURLToPath(new URL('..', import.meta.url)),
  configFile: false,
  appType: 'custom',
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, watch: null, ws: false },
})
const { crash } = (await modules.ssrLoadModule('/test/support/crash.ts')) as typeof Crash
const report = await crash(plan, console.log)
const violations = violationsOf(report)
console.log(report)
await mkdir(new URL('.', file), { recursive: true })
await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), plan, report, violations }, null, 2)}\n`)
console.log(violations.length ? violations.join('\n') : 'Nothing lost, nothing twice, no hole, one order for all.')
// The observers' own timers would keep us.
process.exit(violations.length ? 1 : 0)

function violationsOf({ kills, acked, ...counts }: Crash.CrashReport): string[] {
  const { lost, twice, holes, moved, outOfOrder, observersDiffer } = counts
  const wrong = Object.entries({ lost, twice, holes, moved, outOfOrder, observersDiffer })
  const found = wrong.filter(([, count]) => count > 0).map(([what, count]) => `${what}: ${count}`)
  // Fewer would prove less than the numbers say.
  if (kills < plan.kills) found.push(`only ${kills} of ${plan.kills} kills: raise THINK_MS or SENDS`)
  if (acked < plan.sends) found.push(`only ${acked} of ${plan.sends} sends were acknowledged`)
  return found
}
