// What a queue is made of: shapes of its JSON columns, shared by contract, rows and policy.
import { z } from 'zod'
import { pick } from '../../../../../switch/src/engine-port.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, '请填写如 09:00 的时间')
export const opening = z.array(z.object({ days: z.array(z.number().int().min(1).max(7)).min(1), from: time, to: time })).max(40)
export const strategies = z.array(z.object({ pick, afterSeconds: z.number().int().min(0).max(3600) })).min(1).max(6)
export const skillNeeds = z.array(z.object({ skillId: z.uuid(), level: z.number().int().min(1).max(5) })).max(20)
export const overflow = z.array(z.object({
  waitedSeconds: z.number().int().min(0).max(7200).optional(), waiting: z.number().int().min(0).max(10_000).optional(), averageWaitSeconds: z.number().int().min(0).max(7200).optional(),
  to: z.union([z.object({ queueId: z.uuid() }), z.object({ voicemail: z.literal(true) }), z.object({ flowId: z.uuid() })]),
}).refine((step) => step.waitedSeconds !== undefined || step.waiting !== undefined || step.averageWaitSeconds !== undefined, '请填写溢出的条件')).max(10)
/** Points per factor; waiting must weigh, so that nobody starves (TEL-17). */
export const weights = z.object({ waiting: z.number().positive().max(1000), urgency: z.number().min(0).max(1000), repeat: z.number().min(0).max(1000), business: z.number().min(0).max(1000) })

export const defaultStrategies: z.output<typeof strategies> = [{ pick: 'lastAgent', afterSeconds: 0 }, { pick: 'longestIdle', afterSeconds: 0 }]
export const defaultWeights: z.output<typeof weights> = { waiting: 30, urgency: 25, repeat: 5, business: 5 }
export const pickNames: Record<z.output<typeof pick>, string> = {
  longestIdle: '最长空闲', leastCalls: '接听最少', leastTalk: '通话时长最短', roundRobin: '轮流', sequential: '按顺序', random: '随机', skill: '技能匹配', lastAgent: '上次服务坐席', ringAll: '同时振铃',
}
