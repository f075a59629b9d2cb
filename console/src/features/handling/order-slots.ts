import { defineOrderSlots } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

const waits = ['suspended', 'disputed', 'hard']

export const slots = defineOrderSlots({
  tabs: [{ id: 'handling', title: t('tab'), permission: 'orders.read', lazy: () => import('./HandlingTab.tsx') }],
  notices: [{ id: 'handling', title: t('tab'), permission: 'orders.read', when: (order) => order.own && order.flags.some((flag) => waits.includes(flag.code)), lazy: () => import('./HandlingNotice.tsx') }],
})
