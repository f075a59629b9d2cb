import { defineFeature } from '../../app/feature.ts'
import { o } from './operations.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const read = 'data.read'
const board = () => import('./BoardPage.tsx')
const boards = () => import('./BoardsPage.tsx')

export const feature = defineFeature({
  id: 'analytics',
  routes: [
    { path: '/analytics/today', title: t('today'), permission: read, lazy: board },
    { path: '/analytics/boards', title: t('boards'), permission: read, lazy: boards },
    { path: '/analytics/tables', title: t('tables'), permission: read, lazy: boards },
    { path: '/analytics/map', title: t('panel.map'), permission: read, lazy: board },
    { path: '/analytics/screens', title: t('screens'), permission: ['analytics.screens', 'orders.loadOutlines'], lazy: () => import('./ScreensPage.tsx') },
    { path: '/analytics/explore', title: t('explore'), permission: read, lazy: () => import('./ExplorePage.tsx') },
    { path: '/analytics/impact', title: t('impact'), permission: read, lazy: () => import('./ImpactPage.tsx') },
    { path: '/analytics/flow', title: t('flow'), permission: read, lazy: () => import('./FlowPage.tsx') },
    { path: '/analytics/health', title: t('health'), permission: read, lazy: () => import('./HealthPage.tsx') },
    { path: '/analytics/topics', title: t('hot'), permission: read, lazy: () => import('./HotPage.tsx') },
    { path: '/analytics/snapshots', title: t('snapshots'), permission: read, lazy: () => import('./SnapshotsPage.tsx') },
    { path: '/analytics/snapshots/:id', title: t('snapshots'), permission: read, lazy: () => import('./SnapshotsPage.tsx') },
    { path: '/analytics/operations', title: o('operations'), permission: read, lazy: () => import('./OperationsPage.tsx') },
    { path: '/analytics/ask', title: t('ask'), permission: read, lazy: () => import('./AskPage.tsx') },
    { path: '/analytics/boards/:code', title: t('board'), permission: read, lazy: board },
    { path: '/analytics/boards/:code/edit', title: t('editing'), permission: 'analytics.manage', lazy: () => import('./EditPage.tsx') },
  ],
  rail: [
    { group: 'analytics', label: t('today'), path: '/analytics/today', permission: read, order: 0 },
    { group: 'analytics', label: t('ask'), path: '/analytics/ask', permission: read, order: 1 },
    { group: 'analytics', label: t('panel.map'), path: '/analytics/map', permission: read, order: 1.5 },
    { group: 'analytics', label: t('health'), path: '/analytics/health', permission: read, order: 1.7 },
    { group: 'analytics', label: t('impact'), path: '/analytics/impact', permission: read, order: 3.7 },
    { group: 'analytics', label: t('flow'), path: '/analytics/flow', permission: read, order: 3.6 },
    { group: 'analytics', label: t('hot'), path: '/analytics/topics', permission: read, order: 1.6 },
    { group: 'analytics', label: t('snapshots'), path: '/analytics/snapshots', permission: read, order: 5.5 },
    { group: 'analytics', label: o('operations'), path: '/analytics/operations', permission: read, order: 6 },
    { group: 'analytics', label: t('screens'), path: '/analytics/screens', permission: ['analytics.screens', 'orders.loadOutlines'], order: 4 },
    { group: 'analytics', label: t('explore'), path: '/analytics/explore', permission: read, order: 3.5 },
    { group: 'analytics', label: t('boards'), path: '/analytics/boards', permission: read, order: 2 },
    { group: 'analytics', label: t('tables'), path: '/analytics/tables', permission: read, order: 3 },
  ],
  commands: [
    { id: 'analytics.today', label: t('today'), path: '/analytics/today', permission: read },
    { id: 'analytics.ask', label: t('ask'), path: '/analytics/ask', permission: read },
    { id: 'analytics.health', label: t('health'), path: '/analytics/health', permission: read },
    { id: 'analytics.impact', label: t('impact'), path: '/analytics/impact', permission: read },
    { id: 'analytics.flow', label: t('flow'), path: '/analytics/flow', permission: read },
    { id: 'analytics.topics', label: t('hot'), path: '/analytics/topics', permission: read },
    { id: 'analytics.boards', label: t('boards'), path: '/analytics/boards', permission: read },
    { id: 'analytics.tables', label: t('tables'), path: '/analytics/tables', permission: read },
  ],
})
