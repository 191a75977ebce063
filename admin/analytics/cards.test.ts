import { describe, expect, it } from 'vitest'
import { changeOf } from './cards.ts'

const shown = (value: number) => `${value} pieces`
const change = (now: number | null, before: number | null) => changeOf({ now, before, shown })

describe('the change against the period before', () => {
  it('is a share of what was before, with its direction', () => {
    expect(change(150, 100)).toEqual({ sign: 'up', share: '50%', before: '100 pieces' })
    expect(change(30, 120)).toEqual({ sign: 'down', share: '75%', before: '120 pieces' })
    expect(change(0, 8)).toEqual({ sign: 'down', share: '100%', before: '8 pieces' })
    expect(change(2.5, 2)).toEqual({ sign: 'up', share: '25%', before: '2 pieces' })
  })

  it('is none where it is less than half a percent', () => {
    expect(change(1000, 1000)).toBe('same')
    expect(change(1004, 1000)).toBe('same')
    expect(change(1006, 1000)).toMatchObject({ sign: 'up', share: '1%' })
  })

  it('is new where there was nothing, and nothing where there still is', () => {
    expect(change(3, 0)).toBe('fresh')
    expect(change(3, null)).toBe('fresh')
    expect(change(0, 0)).toBe('same')
  })

  it('is not told of what is not known now', () => {
    expect(change(null, 5)).toBeNull()
    expect(change(null, null)).toBeNull()
  })
})
