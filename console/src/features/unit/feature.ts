import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const unit = ['orders.handle', 'orders.approve']

export const feature = defineFeature({
  id: 'unit',
  routes: [
    { path: '/unit', title: t('board'), permission: unit, lazy: () => import('./UnitPage.tsx') },
    { path: '/unit/sign', title: t('sign'), permission: unit, lazy: () => import('./SignPage.tsx') },
    { path: '/unit/handling', title: t('handling'), permission: unit, lazy: () => import('./HandlingPage.tsx') },
    { path: '/unit/children', title: t('children'), permission: unit, lazy: () => import('./ChildrenPage.tsx') },
    { path: '/unit/approve', title: t('approve'), permission: unit, lazy: () => import('./ApprovePage.tsx') },
    { path: '/unit/approve/batch', title: t('batchReview.page'), permission: 'orders.approve', lazy: () => import('./BatchApprovePage.tsx') },
    { path: '/unit/redo', title: t('redo'), permission: unit, lazy: () => import('./RedoPage.tsx') },
    { path: '/unit/requests', title: t('requests'), permission: unit, lazy: () => import('./RequestsPage.tsx') },
  ],
  rail: [
    { group: 'unit', label: t('board'), path: '/unit', permission: unit, order: 1 },
    { group: 'unit', label: t('sign'), path: '/unit/sign', permission: unit, count: 'orders.toSign', order: 2 },
    { group: 'unit', label: t('handling'), path: '/unit/handling', permission: unit, count: 'orders.handling', order: 3 },
    { group: 'unit', label: t('children'), path: '/unit/children', permission: unit, count: 'orders.toAccept', order: 4 },
    { group: 'unit', label: t('approve'), path: '/unit/approve', permission: 'orders.approve', count: 'orders.toApprove', order: 5 },
    { group: 'unit', label: t('redo'), path: '/unit/redo', permission: unit, count: 'orders.redo', order: 6 },
    { group: 'unit', label: t('requests'), path: '/unit/requests', permission: unit, order: 7 },
  ],
  commands: [{ id: 'unit', label: t('goUnit'), path: '/unit', permission: unit, keys: 'g u' }],
})
