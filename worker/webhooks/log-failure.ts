import type { EventKey } from './store.ts'

/** Work on a hook's event failed; without personal data, and without its payload. */
export function logFailure({ site, source, key }: EventKey, error: unknown) {
  const cause = error instanceof Error ? error : new Error(String(error))
  const stack = cause.stack?.split('\n').slice(1, 6)
  // biome-ignore lint/suspicious/noConsole: the log is where causes go
  console.error(
    JSON.stringify({
      site,
      source,
      key,
      error: cause.name,
      text: cause.message.split('\nparams:')[0]?.slice(0, 300),
      stack,
    }),
  )
}
