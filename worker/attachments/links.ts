import type { FileLinks } from '../../protocol/attachments.ts'
import type { FileId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { LINK_MS, signLink } from './link.ts'
import { visibleFiles } from './link-store.ts'

/** Links to those of these files that the session’s person may see, by the worker’s clock `nowMs`. */
export async function linkFiles(
  env: Env,
  site: Site,
  { sid, sub }: SessionClaims,
  files: readonly FileId[],
  nowMs: number,
): Promise<FileLinks> {
  const visible = await visibleFiles(database(env, site.db), site.id, sub, files)
  const expires = Math.floor((nowMs + LINK_MS) / 1000)
  const link = (file: FileId, thumbnail: boolean) =>
    signLink(env, { site: site.id, file, session: sid, thumbnail, expires })
  const links = visible.map(async ({ id, thumbnail }) => ({
    file: id,
    url: await link(id, false),
    thumbnail: thumbnail === 1 ? await link(id, true) : null,
  }))
  return { links: await Promise.all(links), expiresAt: expires * 1000 }
}
