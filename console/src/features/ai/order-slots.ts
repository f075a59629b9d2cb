import { defineOrderSlots } from '../orders/slots.ts'

const LONG = 150

export const slots = defineOrderSlots({ side: [{ id: 'summary', title: '诉求摘要', permission: 'ai.use', when: (order) => order.content.length >= LONG, lazy: () => import('./OrderSummary.tsx') }, { id: 'reading', title: '情绪与被诉主体', permission: 'ai.use', lazy: () => import('./OrderReading.tsx') }] })
