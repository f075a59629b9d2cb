import { defineOrderSlots } from '../orders/slots.ts'

const together = new Set(['eventMember', 'mergeLead', 'repeat'])

export const slots = defineOrderSlots({
  side: [
    { id: 'sets', title: '事件集与并单', permission: 'orders.read', when: (order) => order.own && (order.state === 'merged' || order.flags.some((flag) => together.has(flag.code) && flag.code !== 'repeat')), lazy: () => import('./OrderSet.tsx') },
    { id: 'duplicates', title: '相似工单', permission: 'orders.requesterHistory', when: (order) => order.own, lazy: () => import('./OrderDuplicates.tsx') },
  ],
  notices: [{ id: 'repeat', title: '重复诉求', permission: 'orders.read', when: (order) => order.flags.some((flag) => flag.code === 'repeat'), lazy: () => import('./RepeatNotice.tsx') }],
})
