import type { HostedSite } from '../../protocol/admin/sign-in.ts'
import type { Env } from '../env.ts'
import { AppError } from '../http/errors.ts'
import { canSendMail } from '../notifications/can-send-mail.ts'
import { onlySite } from '../sites/list.ts'
import { loadSite } from '../sites/load.ts'

/** The site that a hosted page speaks of: the one it names, else the only one there is. 403 `site_unknown`. */
export async function hostedSite(env: Env, named: string | undefined): Promise<HostedSite> {
  const id = named ?? (await onlySite(env))
  const mail = canSendMail(env)
  if (id === null) return { site: null, name: null, mail }
  const site = await loadSite(env, id)
  if (!site) throw new AppError('site_unknown')
  return { site: site.id, name: site.settings.brand.name ?? site.name, mail }
}
