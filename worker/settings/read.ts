import type { SiteId } from '../../protocol/ids.ts'
import { resolveSettings, Settings, type SettingsDocument } from '../../protocol/settings/index.ts'
import { namesOf } from '../audit/names.ts'
import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import type { Site } from '../sites/load.ts'
import { readStored, savesAfter } from './store.ts'

/** The newest settings and their version. */
export async function readSettings(env: Env, site: SiteId): Promise<SettingsDocument> {
  const stored = await readStored(directory(env), site)
  if (!stored) throw new AppError('site_unknown')
  return { version: stored.version, settings: resolveSettings(stored.json) }
}

/** The same with the defaults to compare them with, and who saved last. */
export async function describeSettings(env: Env, site: Site): Promise<SettingsDocument> {
  const document = { ...(await readSettings(env, site.id)), defaults: Settings.parse({}) }
  const [save] = await savesAfter(directory(env), site.id, document.version - 1)
  if (!save) return document
  const name = await namesOf(env, site, [save.actor])
  return { ...document, lastSave: { by: name(save.actor), actor: save.actor, at: save.at } }
}
