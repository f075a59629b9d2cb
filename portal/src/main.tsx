import { lazy, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClientProvider } from '@tanstack/react-query'
import { BrowserRouter, Route, Routes } from 'react-router'
import './kit/tokens.css'
import './kit/base.css'
import './kit/controls.css'
import './kit/blocks.css'
import './kit/layers.css'
import './app/app.css'
import './app/display.ts'
import { queryClient } from './api/queries.ts'
import { Frame, NotFound } from './app/Frame.tsx'
import { HomePage } from './pages/home/HomePage.tsx'

const SubmitPage = lazy(() => import('./pages/submit/SubmitPage.tsx'))
const OrdersPage = lazy(() => import('./pages/orders/OrdersPage.tsx'))
const OrderPage = lazy(() => import('./pages/orders/OrderPage.tsx'))
const QueryPage = lazy(() => import('./pages/query/QueryPage.tsx'))
const MePage = lazy(() => import('./pages/me/MePage.tsx'))
const ChatPage = lazy(() => import('./pages/chat/ChatPage.tsx'))
const PastChatPage = lazy(() => import('./pages/chat/PastChatPage.tsx'))
const MessagesPage = lazy(() => import('./pages/messages/MessagesPage.tsx'))
const ResetPage = lazy(() => import('./pages/me/ResetPage.tsx'))
const QrPage = lazy(() => import('./pages/qr/QrPage.tsx'))
const NewsPage = lazy(() => import('./pages/news/NewsPage.tsx'))
const NewsItemPage = lazy(() => import('./pages/news/NewsItemPage.tsx'))
const StatisticsPage = lazy(() => import('./pages/statistics/StatisticsPage.tsx'))
const PoliciesPage = lazy(() => import('./pages/questions/PoliciesPage.tsx'))
const QuestionsPage = lazy(() => import('./pages/questions/QuestionsPage.tsx'))
const QuestionPage = lazy(() => import('./pages/questions/QuestionPage.tsx'))
const TopicPage = lazy(() => import('./pages/questions/TopicPage.tsx'))
const EnterprisesPage = lazy(() => import('./pages/enterprise/EnterprisesPage.tsx'))
const EnterprisePage = lazy(() => import('./pages/enterprise/EnterprisePage.tsx'))
const PointsPage = lazy(() => import('./pages/points/PointsPage.tsx'))
const SurveysPage = lazy(() => import('./pages/surveys/SurveysPage.tsx'))
const SurveyPage = lazy(() => import('./pages/surveys/SurveyPage.tsx'))
const WechatPage = lazy(() => import('./pages/wechat/WechatPage.tsx'))
const CallPage = lazy(() => import('./pages/call/CallPage.tsx'))
const CallbackPage = lazy(() => import('./pages/callback/CallbackPage.tsx'))
const AccessibilityPage = lazy(() => import('./pages/accessibility/AccessibilityPage.tsx'))

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Routes>
            <Route element={<Frame />}>
              <Route index element={<HomePage />} />
              <Route path="submit" element={<SubmitPage />} />
              <Route path="orders" element={<OrdersPage />} />
              <Route path="orders/:number" element={<OrderPage />} />
              <Route path="call" element={<CallPage />} />
              <Route path="chat" element={<ChatPage />} />
              <Route path="chat/:id" element={<PastChatPage />} />
              <Route path="messages" element={<MessagesPage />} />
              <Route path="query" element={<QueryPage />} />
              <Route path="reset" element={<ResetPage />} />
              <Route path="q/:code" element={<QrPage />} />
              <Route path="news" element={<NewsPage />} />
              <Route path="news/:id" element={<NewsItemPage />} />
              <Route path="statistics" element={<StatisticsPage />} />
              <Route path="k" element={<QuestionsPage />} />
              <Route path="policies" element={<PoliciesPage />} />
              <Route path="k/:id" element={<QuestionPage />} />
              <Route path="topics/:id" element={<TopicPage />} />
              <Route path="enterprise" element={<EnterprisesPage />} />
              <Route path="enterprise/:id" element={<EnterprisePage />} />
              <Route path="points" element={<PointsPage />} />
              <Route path="surveys" element={<SurveysPage />} />
              <Route path="surveys/:id" element={<SurveyPage />} />
              <Route path="unified/:way?" element={<WechatPage unified />} />
              <Route path="wechat/:way?" element={<WechatPage />} />
              <Route path="me" element={<MePage />} />
              <Route path="c/:token" element={<CallbackPage />} />
              <Route path="accessibility" element={<AccessibilityPage />} />
              <Route path="*" element={<NotFound />} />
            </Route>
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  )
}

// Without a network the pages open all the same; a new build is taken over with the next page that is opened.
if (import.meta.env.PROD && 'serviceWorker' in navigator) addEventListener('load', () => void navigator.serviceWorker.register('/sw.js').catch(() => undefined))
