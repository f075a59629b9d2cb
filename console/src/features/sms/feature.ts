import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const may = ['platform.sendSms', 'platform.approveSmsTemplates']

export const feature = defineFeature({
  id: 'sms',
  routes: [{ path: '/sms', title: t('title'), permission: may, lazy: () => import('./SmsDeskPage.tsx') }],
  rail: [{ group: 'home', label: t('title'), path: '/sms', permission: may, order: 9 }],
  commands: [{ id: 'sms', label: t('openDesk'), path: '/sms', permission: may }],
})
