// `npm run proof:mail`: MAILS (10000) while the worker is killed KILLS (50) times and the provider refuses 10 %, breaks 5 %
// and drops 2 % of the calls; what became of every mail goes to docs/proofs/mail.json. Exit code 1 on any violation.
import { mkdir, writeFile } from 'node:fs/promises'
import { crashMails, type MailCrashPlan, type MailCrashReport } from '../test/support/mail-crash.ts'

const number = (name: string, or: number) => Number(process.env[name] ?? or)

const plan: MailCrashPlan = {
  mails: number('MAILS', 10_000),
  kills: number('KILLS', 50),
  faults: { tooMany: 0.1, broken: 0.05, acceptThenDrop: 0.02 },
}
const file = new URL('../docs/proofs/mail.json', import.meta.url)

const report = await crashMails(plan, console.log)
const violations = violationsOf(report)
console.log(report)
await mkdir(new URL('.', file), { recursive: true })
await writeFile(file, `${JSON.stringify({ at: new Date().toISOString(), plan, report, violations }, null, 2)}\n`)
console.log(violations.length ? violations.join('\n') : 'Every mail was handed over once, none is missing.')
process.exit(violations.length ? 1 : 0)

function violationsOf({ missing, twice, accepted, kills, violations: broken }: MailCrashReport): string[] {
  const found = Object.entries({ missing, twice }).filter(([, count]) => count > 0)
  const said = [...found.map(([what, count]) => `${what}: ${count}`), ...broken.slice(0, 20)]
  if (accepted !== plan.mails) said.push(`${accepted} mails for ${plan.mails}`)
  // Fewer would prove less than the numbers say.
  if (kills < plan.kills) said.push(`only ${kills} of ${plan.kills} kills`)
  return said
}
