/** What of Vitest's JSON report decides whether a run was good. */
export interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

/** A file that failed before its first test counts as one failure, and so does a run that ended badly without any. */
export function countTests(report: Report | null, exitCode: number) {
  const brokenFiles = report?.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length)
  const found = (report?.numFailedTests ?? 0) + (brokenFiles?.length ?? 0)
  const failed = found === 0 && (exitCode !== 0 || !report?.numPassedTests) ? 1 : found
  const skipped = (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0)
  return { passed: report?.numPassedTests ?? 0, failed, skipped }
}
