import { expect, it } from 'vitest'
import { worstWindow } from './worst-window.ts'

it('finds a window with one too many, however the events come', () => {
  const withinLimit = [0, 10, 20, 1000, 1010, 1020]
  expect(worstWindow(withinLimit, 1000)).toBe(3)
  expect(worstWindow([...withinLimit, 999], 1000)).toBe(4)
})

it('sees what windows laid end to end would miss', () => {
  const aroundAnEdge = [900, 950, 990, 1010, 1050, 1090]
  expect(worstWindow(aroundAnEdge, 1000)).toBe(6)
})

it('does not count an event that comes as the window ends', () => {
  expect(worstWindow([0, 1000], 1000)).toBe(1)
  expect(worstWindow([], 1000)).toBe(0)
})
