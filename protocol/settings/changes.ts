import { isRecord } from './walk.ts'

/** One setting whose value differs. */
export interface SettingChange {
  field: string
  from: unknown
  to: unknown
}

/** Every single setting that is not the same in both, by its path. */
export function settingsChanges(before: object, after: object, path: string[] = []): SettingChange[] {
  const others = new Map<string, unknown>(Object.entries(after))
  return Object.entries(before).flatMap(([key, from]) => {
    const to = others.get(key)
    const at = [...path, key]
    if (isRecord(from) && isRecord(to)) return settingsChanges(from, to, at)
    return isSame(from, to) ? [] : [{ field: at.join('.'), from, to }]
  })
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)
