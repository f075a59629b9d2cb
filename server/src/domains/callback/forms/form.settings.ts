// Parameters of callbacks by SMS, and of the order in which manners are tried.
import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'
import { mannerSteps, type MannerStep } from './form.ts'

const order: MannerStep[] = ['wish', 'person']

export const mannerOrder = defineSetting({
  key: 'callback.mannerOrder', label: '回访方式的次序', help: 'wish 按诉求人意愿（短信），robot 机器人，sms 短信，person 人工；不能用的跳过，最后总是人工，保密工单只由人工', schema: z.array(z.enum(mannerSteps)).min(1).max(4), fallback: order, scope: 'tenant',
})
export const answerDays = defineSetting({ key: 'callback.sms.answerPeriod', label: '短信回访的答复期限（天）', schema: z.number().int().min(1).max(30), fallback: 3, scope: 'tenant' })
export const afterPeriod = defineSetting({
  key: 'callback.sms.afterPeriod', label: '短信超期未答复', help: 'archive 超期自动办结，单独统计，不计为满意；person 转人工回访', schema: z.enum(['archive', 'person']), fallback: 'archive' as const, scope: 'tenant',
})
export const maxReasons = defineSetting({ key: 'callback.maxReasons', label: '诉求人最多选几项不满意原因', schema: z.number().int().min(1).max(10), fallback: 3, scope: 'tenant' })

export const formSettings = [mannerOrder, answerDays, afterPeriod, maxReasons]
