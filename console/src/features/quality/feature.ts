import { defineFeature } from '../../app/feature.ts'
import { j } from './joint.zh-CN.ts'
import { s } from './screening.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const read = 'quality.read'
const own = ['quality.read', 'quality.own']

export const feature = defineFeature({
  id: 'quality',
  routes: [
    { path: '/quality/tasks', title: t('tasks'), permission: read, lazy: () => import('./TasksPage.tsx') },
    { path: '/quality/inspect/:id', title: t('desk'), permission: own, lazy: () => import('./InspectPage.tsx') },
    { path: '/quality/results', title: t('results'), permission: read, lazy: () => import('./ResultsPage.tsx') },
    { path: '/quality/plans', title: t('plans'), permission: read, lazy: () => import('./PlansPage.tsx') },
    { path: '/quality/rules', title: t('rules'), permission: read, lazy: () => import('./RulesPage.tsx') },
    { path: '/quality/sheets', title: t('sheets'), permission: read, lazy: () => import('./SheetsPage.tsx') },
    { path: '/quality/stats', title: t('stats'), permission: read, lazy: () => import('./StatsPage.tsx') },
    { path: '/quality/appeals', title: t('appeals'), permission: own, lazy: () => import('./AppealsPage.tsx') },
    { path: '/quality/appeals/:id', title: t('appeal'), permission: own, lazy: () => import('./AppealPage.tsx') },
    { path: '/quality/joints', title: j('joint'), permission: read, lazy: () => import('./JointsPage.tsx') },
    { path: '/quality/mine', title: t('mine'), permission: 'quality.own', lazy: () => import('./MinePage.tsx') },
    { path: '/quality/library', title: t('library'), permission: own, lazy: () => import('./LibraryPage.tsx') },
    { path: '/quality/screening', title: s('screening'), permission: read, lazy: () => import('./ScreeningPage.tsx') },
    { path: '/quality/screening/models', title: s('models'), permission: read, lazy: () => import('./ScreeningModelsPage.tsx') },
    { path: '/quality/warnings', title: s('warnings'), permission: read, lazy: () => import('./WarningsPage.tsx') },
    { path: '/quality/alerts', title: t('alerts'), permission: 'quality.alerts', lazy: () => import('./AlertsPage.tsx') },
  ],
  rail: [
    { group: 'quality', label: t('tasks'), path: '/quality/tasks', permission: read, count: 'quality.mine', order: 1 },
    { group: 'quality', label: t('alerts'), path: '/quality/alerts', permission: 'quality.alerts', order: 2 },
    { group: 'quality', label: t('results'), path: '/quality/results', permission: read, order: 3 },
    { group: 'quality', label: t('stats'), path: '/quality/stats', permission: read, order: 4 },
    { group: 'quality', label: s('screening'), path: '/quality/screening', permission: read, order: 4.2 },
    { group: 'quality', label: s('warnings'), path: '/quality/warnings', permission: read, order: 4.4 },
    { group: 'quality', label: t('plans'), path: '/quality/plans', permission: read, order: 5 },
    { group: 'quality', label: t('rules'), path: '/quality/rules', permission: read, order: 6 },
    { group: 'quality', label: t('sheets'), path: '/quality/sheets', permission: read, order: 7 },
    { group: 'quality', label: t('appeals'), path: '/quality/appeals', permission: own, order: 8 },
    { group: 'quality', label: j('joint'), path: '/quality/joints', permission: read, order: 8.5 },
    { group: 'quality', label: t('mine'), path: '/quality/mine', permission: 'quality.own', order: 9 },
    { group: 'quality', label: t('library'), path: '/quality/library', permission: own, order: 10 },
  ],
  commands: [
    { id: 'quality.tasks', label: t('tasks'), path: '/quality/tasks', permission: read },
    { id: 'quality.mine', label: t('mine'), path: '/quality/mine', permission: 'quality.own' },
  ],
})
