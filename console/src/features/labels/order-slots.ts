import { defineOrderSlots } from '../orders/slots.ts'

export const slots = defineOrderSlots({ side: [{ id: 'labels', title: '标签与内部备注', permission: 'orders.read', lazy: () => import('./OrderMarks.tsx') }] })
