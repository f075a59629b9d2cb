// Entry of the mobile pages (/m); its own light kit, no antd.
import { createRoot } from 'react-dom/client'

const root = document.getElementById('root')
if (root) createRoot(root).render(<p>移动办理</p>)
