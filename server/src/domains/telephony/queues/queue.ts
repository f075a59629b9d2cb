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
const points = (fallback: number) => z.number().min(0, '权重不能为负').max(1000).default(fallback)
export const weights = z.object({
  waiting: z.number().positive('等待时间的权重须大于 0').max(1000), urgency: points(25), business: points(5), handling: points(5), repeat: points(5), order: points(5), patience: points(5), language: points(5), area: points(5), level: points(0), mark: points(5), load: points(5),
})
const few = z.number().int().min(0).max(10_000).optional()
/** Another chain or other weights while all conditions hold; the first rule that fits is used. */
export const rules = z.array(z.object({
  name: z.string().trim().min(1, '请填写规则名称').max(60),
  when: z.object({ opening: opening.min(1).optional(), numbers: z.array(z.string().trim().regex(/^\d{2,15}$/, '请填写号码的开头数字')).min(1).max(200).optional(), classes: z.array(z.string().max(32)).min(1).max(12).optional(), skills: z.array(z.uuid()).min(1).max(50).optional(), freeAtMost: few, freeAtLeast: few, waitingAtLeast: few, longestAtLeastSeconds: z.number().int().min(0).max(7200).optional(), waitedAtLeastSeconds: z.number().int().min(0).max(7200).optional() }).refine((when) => Object.values(when).some((one) => one !== undefined), '请至少填写一个条件'),
  strategies: strategies.optional(), weights: weights.optional(),
}).refine((rule) => rule.strategies !== undefined || rule.weights !== undefined, '请选择规则下的策略或权重')).max(20)

export const defaultStrategies: z.output<typeof strategies> = [{ pick: 'lastAgent', afterSeconds: 0 }, { pick: 'longestIdle', afterSeconds: 0 }]
export const defaultWeights: z.output<typeof weights> = weights.parse({ waiting: 30 })
export const pickNames: Record<z.output<typeof pick>, string> = {
  longestIdle: '最长空闲', leastCalls: '接听最少', leastTalk: '通话时长最短', roundRobin: '轮流', sequential: '按顺序', random: '随机', skill: '技能匹配', bestMatch: '最佳坐席', lastAgent: '上次服务坐席', ringAll: '同时振铃',
}
