import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'desk',
  routes: [
    { path: '/desk', title: '受理', lazy: () => import('./StartPage.tsx') },
    { path: '/desk/call', title: '话务坐席', permission: 'orders.register', lazy: () => import('./CallPage.tsx') },
    { path: '/desk/channels', title: '全媒体受理', permission: 'intake.desk', lazy: () => import('./ChannelsPage.tsx') },
    { path: '/desk/visits', title: '来访来信', permission: 'orders.register', lazy: () => import('./VisitsPage.tsx') },
    { path: '/desk/visits/register', title: '登记来访来信', permission: 'orders.register', lazy: () => import('./CallPage.tsx') },
    { path: '/desk/lead', title: '值班长席', permission: 'orders.passReview', lazy: () => import('./LeadPage.tsx') },
  ],
  rail: [
    { group: 'desk', label: '话务坐席', path: '/desk/call', permission: 'orders.register', count: 'orders.drafts', order: 1 },
    { group: 'desk', label: '全媒体受理', path: '/desk/channels', permission: 'intake.desk', count: 'orders.triage', order: 2 },
    { group: 'desk', label: '来访来信', path: '/desk/visits', permission: 'orders.register', order: 3 },
    { group: 'desk', label: '值班长席', path: '/desk/lead', permission: 'orders.passReview', order: 4 },
  ],
  commands: [
    { id: 'desk.call', label: '登记工单', path: '/desk/call', permission: 'orders.register', keys: 'g d' },
    { id: 'desk.visits', label: '打开来访来信', path: '/desk/visits', permission: 'orders.register' },
    { id: 'desk.channels', label: '打开全媒体受理', path: '/desk/channels', permission: 'intake.desk' },
    { id: 'desk.lead', label: '打开值班长席', path: '/desk/lead', permission: 'orders.passReview' },
  ],
})
