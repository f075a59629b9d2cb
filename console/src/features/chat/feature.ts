import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'chat',
  routes: [
    { path: '/desk/chat', title: '在线会话', permission: 'intake.chat', lazy: () => import('./ChatDesk.tsx') },
    { path: '/desk/chat/left', title: '留言', permission: 'intake.chat', lazy: () => import('./LeftPage.tsx') },
    { path: '/desk/chat/records', title: '会话记录', permission: 'intake.chat', lazy: () => import('./RecordsPage.tsx') },
  ],
  rail: [
    { group: 'desk', label: '在线会话', path: '/desk/chat', permission: 'intake.chat', count: 'intake.chat', order: 2.2 },
    { group: 'desk', label: '留言', path: '/desk/chat/left', permission: 'intake.chat', count: 'intake.left', order: 2.3 },
    { group: 'desk', label: '会话记录', path: '/desk/chat/records', permission: 'intake.chat', order: 2.4 },
  ],
  commands: [{ id: 'desk.chat', label: '打开在线会话', path: '/desk/chat', permission: 'intake.chat', keys: 'g t' }],
})
