import type { Role } from '../../protocol/sessions.ts'

/** Who makes a change, for the audit log: a person (`usr_…`), a shop's server by its key (`key_…`), or `operator`. */
export interface Actor {
  id: string
  /** A person's, at the time. */
  role: Role | null
}

export const OPERATOR: Actor = { id: 'operator', role: null }
