import {
  type FieldChange,
  resolveSettings,
  type SettingsConflict,
  settingsChanges,
} from '../../protocol/settings/index.ts'
import { namesOf } from '../audit/names.ts'
import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'
import { readStored, type SaveRow, savesAfter } from './store.ts'

/** The refusal of a save over an older version: which settings are different since then, and whose doing that is. */
export async function settingsConflict(env: Env, site: Site, since: number): Promise<AppError> {
  const db = directory(env)
  const stored = await readStored(db, site.id)
  if (!stored) return new AppError('site_unknown')
  const saves = await savesAfter(db, site.id, since)
  // A save that is forgotten, or not yet made, leaves nothing to compare with.
  const isKnown = saves[0]?.version === since + 1
  const changes = isKnown ? await changesOver(env, site, saves, stored.json) : null
  const conflict: SettingsConflict = { version: stored.version, changes }
  return new AppError('settings_conflict', { conflict })
}

async function changesOver(env: Env, site: Site, saves: SaveRow[], now: string): Promise<FieldChange[]> {
  const states = [...saves.map(({ before }) => before), now].map(resolveSettings)
  const nameOf = await namesOf(env, site, [...new Set(saves.map(({ actor }) => actor))])
  const last = new Map<string, { by: string; at: number }>()
  for (const [index, { actor, at }] of saves.entries()) {
    const [before, after] = [states[index], states[index + 1]]
    if (!before || !after) continue
    for (const { field } of settingsChanges(before, after)) last.set(field, { by: nameOf(actor), at })
  }
  const [base, current] = [states[0], states.at(-1)]
  if (!base || !current) return []
  return settingsChanges(base, current).flatMap((change) => {
    const who = last.get(change.field)
    return who ? [{ ...change, ...who }] : []
  })
}
