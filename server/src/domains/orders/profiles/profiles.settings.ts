import { z } from 'zod'
import { defineSetting } from '../../../kernel/settings.ts'

export const firstCallerWindow = defineSetting({ key: 'firstCaller.window', label: '首次来电回看天数', schema: z.number().int().min(0).max(3650), fallback: 365, scope: 'tenant' })
export const firstCallerBy = defineSetting({ key: 'firstCaller.by', label: '首次来电按什么识别', schema: z.array(z.enum(['phone', 'requester'])).min(1), fallback: ['phone' as const, 'requester' as const], scope: 'tenant' })

export const priorityWeights = defineSetting({
  key: 'priorityWeights', label: '工单优先级权重', help: '领导批示和紧急程度每级各加多少；列表按优先级排序时高的在前', schema: z.object({ instruction: z.number().int().min(0).max(20), urgency: z.number().int().min(0).max(20) }), fallback: { instruction: 2, urgency: 1 }, scope: 'tenant',
})

const limit = z.object({ responseHours: z.number().min(0.1).max(720), finishHours: z.number().min(0.1).max(2160) })
export const fastTrackUrgencies = defineSetting({ key: 'fastTrack.urgencies', label: '进入快速通道的紧急程度', schema: z.array(z.enum(['urgent', 'major'])), fallback: ['major' as const], scope: 'tenant' })
export const fastTrackLimits = defineSetting({
  key: 'fastTrack.limits', label: '快速通道时限（小时）', help: '不稳定因素、突发事件各自的响应和办结时限，代替普通时限规则', schema: z.object({ unstable: limit, emergency: limit }), fallback: { unstable: { responseHours: 1, finishHours: 24 }, emergency: { responseHours: 1, finishHours: 12 } }, scope: 'tenant',
})
