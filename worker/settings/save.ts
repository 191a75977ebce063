import {
  type PutSettings,
  resolveSettings,
  SettingsDocument,
  settingsChanges,
  settingsDiff,
  withChanges,
} from '../../protocol/settings/index.ts'
import { auditAllIfChanged } from '../audit/record.ts'
import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { AppError } from '../http/errors.ts'
import { parse } from '../http/validate.ts'
import { forgetSite, type Site } from '../sites/load.ts'
import { settingsConflict } from './conflict.ts'
import { readSettings } from './read.ts'
import { savesAfter, writeStored } from './store.ts'

/**
 * Saves some settings over the version they were read at. 409 `settings_conflict` with what was changed if somebody was
 * faster, 422 with each wrong field as it stands in the body (`settings.limits.burstPerChat`). What changes nothing is no save.
 */
export async function saveSettings(env: Env, site: Site, change: PutSettings, actor: Actor): Promise<SettingsDocument> {
  const current = await readSettings(env, site.id)
  if (current.version !== change.version) throw await settingsConflict(env, site, change.version)
  const next = parse(SettingsDocument, {
    version: change.version + 1,
    settings: withChanges(current.settings, change.settings),
  })
  return replace(env, site, { current, next: next.settings, actor, action: 'settings.saved' })
}

/** Takes the last save back, in a save of its own. 404 where none is known, 409 if `version` is no longer the last one. */
export async function undoSettings(env: Env, site: Site, version: number, actor: Actor): Promise<SettingsDocument> {
  const current = await readSettings(env, site.id)
  if (current.version !== version) throw await settingsConflict(env, site, version)
  const [last] = await savesAfter(directory(env), site.id, version - 1)
  if (!last) throw new AppError('not_found', { detail: 'There is no save to take back.' })
  return replace(env, site, { current, next: resolveSettings(last.before), actor, action: 'settings.undone' })
}

interface Replacement {
  current: SettingsDocument
  next: SettingsDocument['settings']
  actor: Actor
  action: 'settings.saved' | 'settings.undone'
}

async function replace(env: Env, site: Site, { current, next, actor, action }: Replacement): Promise<SettingsDocument> {
  const { version, settings } = current
  const changes = settingsChanges(settings, next)
  if (changes.length === 0) return current
  const db = directory(env)
  const deeds = changes.map((change) => ({ site: site.id, actor, action, ...change }))
  const json = JSON.stringify(settingsDiff(next))
  const then = [auditAllIfChanged(db, deeds)]
  const saved = await writeStored(db, { site: site.id, version, json, actor: actor.id, then })
  if (!saved) throw await settingsConflict(env, site, version)
  forgetSite(site.id)
  return { version: version + 1, settings: next }
}
