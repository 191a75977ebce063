import type { SettingsDocument } from '../../protocol/settings/index.ts'
import { type ApiError, asApiError, type Call } from '../client/request.ts'
import type { StaffSession } from '../client/session.ts'
import { problemOf } from '../form/check.ts'
import { allFields, type Field, type Value } from '../form/schema.ts'
import { isKept, isSame, patchOf, valueAt } from './values.ts'

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

/** How long after a save a new visit still offers the way back (ms). */
const OFFERED_MS = 60 * 60_000

const drafts = new WeakMap<StaffSession, Draft>()

/** The one draft of whoever is signed in: leaving the settings and coming back finds what was changed. */
export function draftOf(session: StaffSession): Draft {
  const known = drafts.get(session)
  if (known) return known
  const draft = new Draft(session)
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
  /** The last save was made by me, just now or at `savedAt`, and can be taken back. */
  saved = false
  /** When (ms since 1970), where it was made in an earlier visit. */
  savedAt: number | null = null
  /** The version whose undo got no answer. */
  #undone = 0
  readonly #session
  readonly #edits = new Map<string, Value>()
  /** What the server found wrong, until the field changes again. */
  readonly #issues = new Map<string, string>()

  constructor(session: Pick<StaffSession, 'call' | 'me'>) {
    super()
    this.#session = session
  }

  #call: Call = (method, path, body) => this.#session.call(method, path, body)

  async load(): Promise<void> {
    this.failed = null
    try {
      this.document = await this.#call<SettingsDocument>('GET', '/settings')
      this.#dropSame()
      const { lastSave } = this.document
      const isMine = lastSave?.actor === this.#session.me?.id
      this.savedAt = lastSave && isMine && lastSave.at > Date.now() - OFFERED_MS ? lastSave.at : null
      this.saved = this.savedAt !== null && this.#edits.size === 0
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
    const wasTried = this.#undone === document.version
    if (this.saved) this.#undone = document.version
    if (refused?.code === 'settings_conflict') await this.load()
    // The answer to an earlier try was lost: the save after mine is that very undo.
    const isDone = wasTried && this.savedAt !== null && this.document?.version === document.version + 1
    if (isDone) this.saved = false
    this.#tell()
    return isDone ? null : refused
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
      this.#keep(await this.#call<SettingsDocument>('PUT', '/settings', body), values)
      return true
    } catch (error) {
      return await this.#refuse(asApiError(error), values)
    } finally {
      this.saving = false
      this.#tell()
    }
  }

  #keep(next: SettingsDocument, values: Map<Field, Value>): void {
    // A save that changed nothing is none, and one after mine is not mine: neither can be taken back from here.
    this.saved = next.version - 1 === this.document?.version
    this.savedAt = null
    this.document = { ...this.document, ...next }
    for (const { path } of values.keys()) this.#edits.delete(path)
    this.#dropSame()
  }

  /** True where it turns out to be stored for all that. */
  async #refuse(error: ApiError, values: Map<Field, Value>): Promise<boolean> {
    if (error.code === 'settings_conflict') return this.#compare(error, values)
    for (const { path, message } of error.issues) this.#issues.set(path.replace(/^settings\./, ''), message)
    this.refused = error
    return false
  }

  async #compare(refusal: ApiError, values: Map<Field, Value>): Promise<boolean> {
    try {
      const newest = await this.#call<SettingsDocument>('GET', '/settings')
      // The answer to an earlier try was lost: what is there now is my own doing.
      if ([...values].every(([{ path }, value]) => isKept(value, valueAt(newest.settings, path)))) {
        this.#keep(newest, values)
        return true
      }
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
    return false
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
