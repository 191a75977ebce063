/** A cursor is `epoch.n.chat`; the chat `~` says that everything up to change number `n` is held. */
function parse(cursor: string) {
  const [epoch = '', n = '0', chat = ''] = cursor.split('.')
  return { epoch, n: Number(n), chat }
}

/** The cursor after a frame, or null where something may lie between: then ask `/sync`. */
export function advance(cursor: string | null, frame: { n: number; prev: number }): string | null {
  if (!cursor) return null
  const { epoch, n, chat } = parse(cursor)
  if (chat !== '~') return null
  if (frame.n <= n) return cursor
  return frame.prev <= n ? `${epoch}.${frame.n}.~` : null
}

/** The further of two cursors; frames may have moved ours while an answer was on its way. Another epoch always wins. */
export function further(held: string | null, answered: string): string {
  if (!held) return answered
  const [a, b] = [parse(held), parse(answered)]
  if (a.epoch !== b.epoch || a.n < b.n) return answered
  return a.n > b.n || a.chat >= b.chat ? held : answered
}
