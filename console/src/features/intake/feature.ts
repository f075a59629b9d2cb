import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'intake',
  routes: [
    { path: '/content/channels', title: '受理渠道', permission: 'intake.channels', lazy: () => import('./ChannelsPage.tsx') },
    { path: '/content/accounts', title: '公众账号', permission: 'intake.accounts', lazy: () => import('./AccountsPage.tsx') },
  ],
  rail: [
    { group: 'content', label: '受理渠道', path: '/content/channels', permission: 'intake.channels', order: 8 },
    { group: 'content', label: '公众账号', path: '/content/accounts', permission: 'intake.accounts', order: 9 },
  ],
  commands: [{ id: 'content.channels', label: '打开受理渠道', path: '/content/channels', permission: 'intake.channels' }],
})
