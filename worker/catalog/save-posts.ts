import type { Post } from '../../protocol/catalog.ts'
import { refreshCards } from '../chats/refresh-cards.ts'
import { database } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Site } from '../sites/load.ts'
import { putPosts } from './store.ts'

/** Saves a batch. Authors need no desk: where there is none, the site's default desk answers. */
export async function savePosts(env: Env, site: Site, posts: Post[]) {
  const changed = await putPosts(database(env, site.db), site.id, posts)
  await refreshCards(env, site, { context: 'post', things: changed })
  return { saved: new Set(posts.map(({ id }) => id)).size }
}
