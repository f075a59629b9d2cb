import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'query',
  routes: [{ path: '/orders/query', title: '综合查询', permission: 'orders.read', lazy: () => import('./QueryPage.tsx') }],
  rail: [{ group: 'orders', label: '综合查询', path: '/orders/query', permission: 'orders.read', order: 2 }],
  commands: [{ id: 'orders.query', label: '综合查询', path: '/orders/query', permission: 'orders.read' }],
})
