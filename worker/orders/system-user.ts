import type { SiteId, UserId } from '../../protocol/ids.ts'
import { sha256 } from '../ids.ts'

const systemUsers = new Map<string, Promise<UserId>>()

/** Who sends what Shopbell writes by itself at a site; the same id every time, made with the first message. */
export function systemUser(site: SiteId): Promise<UserId> {
  const known =
    systemUsers.get(site) ?? sha256(`system user of ${site}`).then((hash) => `usr_${hash.slice(0, 32)}` as UserId)
  systemUsers.set(site, known)
  return known
}
