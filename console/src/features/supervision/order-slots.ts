import { defineOrderSlots } from '../orders/slots.ts'
import { w } from './words.zh-CN.ts'

export const slots = defineOrderSlots({
  tabs: [{ id: 'supervising', title: w('orderTab'), permission: ['supervision.read', 'supervision.instruct'], when: (order) => order.own, lazy: () => import('./OrderSupervision.tsx') }],
})
