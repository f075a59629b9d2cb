import { defineFeature } from '../../app/feature.ts'
import { reviewSections } from '../../app/rail-groups.ts'
import { t } from './texts.zh-CN.ts'

const reports = ['orders.handle', 'orders.approve', 'orders.reviewResult', 'orders.arbitrate']

export const feature = defineFeature({
  id: 'centres',
  routes: [
    { path: '/review/upper', title: t('upper'), permission: 'orders.review', lazy: () => import('./UpperPage.tsx') },
    { path: '/review/upper/new', title: t('newUpper'), permission: 'orders.receiveUpper', lazy: () => import('./NewUpperPage.tsx') },
    { path: '/review/sign-rules', title: t('rules'), permission: 'orders.manageSignRules', lazy: () => import('./SignRulesPage.tsx') },
    { path: '/review/checks', title: t('checks'), permission: 'orders.reviewResult', lazy: () => import('./ChecksPage.tsx') },
    { path: '/review/batch', title: t('batchResults'), permission: 'orders.reviewResult', lazy: () => import('./BatchResultsPage.tsx') },
    { path: '/review/withdrawals', title: t('withdrawals'), permission: 'orders.approveWithdrawal', lazy: () => import('./WithdrawalsPage.tsx') },
    { path: '/orders/progress', title: t('progress'), permission: 'orders.read', lazy: () => import('./ProgressPage.tsx') },
    { path: '/orders/reports/:id/print', title: t('d.print'), permission: reports, bare: true, lazy: () => import('./ReportPrintPage.tsx') },
    { path: '/orders/reports', title: t('reports'), permission: reports, lazy: () => import('./ReportsPage.tsx') },
  ],
  rail: [
    { group: 'review', section: reviewSections.inbound, label: t('upper'), path: '/review/upper', permission: 'orders.review', order: 7 },
    { group: 'review', section: reviewSections.returns, label: t('withdrawals'), path: '/review/withdrawals', permission: 'orders.approveWithdrawal', count: 'orders.withdrawals', order: 8 },
    { group: 'review', section: reviewSections.inbound, label: t('batchResults'), path: '/review/batch', permission: 'orders.reviewResult', order: 9 },
    { group: 'review', section: reviewSections.inbound, label: t('checks'), path: '/review/checks', permission: 'orders.reviewResult', order: 10 },
    { group: 'review', section: reviewSections.inbound, label: t('rules'), path: '/review/sign-rules', permission: 'orders.manageSignRules', order: 11 },
    { group: 'orders', label: t('progress'), path: '/orders/progress', permission: 'orders.read', roles: ['leader', 'reviewer', 'dispatcher', 'supervisor', 'tenantAdmin'], order: 8 },
    { group: 'orders', label: t('reports'), path: '/orders/reports', permission: reports, order: 9 },
  ],
})
