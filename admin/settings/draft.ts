import type { SettingsDocument } from '../../protocol/settings/index.ts'
import { type ApiError, asApiError, type Call } from '../client/request.ts'
import type { StaffSession } from '../client/session.ts'
import { problemOf } from '../form/check.ts'
import { allFields, type Field, type Value } from '../form/schema.ts'

type Tree = { [key: string]: Value | Tree }

/** A setting that somebody else changed meanwhile. `mine` is there where I changed it too. */
export interface Difference {
  field: Field
  was: Value
  theirs: Value
  mine?: Value
}
export interface Conflict {
  newest: SettingsDocument
  /** Who saved last, and when (ms since 1970), where that is known. */
  by: string | null
  at: number | null
  differences: Difference[]
}

export const valueAt = (tree: object, path: string): Value =>
  path.split('.').reduce<unknown>((node, key) => (node as Tree | undefined)?.[key], tree) as Value

const isSame = (one: Value, other: Value) => String(one ?? '') === String(other ?? '')

/** As the API takes it: numbers as numbers; a value that is the default anyway is one no longer set. */
function sent({ schema }: Field, value: Value): Value {
  if (isSame(value, schema.default)) return null
  return schema.control === 'number' ? Number(value) : value
}

function patchOf(values: Iterable<[Field, Value]>): Tree {
  const patch: Tree = {}
  for (const [field, value] of values) {
    const keys = field.path.split('.')
    const last = keys.pop() ?? ''
    let node = patch
    for (const key of keys) {
      node[key] ??= {}
      node = node[key] as Tree
    }
    node[last] = sent(field, value)
  }
  return patch
}

const drafts = new WeakMap<StaffSession, Draft>()

/** The one draft of whoever is signed in: leaving the settings and coming back finds what was changed. */
export function draftOf(session: StaffSession): Draft {
  const known = drafts.get(session)
  if (known) return known
  const draft = new Draft(session.call)
  drafts.set(session, draft)
  session.hasUnsaved = () => draft.changed.length > 0
  const drop = () => {
    drafts.delete(session)
    draft.discard()
  }
  session.addEventListener('left', drop, { once: true })
  return draft
}

/** The settings as they are, what was changed here and not saved yet, and what is wrong with it. Events: `change`. */
export class Draft extends EventTarget {
  document: SettingsDocument | null = null
  /** Why the settings could not be loaded. */
  failed: ApiError | null = null
  saving = false
  /** Why the last save did not work; the changes are all still here. */
  refused: ApiError | null = null
  conflict: Conflict | null = null
  /** The last save was made here and can be taken back. */
  saved = false
  readonly #call
  readonly #edits = new Map<string, Value>()
  /** What the server found wrong, until the field changes again. */
  readonly #issues = new Map<string, string>()

  constructor(call: Call) {
    super()
    this.#call = call
  }

  async load(): Promise<void> {
    this.failed = null
    try {
      this.document = await this.#call<SettingsDocument>('GET', '/settings')
      this.#dropSame()
    } catch (error) {
      this.failed = asApiError(error)
    }
    this.#tell()
  }

  /** The value that a field shows. */
  value(path: string): Value {
    const edit = this.#edits.get(path)
    return edit !== undefined || this.#edits.has(path) ? (edit ?? null) : this.stored(path)
  }

  stored = (path: string): Value => (this.document ? valueAt(this.document.settings, path) : null)

  set(path: string, value: Value): void {
    this.#issues.delete(path)
    if (isSame(value, this.stored(path))) this.#edits.delete(path)
    else this.#edits.set(path, value)
    this.saved = false
    this.#tell()
  }

