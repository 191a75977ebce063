import type { FileKind } from '../../protocol/attachments.ts'

/** What a waiting message knows of a file that this browser still holds. */
export interface LocalFile {
  readonly key: string
  readonly name: string
  readonly kind: FileKind
  readonly type: string
  readonly size: number
  readonly width: number | null
  readonly height: number | null
}

/** A file of this browser on its way out, with its bytes. */
export interface Held extends LocalFile {
  /** Whose it is. */
  readonly owner: string
  /** The chat (or the thing) that it is meant for; empty once a message has it. */
  place: string
  readonly bytes: Blob
  readonly thumbnail: Blob | null
  readonly at: number
  /** The server's id, once it is uploaded. */
  file: string | null
}

const KEPT_MS = 2 * 86_400_000
const memory = new Map<string, Held>()
let opened: Promise<IDBDatabase | null> | undefined

/** Null where the browser keeps nothing (a private window): memory has to do. */
function database(): Promise<IDBDatabase | null> {
  opened ??= new Promise((resolve) => {
    try {
      const request = indexedDB.open('shopbell', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('files', { keyPath: 'key' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
      request.onblocked = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
  return opened
}

async function inStore<T>(mode: IDBTransactionMode, work: (files: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  const db = await database()
  if (!db) return null
  return new Promise((resolve) => {
    try {
      const request = work(db.transaction('files', mode).objectStore('files'))
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}

/** Keeps a file over a reload, until its message is sent. */
export async function hold(file: Held): Promise<void> {
  memory.set(file.key, file)
  await inStore('readwrite', (files) => files.put(file))
}

export async function held(key: string): Promise<Held | null> {
  const kept = memory.get(key) ?? (await inStore<Held | undefined>('readonly', (files) => files.get(key))) ?? null
  if (kept) memory.set(key, kept)
  return kept
}

/** What somebody has attached in each place and not sent; lets go of what is too old to be still wanted. */
export async function heldBy(owner: string): Promise<Held[]> {
  const kept = (await inStore<Held[]>('readonly', (files) => files.getAll())) ?? []
  for (const file of kept) if (!memory.has(file.key)) memory.set(file.key, file)
  const now = Date.now()
  for (const { key, at } of kept) if (now - at > KEPT_MS) void letGo(key)
  return [...memory.values()]
    .filter((file) => file.owner === owner && file.place !== '' && now - file.at <= KEPT_MS)
    .sort((a, b) => a.at - b.at)
}

/** Its bytes are no longer needed for sending; what is shown of it on this page stays. */
export async function letGo(key: string): Promise<void> {
  const file = memory.get(key)
  if (file) file.place = ''
  await inStore('readwrite', (files) => files.delete(key))
}

/** What this page itself has sent needs no second way over the network to be shown. */
const own = new Map<string, Held>()

export const sentAs = (file: Held, id: string): void => {
  own.set(id, file)
}

export const ownFile = (id: string): Held | undefined => own.get(id)

/** How far an upload is, 0 to 1, by key. */
class Progress extends EventTarget {
  readonly #parts = new Map<string, number>()

  of(key: string): number | undefined {
    return this.#parts.get(key)
  }

  set(key: string, part: number | null): void {
    if (part === null) this.#parts.delete(key)
    else this.#parts.set(key, part)
    this.dispatchEvent(new Event('change'))
  }
}

export const progress = new Progress()
