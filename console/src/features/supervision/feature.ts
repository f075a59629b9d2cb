import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

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
    { path: '/supervision/alerts', title: w('alerts'), permission: read, lazy: () => import('./AlertsPage.tsx') },
    { path: '/supervision/findings', title: w('findings'), permission: read, lazy: () => import('./FindingsPage.tsx') },
    { path: '/supervision/lists', title: w('lists'), permission: read, lazy: () => import('./ListsPage.tsx') },
    { path: '/supervision/appeals', title: w('appeals'), permission: read, lazy: () => import('./AppealsPage.tsx') },
    { path: '/supervision/instructions', title: w('instructions'), permission: read, lazy: () => import('./InstructionsPage.tsx') },
    { path: '/supervision/focus', title: w('focus'), permission: read, lazy: () => import('./FocusPage.tsx') },
    { path: '/supervision/cases', title: w('cases'), permission: read, lazy: () => import('./CasesPage.tsx') },
    { path: '/supervision/cases/:id', title: w('case'), permission: read, lazy: () => import('./CasePage.tsx') },
    { path: '/supervision/sources', title: w('sources'), permission: 'supervision.inspect', lazy: () => import('./SourcesPage.tsx') },
    { path: '/supervision/statistics', title: w('statistics'), permission: read, lazy: () => import('./StatisticsPage.tsx') },
    { path: '/supervision/rules', title: w('rules'), permission: 'supervision.configure', lazy: () => import('./RulesPage.tsx') },
    { path: '/supervision/rules/:id', title: w('ruleOf'), permission: 'supervision.configure', lazy: () => import('./RulePage.tsx') },
    { path: '/supervision/duties', title: w('duties'), permission: 'supervision.assign', lazy: () => import('./DutiesPage.tsx') },
    { path: '/cockpit', title: t('cockpit'), permission: read, lazy: () => import('./CockpitPage.tsx') },
  ],
  rail: [
    { group: 'supervision', label: t('board'), path: '/supervision/board', permission: read, order: 1 },
    { group: 'supervision', section: w('rail.watch'), label: t('cards'), path: '/supervision/cards', permission: read, count: 'supervision.red', order: 2 },
    { group: 'supervision', section: w('rail.watch'), label: t('due'), path: '/supervision/due', permission: read, order: 3 },
    { group: 'supervision', section: w('rail.watch'), label: w('alerts'), path: '/supervision/alerts', permission: read, order: 4 },
    { group: 'supervision', section: w('rail.watch'), label: w('findings'), path: '/supervision/findings', permission: read, order: 5 },
    { group: 'supervision', section: w('rail.watch'), label: w('lists'), path: '/supervision/lists', permission: read, order: 6 },
    { group: 'supervision', section: w('rail.act'), label: t('urges'), path: '/supervision/urges', permission: read, count: 'supervision.urges', order: 7 },
    { group: 'supervision', section: w('rail.act'), label: t('tasks'), path: '/supervision/tasks', permission: read, count: 'supervision.tasks', order: 8 },
    { group: 'supervision', section: w('rail.act'), label: w('appeals'), path: '/supervision/appeals', permission: read, order: 9 },
    { group: 'supervision', section: w('rail.act'), label: w('cases'), path: '/supervision/cases', permission: read, order: 10 },
    { group: 'supervision', section: w('rail.act'), label: w('sources'), path: '/supervision/sources', permission: 'supervision.inspect', order: 11 },
    { group: 'supervision', section: w('rail.leaders'), label: w('instructions'), path: '/supervision/instructions', permission: read, count: 'supervision.instructions', order: 12 },
    { group: 'supervision', section: w('rail.leaders'), label: w('focus'), path: '/supervision/focus', permission: read, order: 13 },
    { group: 'supervision', section: w('rail.figures'), label: w('statistics'), path: '/supervision/statistics', permission: read, order: 14 },
    { group: 'supervision', section: w('rail.figures'), label: t('clocks'), path: '/supervision/clocks', permission: read, order: 15 },
    { group: 'supervision', section: w('rail.setup'), label: w('rules'), path: '/supervision/rules', permission: 'supervision.configure', order: 16 },
    { group: 'supervision', section: w('rail.setup'), label: w('duties'), path: '/supervision/duties', permission: 'supervision.assign', order: 17 },
    { group: 'cockpit', label: t('cockpit'), path: '/cockpit', permission: read, roles: ['leader'], order: 1 },
  ],
  commands: [
    { id: 'supervision', label: t('goBoard'), path: '/supervision/board', permission: read, keys: 'g s' },
    { id: 'supervision.cards', label: t('cards'), path: '/supervision/cards', permission: read },
  ],
})
