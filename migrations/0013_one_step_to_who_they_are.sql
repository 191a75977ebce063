-- Guests of guests who signed in belong to the account: who somebody was is asked one step deep.

WITH RECURSIVE heirs (id, heir) AS (
  SELECT id, merged_into FROM users WHERE merged_into IS NOT NULL
  UNION ALL
  SELECT heirs.id, users.merged_into FROM heirs JOIN users ON users.id = heirs.heir WHERE users.merged_into IS NOT NULL
)
UPDATE users SET merged_into = (
  SELECT heir FROM heirs JOIN users last ON last.id = heir AND last.merged_into IS NULL WHERE heirs.id = users.id
) WHERE merged_into IN (SELECT id FROM heirs);
