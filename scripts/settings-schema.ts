import type { Plugin } from 'vite'
import * as z from 'zod'
import { Settings } from '../protocol/settings/index.ts'

const NAME = 'shopbell:settings-schema'

/** The settings' JSON Schema as a module, so that the panel draws its forms without zod and without a list of its own. */
export function settingsSchema(): Plugin {
  return {
    name: 'settings-schema',
    resolveId: (source) => (source === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return
      const schema = z.toJSONSchema(Settings, { io: 'input' })
      return `export const schema = JSON.parse(${JSON.stringify(JSON.stringify(schema))})`
    },
  }
}
