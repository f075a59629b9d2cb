import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

export const feature = defineFeature({
  id: 'forms',
  routes: [
    { path: '/admin/forms', title: t('title'), permission: 'forms.read', lazy: () => import('./FormsPage.tsx') },
    { path: '/admin/forms/:id', title: t('title'), permission: 'forms.read', lazy: () => import('./FormPage.tsx') },
  ],
  rail: [{ group: 'admin', label: t('title'), path: '/admin/forms', permission: 'forms.read', order: 7 }],
  commands: [{ id: 'admin.forms', label: t('open'), path: '/admin/forms', permission: 'forms.read' }],
})
