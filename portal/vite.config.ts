import { gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'
import react from '@vitejs/plugin-react'
import { assets } from '../tools/vite-assets.ts'

const api = process.env.MINSHENG_PUBLIC_API ?? 'http://127.0.0.1:8081'

/** First load in KB gzip, and any chunk that comes later (ux.md §6); over budget the build fails. */
const budget = { js: 110, css: 20, chunk: 25 }

const budgets: Plugin = {
  name: 'budgets',
  generateBundle(_options, bundle) {
    const size = (code: string | Uint8Array): number => gzipSync(code).length / 1024
    const chunks = Object.values(bundle).flatMap((one) => (one.type === 'chunk' ? [one] : []))
    const first = new Set<string>()
    const take = (name: string): void => {
      if (first.has(name)) return
      first.add(name)
      for (const next of chunks.find((c) => c.fileName === name)?.imports ?? []) take(next)
    }
    for (const chunk of chunks) if (chunk.isEntry) take(chunk.fileName)
    const js = chunks.filter((c) => first.has(c.fileName)).reduce((sum, c) => sum + size(c.code), 0)
    const css = Object.values(bundle).reduce((sum, one) => (one.type === 'asset' && one.fileName.endsWith('.css') ? sum + size(one.source) : sum), 0)
    const over = [
      ...(js > budget.js ? [`first JS ${js.toFixed(1)} KB > ${budget.js}`] : []),
      ...(css > budget.css ? [`CSS ${css.toFixed(1)} KB > ${budget.css}`] : []),
      ...chunks.filter((c) => !first.has(c.fileName) && size(c.code) > budget.chunk).map((c) => `${c.fileName} ${size(c.code).toFixed(1)} KB > ${budget.chunk}`),
    ]
    if (over.length > 0) this.error(`over budget: ${over.join('; ')}`)
    else this.info(`first JS ${js.toFixed(1)} KB, CSS ${css.toFixed(1)} KB (gzip)`)
  },
}

export default defineConfig({
  base: '/',
  plugins: [react(), budgets, assets({ precache: 'precache.json' })],
  server: { host: '127.0.0.1', port: 5174, proxy: { '/api': api } },
  build: {
    emptyOutDir: false,
    // Chromium 108, Firefox 115, Safari 16 are the oldest browsers served (ux.md §6)
    target: ['chrome108', 'firefox115', 'safari16'],
    sourcemap: false,
  },
})
