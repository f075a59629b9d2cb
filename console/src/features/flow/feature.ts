import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

export const feature = defineFeature({
  id: 'flow',
  routes: [
    { path: '/admin/flows', title: t('title'), permission: 'flow.read', lazy: () => import('./FlowsPage.tsx') },
    { path: '/admin/flows/:key', title: t('title'), permission: 'flow.read', lazy: () => import('./FlowPage.tsx') },
    { path: '/admin/flows/:key/draw/:version', title: t('designer'), permission: 'flow.read', lazy: () => import('./DesignerPage.tsx') },
    { path: '/admin/flow-instances', title: t('monitor'), permission: 'flow.read', lazy: () => import('./InstancesPage.tsx') },
    // the applicant and whoever decides see it too: the server knows who
    { path: '/flow/instances/:id', title: t('instance'), lazy: () => import('./InstancePage.tsx') },
  ],
  rail: [
    { group: 'admin', label: t('title'), path: '/admin/flows', permission: 'flow.read', order: 8 },
    { group: 'admin', label: t('monitor'), path: '/admin/flow-instances', permission: 'flow.read', order: 8 },
  ],
})
