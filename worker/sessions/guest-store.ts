interface Details {
  name: string | null
  email: string | null
}

export const readGuestDetails = (db: D1Database, site: string, user: string) =>
  db.prepare('SELECT name, email FROM users WHERE id = ?2 AND site = ?1').bind(site, user).first<Details>()

/** An address that answers have been confirmed to go to stays; a session that is over changes nothing. */
export async function saveGuestDetails(
  db: D1Database,
  site: string,
  { sub, sid }: { sub: string; sid: string },
  { name, email }: Details,
): Promise<void> {
  await db
    .prepare(
      `UPDATE users SET name = coalesce(?3, name), email = iif(email_verified = 1, email, coalesce(?4, email))
       WHERE id = ?2 AND site = ?1 AND guest = 1
       AND EXISTS (SELECT 1 FROM sessions WHERE id = ?5 AND user = ?2 AND revoked_at IS NULL)`,
    )
    .bind(site, sub, name, email, sid)
    .run()
}
