import type { ChatId, SiteId } from '../../protocol/ids.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'

/** A chat's room is named by site and chat, so that nobody of another site can so much as wake it. */
export const roomOf = (env: Env, site: SiteId, chat: ChatId) => env.CHAT_ROOM.getByName(`${site}/${chat}`)

/** Where a room finds its chat. */
export const homeOf = (site: Site, chat: ChatId) => ({ db: site.db, site: site.id, chat })
