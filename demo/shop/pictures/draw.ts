import { MARKS } from './desks.ts'
import { KITCHEN } from './kitchen.ts'
import { LINEN } from './linen.ts'
import { LIVING } from './living.ts'

const drawings = new Map(Object.entries({ ...KITCHEN, ...LIVING, ...LINEN, ...MARKS }))

/** The picture of that name as an SVG file, or null. */
export function draw(name: string): string | null {
  const inside = drawings.get(name)
  return inside
    ? `<svg xmlns="http://www.w3.org/2000/svg" width="440" height="440" viewBox="0 0 440 440">${inside}\n</svg>`
    : null
}
