import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

export const feature = defineFeature({
  id: 'home',
  routes: [
    { path: '/home', title: t('home'), lazy: () => import('./HomePage.tsx') },
    { path: '/home/messages', title: t('messages'), lazy: () => import('./MessagesPage.tsx') },
    { path: '/home/notices', title: t('notices'), lazy: () => import('./NoticesPage.tsx') },
    { path: '/contacts', title: t('contacts'), lazy: () => import('./ContactsPage.tsx') },
    { path: '/home/tasks', title: t('tasks'), lazy: () => import('./TasksPage.tsx') },
  ],
  rail: [
    { group: 'home', label: t('todo'), path: '/home', count: 'home.todo', order: 1 },
    { group: 'home', label: t('messages'), path: '/home/messages', count: 'messages.unread', order: 8 },
    { group: 'home', label: t('notices'), path: '/home/notices', order: 8.2 },
    { group: 'home', label: t('contacts'), path: '/contacts', order: 8.5 },
    { group: 'home', label: t('tasks'), path: '/home/tasks', count: 'tasks.running', order: 9 },
  ],
  commands: [{ id: 'home', label: t('goHome'), path: '/home', keys: 'g h' }],
})
