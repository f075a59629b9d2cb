import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const read = 'supervision.read'

export const feature = defineFeature({
  id: 'supervision',
  routes: [
    { path: '/supervision/board', title: t('board'), permission: read, lazy: () => import('./BoardPage.tsx') },
    { path: '/supervision/cards', title: t('cards'), permission: read, lazy: () => import('./CardsPage.tsx') },
    { path: '/supervision/urges', title: t('urges'), permission: read, lazy: () => import('./UrgesPage.tsx') },
    { path: '/supervision/tasks', title: t('tasks'), permission: read, lazy: () => import('./TasksPage.tsx') },
    { path: '/supervision/tasks/:id', title: t('task'), permission: read, lazy: () => import('./TaskPage.tsx') },
    { path: '/supervision/due', title: t('due'), permission: read, lazy: () => import('./DuePage.tsx') },
    { path: '/supervision/clocks', title: t('clocks'), permission: read, lazy: () => import('./ClocksPage.tsx') },
    { path: '/supervision/clocks/rows', title: t('clockRows'), permission: read, lazy: () => import('./ClockRowsPage.tsx') },
    { path: '/supervision/stays', title: t('stays'), permission: read, lazy: () => import('./StaysPage.tsx') },
    { path: '/supervision/orders', title: t('watched'), permission: read, lazy: () => import('./WatchedPage.tsx') },
    { path: '/cockpit', title: t('cockpit'), permission: read, lazy: () => import('./CockpitPage.tsx') },
  ],
  rail: [
    { group: 'supervision', label: t('board'), path: '/supervision/board', permission: read, order: 1 },
    { group: 'supervision', label: t('cards'), path: '/supervision/cards', permission: read, count: 'supervision.red', order: 2 },
    { group: 'supervision', label: t('urges'), path: '/supervision/urges', permission: read, count: 'supervision.urges', order: 3 },
    { group: 'supervision', label: t('tasks'), path: '/supervision/tasks', permission: read, count: 'supervision.tasks', order: 4 },
    { group: 'supervision', label: t('due'), path: '/supervision/due', permission: read, order: 8 },
    { group: 'supervision', label: t('clocks'), path: '/supervision/clocks', permission: read, order: 9 },
    { group: 'cockpit', label: t('cockpit'), path: '/cockpit', permission: read, roles: ['leader'], order: 1 },
  ],
  commands: [
    { id: 'supervision', label: t('goBoard'), path: '/supervision/board', permission: read, keys: 'g s' },
    { id: 'supervision.cards', label: t('cards'), path: '/supervision/cards', permission: read },
  ],
})
