/** A step that failed comes again; the log gets the cause without the person. */
export function logTrouble(request: string, error: unknown) {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  // biome-ignore lint/suspicious/noConsole: the log is where causes go
  console.error(JSON.stringify({ request, error: name, text: message.split('\nparams:')[0] }))
}
