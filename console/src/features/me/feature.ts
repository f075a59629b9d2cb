import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

export const feature = defineFeature({
  id: 'me',
  routes: [{ path: '/me', title: t('title'), lazy: () => import('./MePage.tsx') }, { path: '/oauth/authorize', title: t('signOn'), lazy: () => import('./SignOnPage.tsx'), bare: true }, { path: '/cas/login', title: t('signOn'), lazy: () => import('./SignOnPage.tsx'), bare: true }],
})
