import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const read = 'data.read'
const leads = ['leader']

export const feature = defineFeature({
  id: 'cockpit',
  routes: [
    { path: '/cockpit', title: t('cockpit'), permission: read, lazy: () => import('./CockpitPage.tsx') },
    { path: '/cockpit/events', title: t('events'), permission: read, lazy: () => import('./EventsPage.tsx') },
    { path: '/cockpit/areas', title: t('areas'), permission: read, lazy: () => import('./AreasPage.tsx') },
    { path: '/cockpit/instructions', title: t('instructions'), permission: 'supervision.read', lazy: () => import('./MyInstructionsPage.tsx') },
  ],
  rail: [
    { group: 'cockpit', label: t('overview'), path: '/cockpit', permission: read, roles: leads, order: 1 },
    { group: 'cockpit', label: t('events'), path: '/cockpit/events', permission: read, roles: leads, order: 2 },
    { group: 'cockpit', label: t('areas'), path: '/cockpit/areas', permission: read, roles: leads, order: 3 },
    { group: 'cockpit', label: t('instructions'), path: '/cockpit/instructions', permission: 'supervision.read', roles: leads, order: 4 },
  ],
  commands: [{ id: 'cockpit', label: t('cockpit'), path: '/cockpit', permission: read }],
})
