// What a build leaves behind: assets of earlier builds stay for pages that are still open, and a list of this build's files for the service worker.
import { existsSync, readdirSync, statSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const KEEP_DAYS = 14

/**
 * `precache`: name of the list, and which entries' files it holds (all where absent). Set `build.emptyOutDir` to false beside it: a page opened
 * before a build asks for the chunks of its own build.
 */
export function assets({ precache, entry }: { precache: string; entry?: string }): Plugin {
  let out = 'dist'
  let listed: string[] = []
  return {
    name: 'assets',
    configResolved(config) {
      out = join(config.root, config.build.outDir)
    },
    // After all others: chunks that held nothing but styles are dropped at the very end, and a list that names one of them fails the service worker.
    generateBundle: { order: 'post', handler(_options, bundle) {
      const files = new Set<string>()
      const take = (name: string): void => {
        const one = bundle[name]
        if (!one || files.has(name)) return
        files.add(name)
        if (one.type !== 'chunk') return
        for (const next of [...one.imports, ...one.dynamicImports, ...(one.viteMetadata?.importedCss ?? []), ...(one.viteMetadata?.importedAssets ?? [])]) take(next)
      }
      for (const one of Object.values(bundle)) if (one.type === 'chunk' && one.isEntry && (entry === undefined || one.name === entry)) take(one.fileName)
      this.emitFile({ type: 'asset', fileName: precache, source: JSON.stringify((listed = [...files].toSorted()).map((name) => `/${name}`)) })
    } },
    writeBundle(_options, bundle) {
      const missing = listed.filter((name) => !existsSync(join(out, name)))
      if (missing.length > 0) this.error(`${precache} names what was not built: ${missing.join(', ')}`)
      const folder = join(out, 'assets')
      const old = Date.now() - KEEP_DAYS * 86_400_000
      for (const name of readdirSync(folder)) {
        const path = join(folder, name)
        if (!bundle[`assets/${name}`] && statSync(path).mtimeMs < old) unlinkSync(path)
      }
    },
  }
}
