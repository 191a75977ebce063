import type { Words } from '../locales/words.ts'

/** How long still: seconds, above two minutes minutes. */
export function waitIn(words: Words, ms: number): string {
  const n = Math.max(1, Math.ceil(ms / 1000))
  return n > 120 ? words.say('minutes', { n: Math.ceil(n / 60) }) : words.say('seconds', { n })
}
