/**
 * Does a part of the cron's work for one site after the other. One that fails is logged and ends no other; if any did, it
 * throws at the end, so that the cron is known to have failed.
 */
export async function eachSite(sites: readonly string[], work: (site: string) => Promise<void>): Promise<void> {
  const failed: unknown[] = []
  for (const site of sites) {
    await work(site).catch((error) => {
      logSite(site, error)
      failed.push(error)
    })
  }
  if (failed.length > 0) throw new AggregateError(failed, `Failed for ${failed.length} of ${sites.length} sites`)
}

function logSite(site: string, error: unknown) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
  // A failed query's message carries its values, which are people's, and the stack begins with the message.
  const text = message.split('\nparams:')[0]?.slice(0, 300)
  const frames = stack?.split('\n').filter((line) => line.startsWith('    at '))
  // biome-ignore lint/suspicious/noConsole: the log is where causes go
  console.error(JSON.stringify({ site, error: name, text, stack: frames?.slice(0, 5) }))
}
