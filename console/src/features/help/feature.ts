import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

export const feature = defineFeature({
  id: 'help',
  routes: [{ path: '/help', title: t('title'), lazy: () => import('./HelpPage.tsx') }, { path: '/help/:topic', title: t('title'), lazy: () => import('./HelpPage.tsx') }],
  commands: [{ id: 'help', label: t('open'), path: '/help', keys: 'g ?' }],
})
