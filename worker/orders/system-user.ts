import type { SiteId, UserId } from '../../protocol/ids.ts'
import { sha256 } from '../ids.ts'
import { remember } from '../remember.ts'

const known = remember<UserId>()

/** Who sends what Shopbell writes by itself at a site; the same id every time, made with the first message. */
export const systemUser = (site: SiteId): Promise<UserId> =>
  known.get(site, async () => `usr_${(await sha256(`system user of ${site}`)).slice(0, 32)}` as UserId)
