import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'ai',
  routes: [
    { path: '/ai/apps', title: '智能应用', permission: 'ai.read', lazy: () => import('./AppsPage.tsx') },
    { path: '/ai/models', title: '模型版本', permission: 'ai.read', lazy: () => import('./ModelsPage.tsx') },
    { path: '/ai/evaluations', title: '评测', permission: 'ai.read', lazy: () => import('./EvaluationsPage.tsx') },
    { path: '/ai/dispatches', title: '分拨历史', permission: 'ai.read', lazy: () => import('./DispatchHistoryPage.tsx') },
    { path: '/ai/signals', title: '新发与主体', permission: 'ai.read', lazy: () => import('./SignalsPage.tsx') },
    { path: '/ai/safety', title: '内容安全', permission: 'ai.read', lazy: () => import('./SafetyPage.tsx') },
    { path: '/ai/gateway', title: '大模型', permission: 'ai.read', lazy: () => import('./GatewayPage.tsx') },
  ],
  rail: [
    { group: 'ai', label: '智能应用', path: '/ai/apps', permission: 'ai.read', order: 1 },
    { group: 'ai', label: '模型版本', path: '/ai/models', permission: 'ai.read', order: 2 },
    { group: 'ai', label: '评测', path: '/ai/evaluations', permission: 'ai.read', order: 3 },
    { group: 'ai', label: '分拨历史', path: '/ai/dispatches', permission: 'ai.read', order: 3.5 },
    { group: 'ai', label: '新发与主体', path: '/ai/signals', permission: 'ai.read', order: 3.6 },
    { group: 'ai', label: '内容安全', path: '/ai/safety', permission: 'ai.read', order: 3.7 },
    { group: 'ai', label: '大模型', path: '/ai/gateway', permission: 'ai.read', order: 4 },
  ],
  commands: [{ id: 'ai.apps', label: '打开智能应用', path: '/ai/apps', permission: 'ai.read' }, { id: 'ai.models', label: '打开模型版本', path: '/ai/models', permission: 'ai.read' }, { id: 'ai.evaluations', label: '打开评测', path: '/ai/evaluations', permission: 'ai.read' }, { id: 'ai.gateway', label: '打开大模型', path: '/ai/gateway', permission: 'ai.read' }],
})
