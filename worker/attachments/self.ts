/** A user's own id and those of the guests that they were. */
export const SELF = (user: string) => `(SELECT ${user} UNION ALL SELECT id FROM users WHERE merged_into = ${user})`
