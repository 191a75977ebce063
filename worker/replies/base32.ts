const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const BITS = 5

/** RFC 4648 base32 in small letters without padding: mail servers fold case. */
export function base32(bytes: Uint8Array): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  let out = ''
  for (let at = 0; at < bits.length; at += BITS)
    out += LETTERS[Number.parseInt(bits.slice(at, at + BITS).padEnd(BITS, '0'), 2)]
  return out
}

/** Null for what is not base32 of whole bytes, in either case. */
export function fromBase32(text: string): Uint8Array<ArrayBuffer> | null {
  let bits = ''
  for (const letter of text.toLowerCase()) {
    const value = LETTERS.indexOf(letter)
    if (value < 0) return null
    bits += value.toString(2).padStart(BITS, '0')
  }
  const bytes = Uint8Array.from({ length: Math.floor(bits.length / 8) }, (_, at) =>
    Number.parseInt(bits.slice(at * 8, at * 8 + 8), 2),
  )
  return /^0{0,4}$/.test(bits.slice(bytes.length * 8)) ? bytes : null
}
