import { defineFeature } from '../../app/feature.ts'

const read = 'orders.read'

export const feature = defineFeature({
  id: 'orders',
  routes: [
    { path: '/orders', title: '工单', permission: read, lazy: () => import('./OrdersPage.tsx') },
    { path: '/orders/:number', title: '工单', permission: read, lazy: () => import('./OrderPage.tsx') },
    { path: '/orders/:number/print', title: '打印工单', permission: read, bare: true, lazy: () => import('./PrintPage.tsx') },
  ],
  rail: [
    { group: 'orders', label: '全部工单', path: '/orders', permission: read, order: 1 },
  ],
  commands: [
    { id: 'orders', label: '打开工单列表', path: '/orders', permission: read, keys: 'g o' },
    { id: 'orders.overdue', label: '已超期工单', path: '/orders?view=overdue', permission: read },
  ],
})
