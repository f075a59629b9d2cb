import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const permission = ['platform.suggest', 'platform.reviewSuggestions', 'platform.decideSuggestions']

export const feature = defineFeature({
  id: 'suggestions',
  routes: [{ path: '/suggestions', title: t('title'), permission, lazy: () => import('./SuggestionsPage.tsx') }],
  rail: [{ group: 'home', label: t('title'), path: '/suggestions', permission, order: 9.5 }],
})
