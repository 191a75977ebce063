import { slot } from './storage.ts'

/** What is being written in a chat, or about a thing: kept over a reload, as long as the tab is open. */
export const draftAt = (site: string, place: string) =>
  slot<string>('sessionStorage', `shopbell:${site}:draft:${place}`)
