/** What of Vitest's JSON report decides whether a run was good. */
export interface Report {
  testResults: FileResult[]
}

interface FileResult {
  /** The file's path. */
  name: string
  status: string
  /** A test that passed with messages of failure passed at a later try. */
  assertionResults: { fullName: string; status: string; failureMessages?: string[] }[]
}

/** A file that failed before its first test counts as one failure, and so does a run that ended badly without any. */
export function countTests(report: Report | null, exitCode: number) {
  const statuses = (report?.testResults ?? []).flatMap((file) => file.assertionResults.map((test) => test.status))
  const passed = statuses.filter((status) => status === 'passed').length
  const brokenFiles = failedFiles(report).filter((file) => !file.assertionResults.length)
  const found = statuses.filter((status) => status === 'failed').length + brokenFiles.length
  const failed = found === 0 && (exitCode !== 0 || !passed) ? 1 : found
  return { passed, failed, skipped: statuses.filter((status) => status !== 'passed' && status !== 'failed').length }
}

export const failedFiles = (report: Report | null) =>
  (report?.testResults ?? []).filter((file) => file.status === 'failed')

/** The first run with the files of the second in place of its own. */
export function replaceFiles(first: Report, second: Report): Report {
  const again = new Map(second.testResults.map((file) => [file.name, file]))
  return { testResults: first.testResults.map((file) => again.get(file.name) ?? file) }
}

/** What passed, though not at its first try. */
export const passedLater = (report: Report | null) =>
  (report?.testResults ?? []).flatMap((file) =>
    file.assertionResults
      .filter((test) => isPassed(test) && test.failureMessages?.length)
      .map((test) => ({ file: file.name, test: test.fullName })),
  )

/** What failed in the first run and passed in the second, by file. */
export const onlyPassedAgain = (first: Report, second: Report) =>
  failedFiles(first).flatMap((file) => {
    const again = second.testResults.find(({ name }) => name === file.name)
    if (!file.assertionResults.length)
      return again?.status === 'passed' ? [{ file: file.name, test: '(the file)' }] : []
    const passes = new Set(again?.assertionResults.filter(isPassed).map((test) => test.fullName))
    return file.assertionResults
      .filter((test) => test.status === 'failed' && passes.has(test.fullName))
      .map((test) => ({ file: file.name, test: test.fullName }))
  })

const isPassed = (test: { status: string }) => test.status === 'passed'
