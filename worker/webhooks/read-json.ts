// A string, to be skipped, or an integer of 16 digits or more: 2^53 has 16.
const STRING_OR_BIG = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d{16,}(?![\d.eE])/g

/**
 * JSON as UTF-8 bytes, with integers that a double cannot hold as text: Shopify's ids in test notifications exceed
 * 2^53. Undefined for what is no JSON.
 */
export function readJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    return JSON.parse(text.replace(STRING_OR_BIG, (found) => (found.startsWith('"') ? found : `"${found}"`)))
  } catch {
    return undefined // What it is not, the caller counts.
  }
}
