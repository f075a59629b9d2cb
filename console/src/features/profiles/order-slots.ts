import { defineOrderSlots } from '../orders/slots.ts'

export const slots = defineOrderSlots({
  facts: [
    { id: 'profile', title: '专项类型', permission: 'orders.read', when: (order) => order.profileName !== null || order.lineName !== null || order.acts.length > 0, onDesk: (order) => order.profileName !== null || order.lineName !== null, lazy: () => import('./ProfileFacts.tsx') },
    { id: 'keyMarks', title: '重点标记', permission: 'orders.read', when: (order) => order.own, lazy: () => import('./KeyMarks.tsx') },
  ],
})
