import { defineFeature } from '../../app/feature.ts'
import { f } from './figures.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import { u } from './upper.zh-CN.ts'

const read = 'assessment.read'
const manage = 'assessment.manage'
const review = ['assessment.manage', 'assessment.publish', 'assessment.decide']

export const feature = defineFeature({
  id: 'assessment',
  routes: [
    { path: '/assessment', title: t('periods'), permission: read, lazy: () => import('./PeriodsPage.tsx') },
    { path: '/assessment/appeals', title: t('appeals'), permission: read, lazy: () => import('./AppealsPage.tsx') },
    { path: '/assessment/models', title: t('models'), permission: manage, lazy: () => import('./ModelsPage.tsx') },
    { path: '/assessment/upper', title: u('title'), permission: review, lazy: () => import('./UpperPage.tsx') },
    { path: '/assessment/removed', title: u('removed'), permission: review, lazy: () => import('./RemovedPage.tsx') },
    { path: '/assessment/:period', title: t('ranking'), permission: read, lazy: () => import('./RankingPage.tsx') },
    { path: '/assessment/:period/figures', title: f('title'), permission: ['assessment.manage', 'assessment.publish'], lazy: () => import('./FiguresPage.tsx') },
    { path: '/assessment/:period/:object', title: t('score'), permission: read, lazy: () => import('./ScorePage.tsx') },
  ],
  rail: [
    { group: 'assessment', label: t('periods'), path: '/assessment', permission: read, order: 1 },
    { group: 'assessment', label: t('appeals'), path: '/assessment/appeals', permission: read, order: 2 },
    { group: 'assessment', label: u('title'), path: '/assessment/upper', permission: review, order: 2.5 },
    { group: 'assessment', label: u('removed'), path: '/assessment/removed', permission: review, order: 2.6 },
    { group: 'assessment', label: t('models'), path: '/assessment/models', permission: manage, order: 3 },
  ],
  commands: [{ id: 'assessment', label: t('periods'), path: '/assessment', permission: read }, { id: 'assessment.appeals', label: t('appeals'), path: '/assessment/appeals', permission: read }],
})
