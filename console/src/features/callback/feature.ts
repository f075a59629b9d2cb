import { defineFeature } from '../../app/feature.ts'
import { w } from './outbound.zh-CN.ts'
import { p } from './pool.zh-CN.ts'
import { r } from './rating.zh-CN.ts'
import { v } from './upper.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const read = 'callback.read'

export const feature = defineFeature({
  id: 'callback',
  routes: [
    { path: '/callback/desk', title: t('desk'), permission: read, lazy: () => import('./DeskPage.tsx') },
    { path: '/callback/stats', title: t('stats'), permission: read, lazy: () => import('./StatsPage.tsx') },
    { path: '/callback/stats/rows', title: t('rows'), permission: read, lazy: () => import('./RateRowsPage.tsx') },
    { path: '/callback/forms', title: t('forms'), permission: read, lazy: () => import('./FormsPage.tsx') },
    { path: '/callback/plans', title: w('plans'), permission: read, lazy: () => import('./PlansPage.tsx') },
    { path: '/callback/robot', title: w('robotBoard'), permission: read, lazy: () => import('./RobotPage.tsx') },
    { path: '/callback/limits', title: w('limits'), permission: read, lazy: () => import('./LimitsPage.tsx') },
    { path: '/callback/pool', title: p('pool'), permission: read, lazy: () => import('./PoolPage.tsx') },
    { path: '/callback/ratings', title: r('ratings'), permission: read, lazy: () => import('./RatingsPage.tsx') },
    { path: '/callback/upper', title: v('upper'), permission: read, lazy: () => import('./UpperPage.tsx') },
    // addresses in messages and on the home page
    { path: '/callbacks', title: t('desk'), permission: read, lazy: () => import('./DeskLink.tsx') },
    { path: '/callbacks/:id', title: t('desk'), permission: read, lazy: () => import('./DeskLink.tsx') },
  ],
  rail: [
    { group: 'callback', label: t('desk'), path: '/callback/desk', permission: 'callback.complete', count: 'callback.free', order: 1 },
    { group: 'callback', label: p('pool'), path: '/callback/pool', permission: read, order: 2 },
    { group: 'callback', label: r('ratings'), path: '/callback/ratings', permission: read, order: 2 },
    { group: 'callback', label: t('forms'), path: '/callback/forms', permission: read, order: 2 },
    { group: 'callback', label: w('robotBoard'), path: '/callback/robot', permission: read, order: 3 },
    { group: 'callback', label: w('plans'), path: '/callback/plans', permission: read, order: 4 },
    { group: 'callback', label: w('limits'), path: '/callback/limits', permission: 'callback.plan', order: 5 },
    { group: 'callback', label: v('upper'), path: '/callback/upper', permission: read, order: 11 },
    { group: 'callback', label: t('stats'), path: '/callback/stats', permission: read, order: 12 },
  ],
  commands: [
    { id: 'callback.desk', label: t('goDesk'), path: '/callback/desk', permission: 'callback.complete' },
    { id: 'callback.stats', label: t('stats'), path: '/callback/stats', permission: read },
  ],
})
