import { sections } from '../form/schema.ts'
import type { Sign } from '../icon.ts'
import { say } from './words.ts'

/** A page of the settings, as the side shows it. */
export interface Place {
  path: string
  label: string
  sign: Sign
  inner?: readonly Place[]
}

/** The sections that merchants know come first, in their order; one that is not here follows. */
const ORDER: [name: string, sign: Sign][] = [
  ['general', 'sliders'],
  ['contexts', 'layers'],
  ['limits', 'gauge'],
  ['notifications', 'bell'],
  ['privacy', 'lock'],
  ['brand', 'brush'],
  ['guests', 'guest'],
  ['attachments', 'clip'],
  ['region', 'globe'],
]
const rank = (path: string) => ORDER.findIndex(([name]) => name === path) + 1 || ORDER.length + 1

/** The page of the settings that a field stands on. */
export const pageOf = (path: string) =>
  path
    .split('.')
    .slice(0, path.startsWith('contexts.') ? 2 : 1)
    .join('.')

/** Pages of the schema: a section, and the contexts each on their own. */
export const settingsPlaces: readonly Place[] = sections
  .toSorted((one, other) => rank(one.path) - rank(other.path))
  .map(({ path, label, groups }) => ({
    path,
    label,
    sign: ORDER.find(([name]) => name === path)?.[1] ?? 'sliders',
    ...(path === 'contexts'
      ? { inner: groups.map((group) => ({ path: group.path, label: group.label, sign: 'chat' as const })) }
      : {}),
  }))

/** Pages that are no settings: what belongs to the site. */
export const sitePlaces = (): readonly Place[] => [
  { path: 'install', label: say('install'), sign: 'code' },
  { path: 'people', label: say('people'), sign: 'people' },
  { path: 'chats', label: say('chats'), sign: 'chat' },
  { path: 'mail', label: say('mail'), sign: 'mail' },
  { path: 'requests', label: say('requests'), sign: 'eye' },
  { path: 'audit', label: say('audit'), sign: 'list' },
]
