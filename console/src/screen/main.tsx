// Entry of the screens on walls (/screen); no antd, one look, nothing to click but a map.
import '../ui/old-browsers.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { makeQueryClient } from '../api/queries.ts'
import { App } from './App.tsx'
import './screen.css'

const root = document.getElementById('root')
if (root) createRoot(root).render(<QueryClientProvider client={makeQueryClient()}><BrowserRouter><App /></BrowserRouter></QueryClientProvider>)
