import type { AuditAction } from '../../protocol/admin/audit.ts'
import type { SiteOrigin } from '../../protocol/operator.ts'
import { auditIfChanged } from '../audit/record.ts'
import { directory } from '../db/client.ts'
import type { Env } from '../env.ts'
import type { Actor } from '../http/actor.ts'
import { forgetOrigin } from '../http/origin.ts'
import { forgetSite, type Site } from './load.ts'
import { deleteOrigin, insertOrigin } from './store.ts'

/** Lets pages of this origin speak to the site; other isolates learn of it within seconds. */
export async function addOrigin(env: Env, site: Site, origin: SiteOrigin, actor: Actor): Promise<void> {
  await insertOrigin(env, site.id, origin, logOf(env, site, origin, actor, 'origin.added'))
  forgetOrigin(origin.origin)
  forgetSite(site.id)
}

export async function removeOrigin(env: Env, site: Site, origin: SiteOrigin, actor: Actor): Promise<void> {
  await deleteOrigin(env, site.id, origin, logOf(env, site, origin, actor, 'origin.removed'))
  forgetOrigin(origin.origin)
  forgetSite(site.id)
}

const logOf = (env: Env, site: Site, { origin, use }: SiteOrigin, actor: Actor, action: AuditAction) =>
  auditIfChanged(directory(env), { site: site.id, actor, action, subject: origin, field: use })
