import { defineFeature } from '../../app/feature.ts'
import { reviewSections } from '../../app/rail-groups.ts'
import { t } from './texts.zh-CN.ts'

const read = 'orders.read'
const desk = ['orders.reviewPause', 'orders.approveTracking', 'orders.handle', 'orders.approve', 'orders.manageRules', 'supervision.manage']
const contested = ['orders.adjudicate', 'orders.dispute', 'orders.handle', 'orders.approve']
const post = ['orders.handleHard', 'orders.markHard', 'supervision.instruct']
const rules = ['orders.manageRules', 'orders.dispatch', 'orders.handle', 'orders.approve']

export const feature = defineFeature({
  id: 'handling',
  routes: [
    { path: '/handling/pauses', title: t('pauses'), permission: read, lazy: () => import('./PausesPage.tsx') },
    { path: '/handling/trackings', title: t('trackings'), permission: read, lazy: () => import('./TrackingsPage.tsx') },
    { path: '/handling/disputes', title: t('disputes'), permission: contested, lazy: () => import('./DisputesPage.tsx') },
    { path: '/handling/hard', title: t('hards'), permission: post, lazy: () => import('./HardPage.tsx') },
    { path: '/handling/contacts', title: t('contacts'), permission: read, lazy: () => import('./ContactsPage.tsx') },
    { path: '/handling/auto', title: t('auto.title'), permission: ['orders.dispatch', 'orders.manageRules'], lazy: () => import('./AutoAssignmentsPage.tsx') },
    { path: '/handling/exclusions', title: t('exclusions'), permission: read, lazy: () => import('./ExclusionsPage.tsx') },
    { path: '/handling/exclusion-drafts', title: t('drafts'), permission: read, lazy: () => import('./ExclusionDraftsPage.tsx') },
    { path: '/handling/exclusion-hints', title: t('hints'), permission: ['orders.handle', 'flow.approveInUnit', 'orders.approveExclusion'], lazy: () => import('./ExclusionHintsPage.tsx') },
    { path: '/handling/declaration-quality', title: t('quality'), permission: 'orders.approveExclusion', lazy: () => import('./DeclarationQualityPage.tsx') },
    { path: '/handling/declarations', title: t('declarations'), permission: read, lazy: () => import('./DeclarationsPage.tsx') },
    { path: '/handling/rules', title: t('rules'), permission: rules, lazy: () => import('./RulesPage.tsx') },
  ],
  rail: [
    { group: 'review', section: reviewSections.hard, label: t('disputes'), path: '/handling/disputes', permission: ['orders.adjudicate', 'orders.approveDispute'], count: 'handling.disputes', order: 11 },
    { group: 'review', section: reviewSections.hard, label: t('hards'), path: '/handling/hard', permission: post, count: 'handling.hard', order: 12 },
    { group: 'review', label: t('autos'), path: '/handling/auto', permission: 'orders.dispatch', count: 'handling.auto', order: 3.5 },
    { group: 'orders', label: t('pauses'), path: '/handling/pauses', permission: desk, order: 21 },
    { group: 'orders', label: t('trackings'), path: '/handling/trackings', permission: desk, order: 22 },
    { group: 'orders', label: t('contacts'), path: '/handling/contacts', permission: desk, order: 23 },
    { group: 'orders', label: t('exclusions'), path: '/handling/exclusions', permission: desk, order: 24 },
    { group: 'orders', label: t('drafts'), path: '/handling/exclusion-drafts', permission: ['orders.handle', 'flow.approveInUnit', 'orders.approveExclusion'], order: 24.5 },
    { group: 'orders', label: t('hints'), path: '/handling/exclusion-hints', permission: ['orders.handle', 'flow.approveInUnit', 'orders.approveExclusion'], order: 24.7 },
    { group: 'orders', label: t('quality'), path: '/handling/declaration-quality', permission: 'orders.approveExclusion', order: 24.8 },
    { group: 'orders', label: t('declarations'), path: '/handling/declarations', permission: desk, order: 25 },
    { group: 'unit', label: t('disputes'), path: '/handling/disputes', permission: ['orders.handle', 'orders.approve'], count: 'handling.disputesMine', order: 11 },
    { group: 'orders', label: t('rules'), path: '/handling/rules', permission: rules, order: 26 },
  ],
  commands: [
    { id: 'handling.pauses', label: t('goPauses'), path: '/handling/pauses', permission: desk },
    { id: 'handling.disputes', label: t('goDisputes'), path: '/handling/disputes', permission: contested },
    { id: 'handling.hard', label: t('goHards'), path: '/handling/hard', permission: post },
  ],
})
