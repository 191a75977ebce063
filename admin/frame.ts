import type { PutWizard, Wizard } from '../protocol/admin/wizard.ts'
import type { ApiError, Call } from './client/request.ts'
import type { StaffSession } from './client/session.ts'
import type { PanelHost } from './host.ts'
import type { Route } from './route.ts'

/** What every screen gets from the panel. */
export interface Frame {
  readonly host: PanelHost
  readonly session: StaffSession
  readonly route: Route
  /** One request with the session; `path` is below `/v1`. */
  readonly call: Call
  /** How far setting up is; null before it is known. */
  readonly wizard: Wizard | null
  setWizard(put: PutWizard): Promise<void>
  /** Owners and admins change things; an analyst looks. */
  readonly mayChange: boolean
  /** The address of a place in the panel, for links. */
  href(path: string): string
  go(path: string): void
  /** Says something in passing. */
  tell(text: string): void
  refused(error: ApiError): void
}
