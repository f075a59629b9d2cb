import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const revealQuota = defineSetting({ key: 'reveal.perHour', label: '每人每小时可查看联系方式原文的次数', schema: z.number().int().min(0).max(10_000), fallback: 30, scope: 'tenant' })
export const frequentCaller = defineSetting({
  key: 'requester.frequent', label: '多次来电标签', help: '在所列天数内登记达到次数的诉求人带“多次来电”标签', schema: z.object({ days: z.number().int().min(1).max(3650), orders: z.number().int().min(2).max(1000) }), fallback: { days: 90, orders: 3 }, scope: 'tenant',
})
