import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'profiles',
  routes: [
    { path: '/orders/profiles', title: '专项工单类型', permission: 'orders.manageProfiles', lazy: () => import('./ProfilesPage.tsx') },
    { path: '/orders/node-rules', title: '环节与办理规则', permission: 'orders.manageNodeRules', lazy: () => import('./NodeRulesPage.tsx') },
    { path: '/orders/task-forces', title: '专班与值守', permission: 'orders.manageTaskForces', lazy: () => import('./TaskForcesPage.tsx') },
    { path: '/orders/key-cases', title: '重点专题与特殊标记', permission: 'orders.manageKeyCases', lazy: () => import('./KeyCasesPage.tsx') },
    { path: '/orders/lines', title: '归并热线', permission: 'orders.manageLines', lazy: () => import('./LinesPage.tsx') },
    { path: '/review/taskforce', title: '专班分拣', permission: ['orders.review', 'orders.dispatch'], lazy: () => import('./SortingPage.tsx') },
    { path: '/review/taskforce/:code', title: '专班分拣', permission: ['orders.review', 'orders.dispatch'], lazy: () => import('./SortingPage.tsx') },
  ],
  rail: [
    { group: 'orders', label: '专项工单类型', path: '/orders/profiles', permission: 'orders.manageProfiles', order: 9 },
    { group: 'orders', label: '环节与办理规则', path: '/orders/node-rules', permission: 'orders.manageNodeRules', order: 10 },
    { group: 'orders', label: '专班与值守', path: '/orders/task-forces', permission: 'orders.manageTaskForces', order: 11 },
    { group: 'orders', label: '重点专题', path: '/orders/key-cases', permission: 'orders.manageKeyCases', order: 12 },
    { group: 'orders', label: '归并热线', path: '/orders/lines', permission: 'orders.manageLines', order: 13 },
    { group: 'review', label: '专班分拣', path: '/review/taskforce', permission: ['orders.review', 'orders.dispatch'], order: 2 },
  ],
  commands: [
    { id: 'review.taskforce', label: '打开专班分拣', path: '/review/taskforce', permission: ['orders.review', 'orders.dispatch'] },
    { id: 'orders.profiles', label: '打开专项工单类型', path: '/orders/profiles', permission: 'orders.manageProfiles' },
    { id: 'orders.nodeRules', label: '打开环节与办理规则', path: '/orders/node-rules', permission: 'orders.manageNodeRules' },
  ],
})
