import { defineFeature } from '../../app/feature.ts'
import { reviewSections } from '../../app/rail-groups.ts'

export const feature = defineFeature({
  id: 'review',
  routes: [
    { path: '/review', title: '审核派发', lazy: () => import('./StartPage.tsx') },
    { path: '/review/pending', title: '待审核', permission: 'orders.review', lazy: () => import('./PendingPage.tsx') },
    { path: '/review/dispatch', title: '待派发', permission: 'orders.dispatch', lazy: () => import('./DispatchPage.tsx') },
    { path: '/review/results', title: '结果审核', permission: 'orders.reviewResult', lazy: () => import('./ResultsPage.tsx') },
    { path: '/review/returns', title: '退单审核', permission: 'orders.reviewReturn', lazy: () => import('./ReturnsPage.tsx') },
    { path: '/review/arbitration', title: '仲裁', permission: 'orders.arbitrate', lazy: () => import('./ArbitrationPage.tsx') },
    { path: '/review/reexaminations', title: '不满意复查', permission: 'orders.reexamine', lazy: () => import('./ReexaminationsPage.tsx') },
    { path: '/review/requests', title: '申请审批', lazy: () => import('./RequestsPage.tsx') },
  ],
  rail: [
    { group: 'review', section: reviewSections.returns, label: '不满意复查', path: '/review/reexaminations', permission: 'orders.reexamine', count: 'handling.reexaminations', order: 5.5 },
    { group: 'review', label: '待审核', path: '/review/pending', permission: 'orders.review', count: 'orders.pendingReview', order: 1 },
    { group: 'review', label: '待派发', path: '/review/dispatch', permission: 'orders.dispatch', count: 'orders.pendingDispatch', order: 2 },
    { group: 'review', label: '结果审核', path: '/review/results', permission: 'orders.reviewResult', count: 'orders.pendingResultReview', order: 3 },
    { group: 'review', section: reviewSections.returns, label: '退单审核', path: '/review/returns', permission: 'orders.reviewReturn', count: 'orders.returns', order: 4 },
    { group: 'review', section: reviewSections.returns, label: '仲裁', path: '/review/arbitration', permission: 'orders.arbitrate', count: 'orders.arbitration', order: 5 },
    {
      group: 'review', section: reviewSections.returns, label: '申请审批', path: '/review/requests', count: 'flow.tasks', order: 6,
      permission: ['flow.approveInUnit', 'flow.approveExtension', 'flow.approveWithdrawal', 'orders.decideAppeal', 'orders.resetReturn'],
    },
  ],
  commands: [
    { id: 'review.pending', label: '打开待审核', path: '/review/pending', permission: 'orders.review' },
    { id: 'review.dispatch', label: '打开待派发', path: '/review/dispatch', permission: 'orders.dispatch' },
    { id: 'review.results', label: '打开结果审核', path: '/review/results', permission: 'orders.reviewResult' },
    { id: 'review.start', label: '去审核派发', path: '/review', permission: ['orders.review', 'orders.dispatch', 'orders.reviewResult', 'orders.reviewReturn', 'orders.arbitrate'], keys: 'g r' },
  ],
})
