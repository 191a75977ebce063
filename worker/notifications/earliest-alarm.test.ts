import { expect, it } from 'vitest'
import { EarliestAlarm } from './earliest-alarm.ts'

/** Keeps one alarm, as an object's storage does. */
function storage(kept: number | null = null) {
  const state = { at: kept, writes: 0 }
  return {
    state,
    getAlarm: async () => state.at,
    async setAlarm(at: number | Date) {
      state.at = Number(at)
      state.writes++
    },
  }
}

it('is set, brought forward, and never put off', async () => {
  const kept = storage()
  const alarm = new EarliestAlarm(kept)
  await alarm.recall()
  await alarm.set(5_000, 0)
  await alarm.set(9_000, 0)
  expect(kept.state).toEqual({ at: 5_000, writes: 1 })
  await alarm.set(2_000, 0)
  expect(kept.state.at).toBe(2_000)
})

it('that is due at once stays so while its object makes out when it would go on', async () => {
  const kept = storage()
  const alarm = new EarliestAlarm(kept)
  alarm.begins()
  await alarm.set(1_000, 1_000)
  await alarm.set(61_020, 1_020)
  expect(kept.state.at).toBe(1_000)
})

it('outlives its object, put away and made anew', async () => {
  const kept = storage(5_000)
  const alarm = new EarliestAlarm(kept)
  await alarm.recall()
  await alarm.set(60_000, 0)
  expect(kept.state).toEqual({ at: 5_000, writes: 0 })
})

it('may be set to any time once it has gone off', async () => {
  const kept = storage(5_000)
  const alarm = new EarliestAlarm(kept)
  await alarm.recall()
  alarm.begins()
  await alarm.set(60_000, 5_001)
  expect(kept.state.at).toBe(60_000)
})
