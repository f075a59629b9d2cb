import { defineFeature } from '../../app/feature.ts'

export const feature = defineFeature({
  id: 'publicity',
  routes: [
    { path: '/content', title: '公众内容', permission: ['intake.publish', 'intake.qr'], lazy: () => import('./StartPage.tsx') },
    { path: '/content/posts', title: '公告与案例', permission: 'intake.publish', lazy: () => import('./PostsPage.tsx') },
    { path: '/content/posts/:id', title: '公告与案例', permission: 'intake.publish', lazy: () => import('./PostPage.tsx') },
    { path: '/content/qrcodes', title: '二维码', permission: 'intake.qr', lazy: () => import('./QrPage.tsx') },
    { path: '/content/qrcodes/:id/print', title: '打印二维码', permission: 'intake.qr', lazy: () => import('./QrSheet.tsx'), bare: true },
  ],
  rail: [
    { group: 'content', label: '公告与案例', path: '/content/posts', permission: 'intake.publish', order: 1 },
    { group: 'content', label: '二维码', path: '/content/qrcodes', permission: 'intake.qr', order: 2 },
  ],
  commands: [
    { id: 'content.posts', label: '打开公告与案例', path: '/content/posts', permission: 'intake.publish' },
    { id: 'content.qr', label: '打开投诉二维码', path: '/content/qrcodes', permission: 'intake.qr' },
  ],
})
