import * as z from 'zod'
import { Attachments } from './attachments.ts'
import { Brand } from './brand.ts'
import { Contexts } from './contexts.ts'
import { General } from './general.ts'
import { Guests } from './guests.ts'
import { Limits } from './limits.ts'
import { Notifications } from './notifications.ts'
import { Privacy } from './privacy.ts'
import { Region } from './region.ts'

/**
 * Every setting of a site, in the order in which people go through them. `Settings.parse({})` is all defaults; unknown
 * keys are refused at each depth.
 */
export const Settings = z.strictObject({
  general: General,
  contexts: Contexts,
  attachments: Attachments,
  limits: Limits,
  notifications: Notifications,
  privacy: Privacy,
  brand: Brand,
  guests: Guests,
  region: Region,
})
export type Settings = z.infer<typeof Settings>
