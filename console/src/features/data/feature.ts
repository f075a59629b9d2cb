import { defineFeature } from '../../app/feature.ts'
import { s } from './series.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const read = 'data.read'

export const feature = defineFeature({
  id: 'data',
  routes: [
    { path: '/analytics/figures', title: t('figures'), permission: read, lazy: () => import('./FiguresPage.tsx') },
    { path: '/analytics/models', title: t('models'), permission: read, lazy: () => import('./ModelsPage.tsx') },
    { path: '/analytics/indicators', title: t('catalogue'), permission: read, lazy: () => import('./CataloguePage.tsx') },
    { path: '/analytics/series', title: s('title'), permission: read, lazy: () => import('./SeriesPage.tsx') },
    { path: '/analytics/interfaces', title: t('interfaces'), permission: 'data.manage', lazy: () => import('./InterfacesPage.tsx') },
  ],
  rail: [
    { group: 'analytics', label: t('figures'), path: '/analytics/figures', permission: read, order: 1 },
    { group: 'analytics', label: t('models'), path: '/analytics/models', permission: read, order: 1.5 },
    { group: 'analytics', label: t('catalogue'), path: '/analytics/indicators', permission: read, order: 9 },
    { group: 'analytics', label: s('title'), path: '/analytics/series', permission: 'data.manage', order: 9.4 },
    { group: 'analytics', label: t('interfaces'), path: '/analytics/interfaces', permission: 'data.manage', order: 9.5 },
  ],
  commands: [
    { id: 'data.figures', label: t('figures'), path: '/analytics/figures', permission: read },
    { id: 'data.models', label: t('models'), path: '/analytics/models', permission: read },
    { id: 'data.series', label: s('title'), path: '/analytics/series', permission: read },
    { id: 'data.catalogue', label: t('catalogue'), path: '/analytics/indicators', permission: read },
  ],
})
