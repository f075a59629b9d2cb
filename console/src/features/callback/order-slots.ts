import { defineOrderSlots } from '../orders/slots.ts'
import { p } from './pool.zh-CN.ts'

export const slots = defineOrderSlots({
  side: [{ id: 'callbackPool', title: p('pool'), permission: 'orders.handle', when: (order) => order.own && (order.state === 'inProgress' || order.state === 'pendingResultReview'), lazy: () => import('./AskPool.tsx') }],
})
