const WHITE = '#ffffff'
const INK = '#13191c'
const BLACK = '#000000'
/** WCAG 2.2, 1.4.3: text of any size. */
const LEAST = 4.5

/**
 * The colour of text on an accent (`#rrggbb`): white, our dark, or black in the narrow band where neither of the two
 * reaches 4.5:1.
 */
export const onAccent = (accent: string) => [WHITE, INK].find((text) => contrast(text, accent) >= LEAST) ?? BLACK

/** WCAG's contrast ratio of two colours, 1 to 21. */
export function contrast(one: string, other: string) {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** WCAG's relative luminance, 0 to 1. */
function luminance(color: string) {
  const part = (at: number) => linear(Number.parseInt(color.slice(at, at + 2), 16) / 255)
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
