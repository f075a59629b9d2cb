import { defineOrderSlots } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export const slots = defineOrderSlots({
  tabs: [{ id: 'reports', title: t('reports'), permission: ['orders.handle', 'orders.approve', 'orders.reviewResult', 'orders.arbitrate'], when: (order) => order.assignments.length > 0, lazy: () => import('./ReportsTab.tsx') }],
})
