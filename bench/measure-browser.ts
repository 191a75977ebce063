import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { launchWholeBrowser } from '../test/support/browser.ts'
import { buttonShown } from './button-shown.ts'
import type { Figure } from './figure.ts'
import { openLog } from './open-log.ts'

/** Everything about the widgets, as built from the sources of this moment, in a browser slowed four times. */
export async function measureBrowser(): Promise<Figure[]> {
  execFileSync(process.execPath, [resolve(import.meta.dirname, '../scripts/build-widgets.ts')], { stdio: 'inherit' })
  const browser = await launchWholeBrowser()
  try {
    return [...(await buttonShown(browser)), ...(await openLog(browser))]
  } finally {
    await browser.close()
  }
}
