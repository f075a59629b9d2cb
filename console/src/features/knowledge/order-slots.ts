import { defineOrderSlots } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

export const slots = defineOrderSlots({ side: [{ id: 'knowledge', title: t('desk'), permission: 'knowledge.read', lazy: () => import('./OrderKnowledge.tsx') }] })
