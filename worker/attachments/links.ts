import type { FileLinks } from '../../protocol/attachments.ts'
import type { ChatId, FileId } from '../../protocol/ids.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { SessionClaims } from '../sessions/token.ts'
import type { Site } from '../sites/load.ts'
import { LINK_MS, signLink } from './link.ts'
import { filesOfChat, type VisibleFile, visibleFiles } from './link-store.ts'

/** Links to those of these files that the session’s person may see, by the worker’s clock `nowMs`. */
export async function linkFiles(
  env: Env,
  site: Site,
  session: SessionClaims,
  files: readonly FileId[],
  nowMs: number,
): Promise<FileLinks> {
  const visible = await visibleFiles(database(env, site.db), site.id, session.sub, files)
  return signLinks(env, session, visible, nowMs)
}

/** The same for files of one chat of the site: whether the session may read that chat is the caller’s to say. */
export async function linkFilesOf(
  env: Env,
  site: Site,
  session: SessionClaims,
  { chat, files }: { chat: ChatId; files: readonly FileId[] },
  nowMs: number,
): Promise<FileLinks> {
  const visible = await filesOfChat(database(env, site.db), site.id, chat, files)
  return signLinks(env, session, visible, nowMs)
}

async function signLinks(env: Env, { sid, site }: SessionClaims, files: VisibleFile[], nowMs: number) {
  const expires = Math.floor((nowMs + LINK_MS) / 1000)
  const link = (file: FileId, thumbnail: boolean) => signLink(env, { site, file, session: sid, thumbnail, expires })
  const links = files.map(async ({ id, thumbnail }) => ({
    file: id,
    url: await link(id, false),
    thumbnail: thumbnail === 1 ? await link(id, true) : null,
  }))
  return { links: await Promise.all(links), expiresAt: expires * 1000 }
}
