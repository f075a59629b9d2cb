import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'intake',
  routes: [
    { path: '/content/channels', title: '受理渠道', permission: 'intake.channels', lazy: () => import('./ChannelsPage.tsx') },
    { path: '/content/enterprises', title: '企业账号', permission: 'intake.enterprises', lazy: () => import('./EnterprisesPage.tsx') },
    { path: '/content/enterprises/:id', title: '企业账号', permission: 'intake.enterprises', lazy: () => import('./EnterprisePage.tsx') },
    { path: '/content/enterprise-forms', title: '企业专属表单', permission: 'intake.enterprises', lazy: () => import('./EnterpriseFormsPage.tsx') },
    { path: '/content/prepaid', title: '企业预充值', permission: 'intake.prepaid', lazy: () => import('./PrepaidPage.tsx') },
    { path: '/content/points-store', title: '积分商城', permission: 'intake.store', lazy: () => import('./StorePage.tsx') },
    { path: '/content/robot', title: '智能问答', permission: 'intake.robot', lazy: () => import('./RobotPage.tsx') },
    { path: '/unit/collect', title: '自采登记', permission: 'intake.collect', lazy: () => import('./CollectPage.tsx') },
    { path: '/content/accounts', title: '公众账号', permission: 'intake.accounts', lazy: () => import('./AccountsPage.tsx') },
  ],
  rail: [
    { group: 'content', label: '受理渠道', path: '/content/channels', permission: 'intake.channels', order: 8 },
    { group: 'content', label: '企业账号', path: '/content/enterprises', permission: 'intake.enterprises', order: 7 },
    { group: 'content', label: '企业专属表单', path: '/content/enterprise-forms', permission: 'intake.enterprises', order: 7.1 },
    { group: 'content', label: '企业预充值', path: '/content/prepaid', permission: 'intake.prepaid', order: 7.2 },
    { group: 'content', label: '积分商城', path: '/content/points-store', permission: 'intake.store', order: 7.3 },
    { group: 'content', label: '智能问答', path: '/content/robot', permission: 'intake.robot', order: 6 },
    { group: 'unit', label: '自采登记', path: '/unit/collect', permission: 'intake.collect', order: 9 },
    { group: 'content', label: '公众账号', path: '/content/accounts', permission: 'intake.accounts', order: 9 },
  ],
  commands: [{ id: 'content.channels', label: '打开受理渠道', path: '/content/channels', permission: 'intake.channels' }],
})
