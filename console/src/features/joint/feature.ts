import { defineFeature } from '../../app/feature.ts'
import { reviewSections } from '../../app/rail-groups.ts'
import { w } from '../supervision/words.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const read = 'orders.read'
const whistle = ['orders.manageWhistles', 'orders.handle', 'orders.approve', 'supervision.manage']
const unit = ['orders.handle', 'orders.approve']

export const feature = defineFeature({
  id: 'joint',
  routes: [
    { path: '/joint/whistles', title: t('whistles'), permission: read, lazy: () => import('./WhistlesPage.tsx') },
    { path: '/joint/marks', title: t('marks'), permission: read, lazy: () => import('./MarksPage.tsx') },
    { path: '/orders/joint', title: t('joints'), permission: read, lazy: () => import('./JointsPage.tsx') },
    { path: '/joint/linked-units', title: t('linked'), permission: ['orders.manageJoint', 'orders.openJoint'], lazy: () => import('./LinkedUnitsPage.tsx') },
  ],
  rail: [
    { group: 'orders', label: t('joints'), path: '/orders/joint', permission: ['orders.openJoint', 'orders.rateJoint', 'orders.manageJoint'], order: 27 },
    { group: 'orders', label: t('whistles'), path: '/joint/whistles', permission: 'orders.manageWhistles', order: 28 },
    { group: 'review', section: reviewSections.hard, label: t('marks'), path: '/joint/marks', permission: 'orders.ruleMarks', count: 'handling.marks', order: 14 },
    { group: 'supervision', section: w('rail.watch'), label: t('whistles'), path: '/joint/whistles', permission: 'supervision.manage', order: 40 },
    { group: 'unit', label: t('whistles'), path: '/joint/whistles', permission: unit, count: 'handling.whistlesMine', order: 12 },
    { group: 'unit', label: t('joints'), path: '/orders/joint', permission: unit, count: 'handling.jointMine', order: 13 },
    { group: 'unit', label: t('marks'), path: '/joint/marks', permission: unit, count: 'handling.marksMine', order: 14 },
    { group: 'admin', label: t('linked'), path: '/joint/linked-units', permission: 'orders.manageJoint', order: 60 },
  ],
  commands: [
    { id: 'joint.whistles', label: t('goWhistles'), path: '/joint/whistles', permission: whistle },
    { id: 'joint.tasks', label: t('goJoints'), path: '/orders/joint', permission: read },
  ],
})
