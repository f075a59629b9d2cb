import { defineOrderSlots } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export const slots = defineOrderSlots({ tabs: [{ id: 'calls', title: t('orderCalls'), permission: 'orders.read', lazy: () => import('./OrderCallsTab.tsx') }] })
