import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contrast, onAccent } from './on-accent.ts'

const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

it('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21)
  expect(contrast('#ffffff', '#ffffff')).toBe(1)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3)
  expect(contrast('#ffffff', '#767676')).toBeCloseTo(4.542, 3)
})

it('writes white on dark accents and dark on light ones', () => {
  expect(onAccent('#0b655f')).toBe('#ffffff')
  expect(onAccent('#ffe600')).toBe('#13191c')
  expect(onAccent('#ffffff')).toBe('#13191c')
})

it('can be read on every accent there is', () => {
  fc.assert(
    fc.property(color, (accent) => {
      expect(contrast(onAccent(accent), accent)).toBeGreaterThanOrEqual(4.5)
    }),
    { numRuns: 5000 },
  )
  for (let grey = 0; grey < 256; grey++) {
    const accent = `#${grey.toString(16).padStart(2, '0').repeat(3)}`
    expect(contrast(onAccent(accent), accent)).toBeGreaterThanOrEqual(4.5)
  }
})
