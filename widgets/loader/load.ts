import type { openStore } from '../client/store.ts'
import type { loadPanel } from '../start-chat/start-chat.ts'
import type { askShop, extend, follow, goOn, run } from './on-demand.ts'

interface Chunks {
  'start-chat': { loadPanel: typeof loadPanel }
  'my-chats': unknown
  client: { openStore: typeof openStore }
  'on-demand': {
    run: typeof run
    askShop: typeof askShop
    extend: typeof extend
    follow: typeof follow
    goOn: typeof goOn
  }
}
export type Load = <Name extends keyof Chunks>(name: Name) => Promise<Chunks[Name]>

/** Written by the build: of each chunk its file and what that file imports, all asked for at once. */
declare const CHUNKS: Record<keyof Chunks, string[]>

export const loadFrom =
  (base: string): Load =>
  async (name) =>
    (await Promise.all(CHUNKS[name].map((file) => import(`${base}/w/${file}`))))[0]
