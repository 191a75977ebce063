import * as z from 'zod'

/** Everything that is written down, by its name in the log: a noun, and what happened to it. */
export const AUDIT_ACTIONS = [
  'chat.read',
  'erase.carried_out',
  'erase.dismissed',
  'export.carried_out',
  'export.dismissed',
  'key.added',
  'key.revoked',
  'mail.all_retried',
  'mail.retried',
  'origin.added',
  'origin.removed',
  'owner.link_made',
  'passkey.added',
  'passkey.removed',
  'person.blocked',
  'person.changed',
  'person.erased',
  'person.exported',
  'person.held',
  'person.invited',
  'person.joined',
  'person.released',
  'person.removed',
  'person.role_changed',
  'person.unblocked',
  'seller.added',
  'seller.changed',
  'seller.made_default',
  'seller.member_added',
  'seller.member_invited',
  'seller.member_removed',
  'sellers.put',
  'session.ended',
  'settings.saved',
  'settings.undone',
  'site.restored',
  'sweep.removed',
  'sweep.set',
  'wizard.completed',
  'wizard.skipped',
  'wizard.started',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/**
 * Who did something: a person by `usr_…`, the shop's server by its key (`key_…`), `operator` for the command line.
 * `role` is what the person was then; `name` what the person is called now.
 */
export const AuditActor = z.strictObject({
  id: z.string(),
  role: z.string().nullable(),
  name: z.string().nullable(),
})

/** One thing that somebody did. Secrets are never in it; a long value is cut and ends in `…`. */
export const AuditEntry = z.strictObject({
  id: z.string(),
  /** Ms since 1970. */
  at: z.number().int(),
  actor: AuditActor,
  /** Such as `settings.saved`, `key.revoked`, `chat.read`. */
  action: z.string(),
  /** What it was done to: a chat's, person's, key's or desk's id, or an origin. */
  subject: z.string().nullable(),
  /** The setting or the part that changed, such as `limits.burstPerChat`. */
  field: z.string().nullable(),
  from: z.unknown(),
  to: z.unknown(),
})
/** Newest first. `before` is the `next` of the page before. */
export const ListAudit = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,15}\.\d{1,15}$/, 'is not a `next` of ours')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** Only actions that begin with one of these, such as `settings` or `seller,person.invited`. */
  action: z
    .string()
    .regex(/^[a-z_.,]{1,200}$/)
    .optional(),
  /** Only what this person, key or `operator` did. */
  actor: z.string().max(60).optional(),
})
export const AuditPage = z.strictObject({
  entries: z.array(AuditEntry),
  next: z.string().nullable(),
  /** What the people, chats and desks that the page names by id are called now. Whoever was erased is not in it. */
  names: z.record(z.string(), z.string()),
})
export type AuditEntry = z.infer<typeof AuditEntry>
export type ListAudit = z.infer<typeof ListAudit>
export type AuditPage = z.infer<typeof AuditPage>
