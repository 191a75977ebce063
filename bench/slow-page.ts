import type { Browser, CDPSession, Page } from 'playwright-core'

const SLOWED = 4

export interface SlowPage {
  page: Page
  /** Main-thread CPU so far, ms: thread time, so that other work on the machine does not count. */
  cpuMs(): Promise<number>
  close(): Promise<void>
}

/** A page of a fresh browser context, nothing cached, its CPU slowed four times. */
export async function openSlowPage(browser: Browser): Promise<SlowPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const session: CDPSession = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  return {
    page,
    async cpuMs() {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
    },
    close: () => context.close(),
  }
}
