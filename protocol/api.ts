import { chatGroup } from './api/chat-routes.ts'
import { fileGroup } from './api/file-routes.ts'
import { insightGroup } from './api/insight-routes.ts'
import { notificationGroup } from './api/notification-routes.ts'
import { operatorGroup } from './api/operator-routes.ts'
import { privacyGroup } from './api/privacy-routes.ts'
import { reachGroup } from './api/reach-routes.ts'
import type { RouteGroup } from './api/route.ts'
import { sessionGroup } from './api/session-routes.ts'
import { shopGroup } from './api/shop-routes.ts'
import { signInGroup } from './api/sign-in-routes.ts'
import { staffGroup } from './api/staff-routes.ts'

/**
 * Every route of the API with its shapes and errors: what `docs/api.md` and `docs/openapi.json` are written from. A
 * test holds it against the routes that the worker has.
 */
export const API: readonly RouteGroup[] = [
  sessionGroup,
  signInGroup,
  chatGroup,
  fileGroup,
  shopGroup,
  reachGroup,
  notificationGroup,
  staffGroup,
  insightGroup,
  privacyGroup,
  operatorGroup,
]
