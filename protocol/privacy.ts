import * as z from 'zod'
import { ShopId, UserId } from './ids.ts'
import { Email } from './text.ts'

export const RequestId = z
  .string()
  .regex(/^req_[A-Za-z0-9_-]{10,40}$/)
  .brand<'RequestId'>()
export type RequestId = z.infer<typeof RequestId>

/** Whole address, whole id (ours or the shop's), or how a name begins. */
export const FindPeople = z.strictObject({ q: z.string().trim().min(1).max(254) })

/** One person of a site: the account and the guests that it turned out to have been. */
export const Person = z.strictObject({
  id: UserId,
  shopId: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  guest: z.boolean(),
  /** Desks they answer for. */
  sellers: z.array(z.string()),
  /** They run the site: an owner, an admin or an analyst. */
  staff: z.boolean(),
  firstSeenAt: z.number().int(),
  lastSeenAt: z.number().int().nullable(),
  /** Nothing of theirs may be erased for now. */
  held: z.boolean(),
})
export const PersonList = z.strictObject({ people: z.array(Person) })

/** How much is kept of a person, by kind. */
export const Holdings = z.strictObject({
  chats: z.number().int(),
  messages: z.number().int(),
  files: z.number().int(),
  fileBytes: z.number().int(),
  orders: z.number().int(),
  sessions: z.number().int(),
  notifications: z.number().int(),
})

export const RequestKind = z.enum(['export', 'erase'])
export const RequestSource = z.enum(['admin', 'server', 'wordpress', 'shopify', 'shopper'])
/** `waiting`: somebody of the shop decides. `held`: a legal hold keeps it from being carried out. */
export const RequestState = z.enum(['waiting', 'held', 'running', 'done', 'dismissed'])

/** How much is gone: messages, files, and everything else that was kept of the person. */
export const ErasedCounts = z.strictObject({
  messages: z.number().int(),
  files: z.number().int(),
  records: z.number().int(),
})

/** What was asked for and what came of it; without personal data once it is done. Times are ms since 1970. */
export const PrivacyRequest = z.strictObject({
  id: RequestId,
  kind: RequestKind,
  user: UserId,
  /** As far as the person is still known. */
  name: z.string().nullable(),
  email: z.string().nullable(),
  source: RequestSource,
  state: RequestState,
  askedAt: z.number().int(),
  doneAt: z.number().int().nullable(),
  counts: ErasedCounts,
})
export const PrivacyRequests = z.strictObject({ requests: z.array(PrivacyRequest), next: z.string().nullable() })
export const ListRequests = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,15}\.req_[\w-]{10,40}$/, 'is not a `next` of ours')
    .optional(),
})
export const OneRequest = z.strictObject({ request: PrivacyRequest })

export const HeldPerson = z.strictObject({
  person: Person,
  holds: Holdings,
  hold: z.strictObject({ reason: z.string().nullable(), since: z.number().int() }).nullable(),
  requests: z.array(PrivacyRequest),
})

/** Exactly one of them. `shopId` is the shop's own id; an `email` means everybody who has it. */
const whom = { user: UserId.optional(), shopId: ShopId.optional(), email: Email.optional() }
const isOne = ({ user, shopId, email }: { user?: unknown; shopId?: unknown; email?: unknown }) =>
  [user, shopId, email].filter((one) => one !== undefined).length === 1
const ONE = 'name one of user, shopId and email'

/** `part` of `parts` (header `Shopbell-Parts`); most people's data is one part. */
export const ExportQuery = z
  .strictObject({ ...whom, part: z.coerce.number().int().min(1).max(10_000).default(1) })
  .refine(isOne, ONE)
/** `confirm` is the word `erase`, typed by who asks for it. */
export const Erase = z.strictObject({ ...whom, confirm: z.literal('erase') }).refine(isOne, ONE)
export const ErasureStarted = z.strictObject({ requests: z.array(PrivacyRequest) })

/** A reason is for your own people; it is kept as long as the hold. */
export const SetHold = z.strictObject({ held: z.boolean(), reason: z.string().trim().max(200).optional() })

/** `carry_out` starts what waits, `dismiss` ends it without. */
export const Decide = z.strictObject({ decision: z.enum(['carry_out', 'dismiss']) })

// — WordPress's own export and erasure (wp-admin/includes/privacy-tools.php)

export const WordPressExportQuery = z.strictObject({ email: Email, page: z.coerce.number().int().min(1).max(100_000) })
export const WordPressExportItem = z.strictObject({
  group_id: z.string(),
  group_label: z.string(),
  group_description: z.string(),
  item_id: z.string(),
  data: z.array(z.strictObject({ name: z.string(), value: z.string() })),
})
export const WordPressExport = z.strictObject({ data: z.array(WordPressExportItem), done: z.boolean() })
export const WordPressErase = z.strictObject({ email: Email })
/** Ask again until `done`. */
export const WordPressErased = z.strictObject({
  items_removed: z.boolean(),
  items_retained: z.boolean(),
  messages: z.array(z.string()),
  done: z.boolean(),
})

// — A shopper's own

/** What is offered, and whether a mailed code has to prove the address first. */
export const OwnData = z.strictObject({
  export: z.boolean(),
  /** `ask`: somebody of the shop carries it out. */
  erase: z.enum(['no', 'ask', 'at_once']),
  /** Files go with the words. */
  erasesFiles: z.boolean(),
  /** The address that a code goes to, in part; null where none is needed. */
  proof: z.string().nullable(),
  requests: z.array(z.strictObject({ kind: RequestKind, state: RequestState, askedAt: z.number().int() })),
})
export const OwnProof = z.strictObject({
  code: z
    .string()
    .regex(/^\d{6}$/, 'has six digits')
    .optional(),
})
export const OwnExport = OwnProof.extend({ part: z.number().int().min(1).max(10_000).default(1) })
export const OwnErase = OwnProof.extend({ confirm: z.literal('erase') })

export type Person = z.infer<typeof Person>
export type Holdings = z.infer<typeof Holdings>
export type PrivacyRequest = z.infer<typeof PrivacyRequest>
export type HeldPerson = z.infer<typeof HeldPerson>
export type RequestKind = z.infer<typeof RequestKind>
export type RequestSource = z.infer<typeof RequestSource>
export type RequestState = z.infer<typeof RequestState>
export type ExportQuery = z.infer<typeof ExportQuery>
export type Erase = z.infer<typeof Erase>
export type WordPressExport = z.infer<typeof WordPressExport>
export type WordPressExportItem = z.infer<typeof WordPressExportItem>
export type WordPressErased = z.infer<typeof WordPressErased>
export type OwnData = z.infer<typeof OwnData>
