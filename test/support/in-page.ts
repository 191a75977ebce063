import { resolve } from 'node:path'
import { build, type Rollup } from 'vite'

const root = resolve(import.meta.dirname, '../..')

/** Browser code as one classic script that leaves its exports at `window[name]`, for `page.addScriptTag`. */
export async function asScript(entry: string, name: string): Promise<string> {
  const [{ output }] = (await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { write: false, minify: false, lib: { entry: resolve(root, entry), formats: ['iife'], name } },
  })) as [Rollup.RollupOutput]
  return output[0].code
}
