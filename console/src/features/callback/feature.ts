import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const read = 'callback.read'

export const feature = defineFeature({
  id: 'callback',
  routes: [
    { path: '/callback/desk', title: t('desk'), permission: read, lazy: () => import('./DeskPage.tsx') },
    { path: '/callback/stats', title: t('stats'), permission: read, lazy: () => import('./StatsPage.tsx') },
    { path: '/callback/stats/rows', title: t('rows'), permission: read, lazy: () => import('./RateRowsPage.tsx') },
    { path: '/callback/forms', title: t('forms'), permission: read, lazy: () => import('./FormsPage.tsx') },
    // addresses in messages and on the home page
    { path: '/callbacks', title: t('desk'), permission: read, lazy: () => import('./DeskLink.tsx') },
    { path: '/callbacks/:id', title: t('desk'), permission: read, lazy: () => import('./DeskLink.tsx') },
  ],
  rail: [
    { group: 'callback', label: t('desk'), path: '/callback/desk', permission: 'callback.complete', count: 'callback.free', order: 1 },
    { group: 'callback', label: t('forms'), path: '/callback/forms', permission: read, order: 2 },
    { group: 'callback', label: t('stats'), path: '/callback/stats', permission: read, order: 12 },
  ],
  commands: [
    { id: 'callback.desk', label: t('goDesk'), path: '/callback/desk', permission: 'callback.complete' },
    { id: 'callback.stats', label: t('stats'), path: '/callback/stats', permission: read },
  ],
})
