import { defineConfig } from 'vite'
import react from '@vitejs/plugin-react'

const api = process.env.MINSHENG_PUBLIC_API ?? 'http://127.0.0.1:8081'

export default defineConfig({
  base: '/',
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5174, proxy: { '/api': api } },
  build: {
    // Chromium 108, Firefox 115, Safari 16 are the oldest browsers served (ux.md §6)
    target: ['chrome108', 'firefox115', 'safari16'],
    sourcemap: false,
  },
})
