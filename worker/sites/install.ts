import { Install } from '../../protocol/admin/install.ts'
import { type PutWizard, Wizard } from '../../protocol/admin/wizard.ts'
import { scriptTag } from '../../protocol/script-tag.ts'
import { auditIfChanged } from '../audit/record.ts'
import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { listHooks } from './hooks.ts'
import type { Site } from './load.ts'
import { readInstall, readWizard, writeWizard } from './store.ts'

/** Script tag, keys, origins and hooks of a site; `at` is the deployment's address. */
export async function installOf(env: Env, site: Site, at: string): Promise<Install> {
  const [{ keys, origins }, { hooks }] = await Promise.all([readInstall(env, site.id), listHooks(env, site, at)])
  const name = site.settings.brand.name ?? site.name
  return Install.parse({ site: site.id, name, url: at, tag: scriptTag(at, site.id), keys, origins, hooks })
}

const FIRST: Wizard = { state: 'new', step: 'shop', settingsOpen: false }

export async function wizardOf(env: Env, site: Site): Promise<Wizard> {
  const stored = await readWizard(env, site.id)
  return stored === null ? FIRST : Wizard.catch(FIRST).parse(JSON.parse(stored))
}

const DEEDS = { running: 'wizard.started', skipped: 'wizard.skipped', completed: 'wizard.completed' } as const

/**
 * How far the wizard is. Once the settings are open they stay so, whether or not it is run again. Where it stands is no
 * more than a bookmark: what a step saves is in the log, and so is that the wizard was begun or ended.
 */
export async function putWizard(env: Env, site: Site, actor: Actor, { state, step }: PutWizard): Promise<Wizard> {
  const before = await wizardOf(env, site)
  const next = { state, step, settingsOpen: before.settingsOpen || state !== 'running' }
  const log = auditIfChanged(directory(env), { site: site.id, actor, action: DEEDS[state] })
  await writeWizard(env, site.id, JSON.stringify(next), state === before.state ? [] : [log])
  return next
}
