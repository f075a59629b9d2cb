// Entry of the phone workbench (/m); its own light kit, no antd.
import '../ui/old-browsers.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import '@minsheng/portal/kit'
import { makeQueryClient } from '../api/queries.ts'
import { App } from './App.tsx'
import './mobile.css'

const client = makeQueryClient()
const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={client}>
      <BrowserRouter><App /></BrowserRouter>
    </QueryClientProvider>,
  )
}

// The shell without a network; what waits to be sent is kept by the page itself.
if (import.meta.env.PROD && 'serviceWorker' in navigator) addEventListener('load', () => void navigator.serviceWorker.register('/m-sw.js', { scope: '/m' }).catch(() => undefined))
