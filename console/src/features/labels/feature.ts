import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'labels',
  routes: [{ path: '/orders/label-rules', title: '标签规则', permission: 'orders.manageLabelRules', lazy: () => import('./RulesPage.tsx') }],
  rail: [{ group: 'orders', label: '标签规则', path: '/orders/label-rules', permission: 'orders.manageLabelRules', order: 8 }],
  commands: [{ id: 'orders.labelRules', label: '打开标签规则', path: '/orders/label-rules', permission: 'orders.manageLabelRules' }],
})
