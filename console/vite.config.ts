import { join } from 'node:path'
import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'
import { assets } from '../tools/vite-assets.ts'

const api = process.env.MINSHENG_API ?? 'http://127.0.0.1:8080'

type Graph = { getModuleInfo(id: string): { importedIds: readonly string[]; dynamicallyImportedIds: readonly string[] } | null }
let phone: Set<string> | undefined
/** Whether the phone's workbench can come to load this module. */
function onPhone(id: string, graph: Graph): boolean {
  phone ??= below(join(import.meta.dirname, 'm.html'), graph)
  return phone.has(id)
}
function below(entry: string, graph: Graph): Set<string> {
  const found = new Set([entry])
  // What is added while a set is walked is walked too.
  for (const id of found) {
    const info = graph.getModuleInfo(id)
    for (const next of [...(info?.importedIds ?? []), ...(info?.dynamicallyImportedIds ?? [])]) found.add(next)
  }
  return found
}

export default defineConfig({
  base: '/',
  plugins: [react(), assets({ precache: 'm-precache.json', entry: 'mobile' })],
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/api/realtime': { target: api.replace(/^http/, 'ws'), ws: true }, '/api': api },
  },
  build: {
    emptyOutDir: false,
    // Chromium 108, Firefox 115, Safari 16 are the oldest browsers served (ux.md §6)
    target: ['chrome108', 'firefox115', 'safari16'],
    sourcemap: false,
    // What many pages share is large on purpose.
    chunkSizeWarningLimit: 1000,
    rolldownOptions: {
      input: { console: 'index.html', mobile: 'm.html', screen: 'screen.html' },
      output: {
        // What many pages share comes in a few files, so that a page is a dozen requests and not a hundred; what one page uses (maps, editors,
        // flow drawings) stays with it. The phone's workbench must not pay for the desk: what it uses is grouped first.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/, priority: 4 },
            { name: (id, graph) => (onPhone(id, graph) ? 'light' : null), debugName: 'light', minShareCount: 2, priority: 3 },
            { name: 'kit', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+)[\\/]/, minShareCount: 4, priority: 2 },
            { name: 'shared', test: /console[\\/]src[\\/]/, minShareCount: 6, priority: 1 },
          ],
        },
      },
    },
  },
})
