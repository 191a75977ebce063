import { logFailure } from '../log-failure.ts'

/**
 * Does a part of the cron's work for one site after the other. One that fails is logged and ends no other; if any did, it
 * throws at the end, so that the cron is known to have failed.
 */
export async function eachSite(sites: readonly string[], work: (site: string) => Promise<void>): Promise<void> {
  const failed: unknown[] = []
  for (const site of sites) {
    await work(site).catch((error) => {
      logFailure({ site }, error)
      failed.push(error)
    })
  }
  if (failed.length > 0) throw new AggregateError(failed, `Failed for ${failed.length} of ${sites.length} sites`)
}
