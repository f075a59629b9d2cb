// Alerts and findings of rules as routes: what was found, who was told, what was done about it (SUP-06, SUP-10, SUP-27).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, instant, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { findingKinds } from '../rules/definition.ts'

const one = z.object({ id })
const hitEffects = ['alert', 'finding'] as const
const required = (max: number) => z.string().trim().min(1).max(max)

const hitRow = z.object({
  id, effect: z.enum(hitEffects), ruleId: id, ruleName: z.string(), kind: z.enum(findingKinds).nullable(), kindName: z.string().nullable(), orderId: id, number: z.string(), title: z.string(), orderStateName: z.string(), unitId: id.nullable(), unitName: z.string().nullable(),
  state: z.enum(['open', 'answered', 'closed']), stateName: z.string(), foundAt: instant, toldCount: z.number().int(), recipients: z.array(z.string()), acknowledgedAt: instant.nullable(), acknowledgedByName: z.string().nullable(),
  measure: z.string().nullable(), result: z.string().nullable(), answeredAt: instant.nullable(), answeredByName: z.string().nullable(), endedAt: instant.nullable(), endedReason: z.string().nullable(), mayAnswer: z.boolean(),
})
export const listHitsRoute = describeRoute({
  id: 'listSupervisionHits', method: 'GET', path: '/api/supervision/hits', summary: '预警与巡检发现', audience: 'staff', access: { permission: 'supervision.read' },
  query: pageQuery.extend({ effect: z.enum(hitEffects), state: listOf(z.enum(['open', 'answered', 'closed'])).optional(), current: flag.optional(), kind: z.enum(findingKinds).optional(), ruleId: id.optional(), orderId: id.optional(), unitId: id.optional(), below: flag.optional(), from: localDate.optional(), to: localDate.optional() }),
  response: pageOf(hitRow),
})
export const acknowledgeHitRoute = describeRoute({ id: 'acknowledgeSupervisionHit', method: 'POST', path: '/api/supervision/hits/:id/acknowledge', summary: '知晓预警或巡检发现', audience: 'staff', access: { permission: 'supervision.read' }, params: one, response: hitRow })
export const answerHitRoute = describeRoute({
  id: 'answerSupervisionHit', method: 'POST', path: '/api/supervision/hits/:id/answer', summary: '登记措施与结果', audience: 'staff', access: { permission: 'supervision.read' }, params: one,
  body: z.object({ measure: required(500), result: z.string().trim().max(500).optional() }), response: hitRow,
})
const share = z.object({ count: z.number().int(), answered: z.number().int(), rate: z.number().nullable() })
export const hitStatsRoute = describeRoute({
  id: 'supervisionHitStats', method: 'GET', path: '/api/supervision/hits/stats', summary: '预警响应统计', audience: 'staff', access: { permission: 'supervision.read' }, query: z.object({ effect: z.enum(hitEffects), from: localDate, to: localDate, below: flag.optional() }),
  response: z.object({ total: share, rules: z.array(share.extend({ ruleId: id, name: z.string() })), months: z.array(z.object({ month: z.string(), count: z.number().int(), overdueRate: z.number().nullable() })) }),
})
