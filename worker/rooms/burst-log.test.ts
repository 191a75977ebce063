import { describe, expect, it } from 'vitest'
import { BurstLog } from './burst-log.ts'

const LIMIT = { most: 2, windowMs: 1000 }

describe('a burst log', () => {
  it('admits so many and says when the next one fits', () => {
    const log = new BurstLog()
    expect(log.reserve('sam', 'a', LIMIT, 0)).toEqual({ admit: 'fresh' })
    expect(log.reserve('sam', 'b', LIMIT, 400)).toEqual({ admit: 'fresh' })
    expect(log.reserve('sam', 'c', LIMIT, 600)).toEqual({ admit: false, retryAfterMs: 400 })
    expect(log.reserve('priya', 'c', LIMIT, 600)).toEqual({ admit: 'fresh' })
    expect(log.reserve('sam', 'c', LIMIT, 1001)).toEqual({ admit: 'fresh' })
  })

  it('knows a retry at full quota', () => {
    const log = new BurstLog()
    for (const id of ['a', 'b']) log.reserve('sam', id, LIMIT, 0)
    expect(log.reserve('sam', 'a', LIMIT, 1)).toEqual({ admit: 'retry' })
  })

  it('gives back what the database refused', () => {
    const log = new BurstLog()
    for (const id of ['a', 'b']) log.reserve('sam', id, LIMIT, 0)
    log.release('sam', 'a')
    expect(log.reserve('sam', 'c', LIMIT, 1)).toEqual({ admit: 'fresh' })
  })

  it('never lets a window end before the database’s own', () => {
    const log = new BurstLog()
    for (const id of ['a', 'b']) log.reserve('sam', id, LIMIT, 0)
    log.admitted('sam', 'a', 300)
    log.admitted('sam', 'b', 250)
    expect(log.reserve('sam', 'c', LIMIT, 1001)).toEqual({ admit: false, retryAfterMs: 249 })
  })

  it('admits everything without a limit', () => {
    const log = new BurstLog()
    for (let i = 0; i < 50; i++) expect(log.reserve('sam', `${i}`, null, 0)).toEqual({ admit: 'fresh' })
  })
})
