// Pages of the phone workbench. List and order come with the entry; what is rarer comes when it is opened.
import { Empty, LinkButton, Skeleton, ToastHost } from '@minsheng/portal/kit'
import { lazy, Suspense, useEffect } from 'react'
import type { ReactElement } from 'react'
import { Navigate, Route, Routes, useLocation, useNavigationType } from 'react-router'
import { Frame, Page } from './frame/Frame.tsx'
import { OrderPage } from './order/OrderPage.tsx'
import { mayHandle, SessionProvider, useSession } from './session.tsx'
import { t } from './texts.zh-CN.ts'
import { TodoPage } from './todo/TodoPage.tsx'

const ActPage = lazy(() => import('./acts/ActPage.tsx'))
const OrdersPage = lazy(() => import('./OrdersPage.tsx'))
const MessagesPage = lazy(() => import('./MessagesPage.tsx'))
const MePage = lazy(() => import('./MePage.tsx'))
const TaskPage = lazy(() => import('./TaskPage.tsx'))
const CockpitPage = lazy(() => import('./cockpit/CockpitPage.tsx'))
const RequestsPage = lazy(() => import('./cockpit/RequestsPage.tsx'))
const StatsPage = lazy(() => import('./cockpit/StatsPage.tsx'))
const RowsPage = lazy(() => import('./cockpit/RowsPage.tsx'))

export function App(): ReactElement {
  const { pathname } = useLocation()
  const way = useNavigationType()
  // a page opened anew begins at its top; going back the browser knows where one was
  useEffect(() => { if (way !== 'POP') window.scrollTo(0, 0) }, [pathname, way])
  return (
    <SessionProvider>
      <Suspense fallback={<Page title={t('app')}><Skeleton lines={6} /></Page>}>
        <Routes>
          <Route element={<Frame />}>
            <Route path="/m" element={<Start />} />
            <Route path="/m/orders" element={<OrdersPage />} />
            <Route path="/m/messages" element={<MessagesPage />} />
            <Route path="/m/me" element={<MePage />} />
            <Route path="/m/cockpit" element={<CockpitPage />} />
            <Route path="/m/stats" element={<StatsPage />} />
            <Route path="/m/cockpit/rows" element={<RowsPage />} />
            <Route path="*" element={<Page title={t('app')}><Empty kind="filter" title={t('notFound')}><LinkButton to="/m" tone="primary">{t('toTodo')}</LinkButton></Empty></Page>} />
          </Route>
          <Route path="/m/instructions" element={<RequestsPage />} />
          <Route path="/m/tasks/:id" element={<TaskPage />} />
          <Route path="/m/orders/:number" element={<OrderPage />} />
          <Route path="/m/orders/:number/acts/:act" element={<ActPage />} />
        </Routes>
      </Suspense>
      <ToastHost />
    </SessionProvider>
  )
}

/** Leaders have no assignments of their own: they begin with the figures. */
function Start(): ReactElement {
  const session = useSession()
  if (mayHandle(session)) return <TodoPage />
  if (session.can('orders.read')) return <Navigate to="/m/cockpit" replace />
  return <Page title={t('todo')}><Empty kind="scope" title={t('noWork')} text={t('noWorkHint')}><a className="k-button" data-tone="primary" href="/?desktop">{t('desktop')}</a></Empty></Page>
}
