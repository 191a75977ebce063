const MOST_CHARS = 300
const MOST_FRAMES = 5

/**
 * Writes down what went wrong and with what (`about`: ids, no words of people). A failed query's message carries its
 * values, which are people's, behind `params:`, and a stack begins with the message: of both only the rest is kept.
 */
export function logFailure(about: Record<string, string>, error: unknown): void {
  const { name, message, stack } = causeOf(error)
  const text = message.split('\nparams:')[0]?.slice(0, MOST_CHARS)
  const frames = stack?.split('\n').filter((line) => line.startsWith('    at '))
  // biome-ignore lint/suspicious/noConsole: the log is where causes go
  console.error(JSON.stringify({ ...about, error: name, text, stack: frames?.slice(0, MOST_FRAMES) }))
}

/** Drizzle wraps what the database said. */
function causeOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  return error.cause instanceof Error ? error.cause : error
}
