import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

export const feature = defineFeature({
  id: 'imports',
  routes: [{ path: '/orders/import', title: t('title'), permission: 'orders.import', lazy: () => import('./ImportPage.tsx') }],
  rail: [{ group: 'orders', label: t('title'), path: '/orders/import', permission: 'orders.import', order: 90 }],
  commands: [{ id: 'orders.import', label: t('open'), path: '/orders/import', permission: 'orders.import' }],
})
