import { heldBy, letGo } from '../attachments/local.ts'
import type { ChatStore } from '../client/store.ts'

/**
 * Removes what this browser keeps of a person: who they are, what they were writing, what waited to be sent. `gone`: the
 * server has erased them, else they are signed out there.
 */
export async function forgetHere(store: ChatStore, gone = false): Promise<void> {
  const { me, pending } = store.state
  const waiting = pending.flatMap(({ attachments = [] }) => attachments)
  const attached = await heldBy(`${store.site}/${me?.id}`)
  await store.signOut(gone)
  for (const kind of ['localStorage', 'sessionStorage'] as const) forgetIn(kind, store.site)
  await Promise.all([...waiting, ...attached].map(({ key }) => letGo(key)))
}

function forgetIn(kind: 'localStorage' | 'sessionStorage', site: string) {
  try {
    const storage = window[kind]
    const ours = Object.keys(storage).filter((key) => key.startsWith('shopbell:') && key.split(':').includes(site))
    for (const key of ours) storage.removeItem(key)
  } catch {
    // Blocked: then nothing was kept.
  }
}
