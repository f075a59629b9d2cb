// Screening of handled cases as routes (QUA-22).
import { z } from 'zod'
import { empty, id, instant, listOf, localDate, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { indicatorDefinition, screeningDefinition, scoringDefinition } from './screening.ts'

const read = { audience: 'staff', access: { permission: 'quality.read' } } as const
const manage = { audience: 'staff', access: { permission: 'quality.manage' } } as const
const name = z.string().trim().min(1, '必填').max(60)
const state = z.enum(['active', 'stopped'])
const part = { id, name: z.string(), state, shipped: z.boolean(), version: z.int(), at: instant.nullable(), byName: z.string().nullable() }
const body = { id: id.nullable(), /** The version that was edited; 0 for a new one and for a shipped one. */ version: z.int().default(0), name, state: state.default('active') }
export const pools = ['classic', 'inspection'] as const
export const poolStates = ['waiting', 'picked', 'left'] as const

export const listScreeningParts = describeRoute({
  ...read, id: 'listQualityScreening', method: 'GET', path: '/api/quality/screening', summary: '筛查指标与模型',
  response: z.object({
    indicators: z.array(z.object({ ...part, definition: indicatorDefinition, kindName: z.string() })), scorings: z.array(z.object({ ...part, definition: scoringDefinition })),
    screenings: z.array(z.object({ ...part, definition: screeningDefinition, lastRun: z.object({ startedAt: instant, endedAt: instant.nullable(), examined: z.int(), byName: z.string() }).nullable() })),
    kinds: z.array(z.object({ value: z.string(), label: z.string() })),
  }),
})
export const saveScreeningPart = describeRoute({
  ...manage, id: 'saveQualityScreeningPart', method: 'POST', path: '/api/quality/screening/parts', summary: '维护筛查指标与模型',
  body: z.discriminatedUnion('part', [z.object({ ...body, part: z.literal('indicator'), definition: indicatorDefinition }), z.object({ ...body, part: z.literal('screening'), definition: screeningDefinition }), z.object({ ...body, part: z.literal('scoring'), definition: scoringDefinition })]), response: z.object({ id, version: z.int() }),
})
export const removeScreeningPart = describeRoute({ ...manage, id: 'removeQualityScreeningPart', method: 'DELETE', path: '/api/quality/screening/parts/:id', summary: '删除筛查指标或模型', params: z.object({ id }), response: empty })
export const runScreening = describeRoute({ ...manage, id: 'runQualityScreening', method: 'POST', path: '/api/quality/screening/:id/run', summary: '立即筛查', params: z.object({ id }), body: z.object({}), response: empty })

const caseRow = z.object({
  id, orderId: id, number: z.string(), title: z.string(), unitName: z.string().nullable(), closedAt: instant, modelName: z.string(), points: z.int(), hits: z.array(z.object({ id, name: z.string(), weight: z.number(), detail: z.string() })),
  pool: z.enum(pools).nullable(), poolName: z.string().nullable(), state: z.enum(poolStates), stateName: z.string(), decidedAt: instant.nullable(), decidedByName: z.string().nullable(), note: z.string().nullable(), /** Whether the reader may choose it for its pool. */ mayPick: z.boolean(), mayLeave: z.boolean(),
})
export const listScreened = describeRoute({
  ...read, id: 'listScreenedCases', method: 'GET', path: '/api/quality/screening/cases', summary: '筛查得分与候选',
  query: pageQuery.extend({ pool: z.enum(pools).optional(), state: listOf(z.enum(poolStates)).optional(), modelId: id.optional(), unitId: id.optional(), indicatorId: id.optional(), below: z.coerce.number().int().min(1).max(101).optional(), from: localDate.optional(), to: localDate.optional() }), response: pageOf(caseRow),
})
export const decideScreened = describeRoute({
  ...read, id: 'decideScreenedCase', method: 'POST', path: '/api/quality/screening/cases/:id/decide', summary: '从候选中采用或不采用', params: z.object({ id }), body: z.object({ pick: z.boolean(), note: z.string().trim().max(500).default('') }),
  response: z.object({ state: z.enum(poolStates), /** The draft of a classic case in the knowledge base. */ itemId: id.nullable() }),
})
