// Theme, data, session, pages.
import { QueryClientProvider } from '@tanstack/react-query'
import { App as AntApp, ConfigProvider, Modal } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import type { ReactElement } from 'react'
import { useEffect, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { makeQueryClient } from '../api/queries.ts'
import { setAsker } from '../ui/confirm.tsx'
import { staffTheme } from '../ui/theme.ts'
import { makeRouter } from './router.tsx'
import { SessionProvider } from './session.tsx'

export function App(): ReactElement {
  const [client] = useState(makeQueryClient)
  const [router] = useState(makeRouter)
  return (
    <ConfigProvider theme={staffTheme} locale={zhCN} button={{ autoInsertSpace: false }}>
      <AntApp component={false}>
        <QueryClientProvider client={client}>
          <Dialogs />
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}

/** Place of the dialogs that code opens by `confirm()`. */
function Dialogs(): ReactElement {
  const [modal, holder] = Modal.useModal()
  useEffect(() => setAsker(modal), [modal])
  return <>{holder}</>
}
