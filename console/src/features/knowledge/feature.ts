import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const read = 'knowledge.read'
const keeps = ['knowledge.edit', 'knowledge.review', 'knowledge.publish']

export const feature = defineFeature({
  id: 'knowledge',
  routes: [
    { path: '/knowledge', title: t('search'), permission: read, lazy: () => import('./SearchPage.tsx') },
    { path: '/knowledge/stock', title: t('stock'), permission: keeps, lazy: () => import('./StockPage.tsx') },
    { path: '/knowledge/confirmations', title: t('confirmations'), permission: 'knowledge.edit', lazy: () => import('./ConfirmationsPage.tsx') },
    { path: '/knowledge/bin', title: t('bin'), permission: 'knowledge.edit', lazy: () => import('./BinPage.tsx') },
    { path: '/knowledge/items/new', title: t('newItem'), permission: 'knowledge.edit', lazy: () => import('./EditPage.tsx') },
    { path: '/knowledge/items/:id', title: t('item'), permission: read, lazy: () => import('./ItemPage.tsx') },
    { path: '/knowledge/tickets', title: t('tickets'), permission: keeps, lazy: () => import('./TicketsPage.tsx') },
    { path: '/knowledge/tickets/:id/edit', title: t('editItem'), permission: 'knowledge.edit', lazy: () => import('./EditPage.tsx') },
    { path: '/knowledge/questions', title: t('questions'), permission: read, lazy: () => import('./QuestionsPage.tsx') },
    { path: '/knowledge/scenes', title: t('scenes'), permission: read, lazy: () => import('./ScenesPage.tsx') },
    { path: '/knowledge/topics', title: t('topics'), permission: read, lazy: () => import('./TopicsPage.tsx') },
    { path: '/knowledge/cases', title: t('cases'), permission: read, lazy: () => import('./CasesPage.tsx') },
    { path: '/knowledge/materials', title: t('materials'), permission: keeps, lazy: () => import('./MaterialsPage.tsx') },
    { path: '/knowledge/shared', title: t('shared'), permission: read, lazy: () => import('./SharedPage.tsx') },
    { path: '/knowledge/shared/:tenantId/:id', title: t('shared'), permission: read, lazy: () => import('./SharedItemPage.tsx') },
    { path: '/knowledge/notices', title: t('notices'), permission: 'knowledge.publish', lazy: () => import('./NoticesPage.tsx') },
    { path: '/knowledge/gaps', title: t('gaps'), permission: read, lazy: () => import('./GapsPage.tsx') },
    { path: '/knowledge/emergency', title: t('emergency'), permission: 'knowledge.emergency', lazy: () => import('./EmergencyPage.tsx') },
    { path: '/knowledge/tree', title: t('tree'), permission: 'knowledge.manage', lazy: () => import('./TreePage.tsx') },
    { path: '/knowledge/statistics', title: t('statistics'), permission: ['knowledge.edit', 'knowledge.manage'], lazy: () => import('./StatisticsPage.tsx') },
  ],
  rail: [
    { group: 'knowledge', label: t('search'), path: '/knowledge', permission: read, order: 1 },
    { group: 'knowledge', label: t('scenes'), path: '/knowledge/scenes', permission: read, order: 1.2 },
    { group: 'knowledge', label: t('topics'), path: '/knowledge/topics', permission: read, order: 1.3 },
    { group: 'knowledge', label: t('cases'), path: '/knowledge/cases', permission: read, order: 1.4 },
    { group: 'knowledge', label: t('materials'), path: '/knowledge/materials', permission: keeps, order: 1.5 },
    { group: 'knowledge', label: t('shared'), path: '/knowledge/shared', permission: read, order: 1.6 },
    { group: 'knowledge', label: t('tickets'), path: '/knowledge/tickets', permission: keeps, count: 'knowledge.toReview', order: 2 },
    { group: 'knowledge', label: t('stock'), path: '/knowledge/stock', permission: keeps, order: 3 },
    { group: 'knowledge', label: t('questions'), path: '/knowledge/questions', permission: read, order: 4 },
    { group: 'knowledge', label: t('gaps'), path: '/knowledge/gaps', permission: read, order: 5 },
    { group: 'knowledge', label: t('confirmations'), path: '/knowledge/confirmations', permission: 'knowledge.edit', order: 7 },
    { group: 'knowledge', label: t('bin'), path: '/knowledge/bin', permission: 'knowledge.edit', order: 10 },
    { group: 'knowledge', label: t('emergency'), path: '/knowledge/emergency', permission: 'knowledge.emergency', order: 6 },
    { group: 'knowledge', label: t('notices'), path: '/knowledge/notices', permission: 'knowledge.publish', order: 7.5 },
    { group: 'knowledge', label: t('tree'), path: '/knowledge/tree', permission: 'knowledge.manage', order: 8 },
    { group: 'knowledge', label: t('statistics'), path: '/knowledge/statistics', permission: ['knowledge.edit', 'knowledge.manage'], order: 9 },
  ],
  commands: [{ id: 'knowledge', label: `打开${t('search')}`, path: '/knowledge', permission: read, keys: 'g k' }],
})