  get changed(): readonly string[] {
    return [...this.#edits.keys()]
  }

  isChanged = (prefix: string) => this.changed.some((path) => path === prefix || path.startsWith(`${prefix}.`))

  isShown({ schema }: Field): boolean {
    return Object.entries(schema.shownWhen ?? {}).every(([path, wanted]) => [wanted].flat().includes(this.value(path)))
  }

  problem({ path, schema }: Field): string | null {
    const issue = this.#issues.get(path)
    return issue ?? (this.#edits.has(path) ? problemOf(schema, this.value(path)) : null)
  }

  /** Every field in sight that cannot be saved as it is, and whatever the server refused. */
  get problems(): { field: Field; problem: string }[] {
    return [...allFields.values()].flatMap((field) => {
      const problem = (this.isShown(field) || this.#issues.has(field.path)) && this.problem(field)
      return problem ? [{ field, problem }] : []
    })
  }

  discard(): void {
    this.#edits.clear()
    this.#issues.clear()
    this.refused = this.conflict = null
    this.#tell()
  }

  /** Saves what changed; true once it is stored. Refused, everything stays as it was typed. */
  async save(): Promise<boolean> {
    if (!this.document || this.saving || this.problems.length || this.#edits.size === 0) return false
    return await this.#put(this.#worthSaving())
  }

  /** Takes the last save back; answers why not. Where somebody has saved since, it is too late, and theirs is shown. */
  async undo(): Promise<ApiError | null> {
    const { document } = this
    if (!document || !this.saved || this.saving) return null
    this.saving = true
    this.#tell()
    const refused = await this.#call<SettingsDocument>('POST', '/settings/undo', { version: document.version }).then(
      (next) => {
        this.document = { ...document, ...next }
        return null
      },
      asApiError,
    )
    this.saving = false
    this.saved = refused?.passing ?? false
    if (refused?.code === 'settings_conflict') await this.load()
    this.#tell()
    return refused
  }

  /** Gives up what was changed here for what somebody else saved. */
  takeTheirs(): void {
    const newest = this.conflict?.newest
    if (newest) this.document = { ...this.document, ...newest }
    this.discard()
  }

  /** Goes on from what somebody else saved. Of a field that both changed, those in `theirs` stay as they are now. */
  async settle(theirs: ReadonlySet<string>): Promise<boolean> {
    if (!this.conflict) return false
    this.document = { ...this.document, ...this.conflict.newest }
    this.conflict = null
    for (const path of theirs) this.#edits.delete(path)
    this.#dropSame()
    this.#tell()
    return this.#edits.size === 0 || (await this.save())
  }

  async #put(values: Map<Field, Value>): Promise<boolean> {
    const { document } = this
    if (!document) return false
    this.saving = true
    this.refused = null
    this.#tell()
    try {
      const body = { version: document.version, settings: patchOf(values) }
      const next = await this.#call<SettingsDocument>('PUT', '/settings', body)
      this.document = { ...document, ...next }
      this.saved = true
      for (const { path } of values.keys()) this.#edits.delete(path)
      this.#dropSame()
      return true
    } catch (error) {
      await this.#refuse(asApiError(error))
      return false
    } finally {
      this.saving = false
      this.#tell()
    }
  }

  async #refuse(error: ApiError): Promise<void> {
    if (error.code === 'settings_conflict') return this.#compare(error)
    for (const { path, message } of error.issues) this.#issues.set(path.replace(/^settings\./, ''), message)
    this.refused = error
  }

  async #compare(refusal: ApiError): Promise<void> {
    try {
      const newest = await this.#call<SettingsDocument>('GET', '/settings')
      const differences = [...allFields.values()].flatMap((field): Difference[] => {
        const [was, theirs] = [this.stored(field.path), valueAt(newest.settings, field.path)]
        if (isSame(was, theirs)) return []
        const mine = this.#edits.has(field.path) ? { mine: this.value(field.path) } : {}
        return [{ field, was, theirs, ...mine }]
      })
      const { by = null, at = null } = refusal.problem.conflict?.changes?.at(-1) ?? {}
      this.conflict = { newest, differences, by, at }
    } catch (error) {
      this.refused = asApiError(error)
    }
  }

  /** A field that is out of sight and wrong is not worth a refusal: it stays as it was. */
  #worthSaving(): Map<Field, Value> {
    return new Map(
      [...this.#edits]
        .flatMap(([path, value]) => withField(path, value))
        .filter(([field, value]) => this.isShown(field) || problemOf(field.schema, value) === null),
    )
  }

  #dropSame(): void {
    for (const [path, value] of this.#edits) if (isSame(value, this.stored(path))) this.#edits.delete(path)
  }

  /** Wherever in the panel somebody is: the page is not left by mistake while something waits to be saved. */
  #guard = (event: BeforeUnloadEvent) => event.preventDefault()

  #tell(): void {
    if (this.#edits.size) addEventListener('beforeunload', this.#guard)
    else removeEventListener('beforeunload', this.#guard)
    this.dispatchEvent(new Event('change'))
  }
}

function withField(path: string, value: Value): [Field, Value][] {
  const field = allFields.get(path)
  return field ? [[field, value]] : []
}
