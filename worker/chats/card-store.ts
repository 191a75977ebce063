/** Of the newest chats; whoever looks at an older one has it anew with the next load. */
const MOST_CHATS = 500

export type Cards = { context: 'product' | 'post'; things: string[] } | { seller: string }

const OF = {
  things: `SELECT id FROM chats WHERE site = ?1 AND context = ?2 AND thing IN (SELECT value FROM json_each(?3))
    ORDER BY last_at DESC LIMIT ${MOST_CHATS}`,
  seller: `SELECT id FROM chats WHERE site = ?1 AND seller = ?2 AND ?3 IS NULL ORDER BY last_at DESC LIMIT ${MOST_CHATS}`,
}

/** Stamps everybody in the chats that show these cards, so that a sync brings them; answers who of them is connected. */
export async function stampCards(db: D1Database, site: string, cards: Cards): Promise<string[]> {
  const chats = 'seller' in cards ? OF.seller : OF.things
  const values = 'seller' in cards ? [cards.seller, null] : [cards.context, JSON.stringify(cards.things)]
  const theirs = `chat IN (${chats}) AND left_n IS NULL`
  const [users] = await db.batch<{ user: string }>([
    db
      .prepare(`SELECT id user FROM users WHERE online AND id IN (SELECT user FROM participants WHERE ${theirs})`)
      .bind(site, ...values),
    db
      .prepare(`UPDATE participants SET changed = (SELECT n + 1 FROM clock WHERE site = ?1) WHERE ${theirs}`)
      .bind(site, ...values),
    db.prepare('UPDATE clock SET n = n + 1 WHERE site = ?1 AND changes() > 0').bind(site),
  ])
  return users?.results.map(({ user }) => user) ?? []
}
