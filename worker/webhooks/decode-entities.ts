const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  times: '×',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  reg: '®',
  copy: '©',
  trade: '™',
  euro: '€',
  pound: '£',
  yen: '¥',
}

/** Reads the entities that WordPress writes into names, once: `&amp;lt;` is the text `&lt;`. Others stay as they are. */
export const decodeEntities = (text: string) =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const QUOTED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/**
 * WordPress's `wp_specialchars_decode(…, ENT_QUOTES)`: WooCommerce signs with a webhook's secret after this
 * (class-wc-webhook.php, generate_signature), so a secret that was copied with entities in it is read the same way.
 */
export const decodeSpecialChars = (secret: string) =>
  secret.replace(/&(?:(amp|lt|gt|quot)|#0*(38|60|62|34|39)|#x(26|3c|3e|22|27));/gi, (_, name, decimal, hex) =>
    name
      ? (QUOTED[String(name).toLowerCase()] ?? '')
      : String.fromCharCode(decimal ? Number(decimal) : Number.parseInt(hex, 16)),
  )
