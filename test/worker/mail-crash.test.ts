import { expect, it } from 'vitest'
import { crashMails, type MailCrashPlan } from '../support/mail-crash.ts'

// The whole takes minutes: with SHOPBELL_PROOF=1 only.
const plan: MailCrashPlan = process.env.SHOPBELL_PROOF
  ? { mails: 2_000, kills: 10, faults: { tooMany: 0.1, broken: 0.05, acceptThenDrop: 0.02 } }
  : { mails: 300, kills: 3, faults: { tooMany: 0.1, broken: 0.05, acceptThenDrop: 0.05 } }
const { mails, kills } = plan

it(`hands each of ${mails} mails over exactly once through ${kills} kills, while the provider refuses, breaks and drops lines`, async () => {
  const report = await crashMails(plan)
  console.log(report)
  expect(report).toMatchObject({ accepted: mails, missing: 0, twice: 0, violations: [], kills })
  // The control: without its key a mail would have come again so often.
  expect(report.repeated).toBeGreaterThan(0)
}, 900_000)
