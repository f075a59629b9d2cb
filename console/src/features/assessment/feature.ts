import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const read = 'assessment.read'
const manage = 'assessment.manage'

export const feature = defineFeature({
  id: 'assessment',
  routes: [
    { path: '/assessment', title: t('periods'), permission: read, lazy: () => import('./PeriodsPage.tsx') },
    { path: '/assessment/appeals', title: t('appeals'), permission: read, lazy: () => import('./AppealsPage.tsx') },
    { path: '/assessment/models', title: t('models'), permission: manage, lazy: () => import('./ModelsPage.tsx') },
    { path: '/assessment/:period', title: t('ranking'), permission: read, lazy: () => import('./RankingPage.tsx') },
    { path: '/assessment/:period/:object', title: t('score'), permission: read, lazy: () => import('./ScorePage.tsx') },
  ],
  rail: [
    { group: 'assessment', label: t('periods'), path: '/assessment', permission: read, order: 1 },
    { group: 'assessment', label: t('appeals'), path: '/assessment/appeals', permission: read, order: 2 },
    { group: 'assessment', label: t('models'), path: '/assessment/models', permission: manage, order: 3 },
  ],
  commands: [{ id: 'assessment', label: t('periods'), path: '/assessment', permission: read }, { id: 'assessment.appeals', label: t('appeals'), path: '/assessment/appeals', permission: read }],
})
