/** Whether a user has a socket: read by every write that tells people, so that nobody else is called. */
export async function savePresence(db: D1Database, user: string, online: boolean): Promise<void> {
  await db
    .prepare('UPDATE users SET online = ?1 WHERE id = ?2 AND online <> ?1')
    .bind(online ? 1 : 0, user)
    .run()
}
