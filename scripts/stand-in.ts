import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import type { Plugin } from 'vite'

const MARK = '\0stand-in:'

/** A module of ours that is not there yet becomes one that says so when it is loaded, so that the rest can be built and tried. */
export function standIn(root: string): Plugin {
  return {
    name: 'stand-in',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith('.') || !importer?.startsWith(root) || importer.includes('node_modules')) return
      const path = resolve(dirname(importer), source)
      if (existsSync(path)) return
      console.warn(`${relative(root, path)} is not there yet: a stand-in takes its place.`)
      return MARK + relative(root, path)
    },
    load(id) {
      if (id.startsWith(MARK))
        return `throw new Error(${JSON.stringify(`${id.slice(MARK.length)} is not in this build`)})`
    },
  }
}
