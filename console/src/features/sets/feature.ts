import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'sets',
  routes: [
    { path: '/orders/sets', title: '事件集', permission: 'orders.sets', lazy: () => import('./SetsPage.tsx') },
    { path: '/orders/sets/:id', title: '事件集', permission: 'orders.sets', lazy: () => import('./SetPage.tsx') },
    { path: '/orders/merges', title: '并单', permission: 'orders.merge', lazy: () => import('./MergesPage.tsx') },
    { path: '/orders/merges/:id', title: '并单', permission: 'orders.merge', lazy: () => import('./MergePage.tsx') },
  ],
  rail: [
    { group: 'orders', label: '事件集', path: '/orders/sets', permission: 'orders.sets', order: 3 },
    { group: 'orders', label: '并单', path: '/orders/merges', permission: 'orders.merge', order: 4 },
  ],
  commands: [
    { id: 'orders.sets', label: '打开同诉事件集', path: '/orders/sets', permission: 'orders.sets' },
    { id: 'orders.merges', label: '打开并单', path: '/orders/merges', permission: 'orders.merge' },
  ],
})
