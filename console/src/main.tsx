// Entry of the console.
import './ui/old-browsers.ts'
import 'dayjs/locale/zh-cn'
import dayjs from 'dayjs'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { applyDisplay, recallDisplay } from './ui/display.ts'
import { tokenSheet } from './ui/tokens.ts'
import './ui/base.css'

dayjs.locale('zh-cn')
const sheet = document.createElement('style')
sheet.textContent = tokenSheet()
document.head.prepend(sheet)

applyDisplay(recallDisplay())

const root = document.getElementById('root')
if (root) createRoot(root).render(<App />)
