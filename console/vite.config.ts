import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'
import { assets } from '../tools/vite-assets.ts'

const api = process.env.MINSHENG_API ?? 'http://127.0.0.1:8080'

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
    rolldownOptions: {
      input: { console: 'index.html', mobile: 'm.html', screen: 'screen.html' },
      output: {
        // React and the router change seldom and are shared by both entries; antd and echarts are
        // left to route splitting, so that a page loads only the parts it uses.
        codeSplitting: {
          groups: [{ name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ }],
        },
      },
    },
  },
})
