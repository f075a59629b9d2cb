import { z } from 'zod'
import { id, instant, listOf } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { unitKinds } from '../../platform/index.ts'
import { duration, limitClocks } from '../standard/content.ts'
import { read } from '../standard/standard-contract.ts'
import { limitReceivers } from './limit-receivers.ts'
import { limitScopes } from './match-limit.ts'

const limits = { permission: 'matters.limits' } as const
const day = z.iso.date().nullable().default(null)

export const limitContent = z.object({
  scopeKind: z.enum(limitScopes),
  /** Id of the matter or class, code of the appeal type; null for the tenant. */
  scopeId: z.string().max(50).nullable().default(null),
  /** Administrative level of the handling unit, 1 region … 5 community. */
  level: z.number().int().min(1).max(5).nullable().default(null),
  urgency: z.string().max(20).nullable().default(null),
  unitKind: z.enum(unitKinds).nullable().default(null),
  enterpriseGrade: z.string().trim().min(1).max(10).nullable().default(null),
  clock: z.enum(limitClocks),
  duration,
  yellowBefore: duration.nullable().default(null),
  receivers: limitReceivers.default({}),
  validFrom: day,
  validTo: day,
  note: z.string().max(500).nullable().default(null),
})
export type LimitContent = z.output<typeof limitContent>

const limitItem = limitContent.extend({
  id: z.string(), origin: z.enum(['own', 'upper', 'shipped']), version: z.number().int(), scopeText: z.string(), durationText: z.string(), urgencyName: z.string().nullable(), clockName: z.string(),
  /** Own rules may be changed; durations of matters are changed at the matter, shipped ones are replaced. */
  editable: z.boolean(),
})

export const listLimits = describeRoute({
  id: 'listLimitRules', method: 'GET', path: '/api/matters/limits', summary: '办理时限规则', audience: 'staff', access: read,
  query: z.object({ clock: listOf(z.enum(limitClocks)).optional(), scopeKind: listOf(z.enum(limitScopes)).optional(), urgency: z.string().max(20).optional(), query: z.string().trim().max(100).optional() }),
  response: z.object({ items: z.array(limitItem) }),
})

export const createLimit = describeRoute({
  id: 'createLimitRule', method: 'POST', path: '/api/matters/limits', summary: '新建时限规则', audience: 'staff', access: limits,
  body: limitContent, response: z.object({ id, version: z.number().int() }),
})

export const editLimit = describeRoute({
  id: 'editLimitRule', method: 'PUT', path: '/api/matters/limits/:id', summary: '修改时限规则（只影响新工单）', audience: 'staff', access: limits,
  params: z.object({ id: z.string().max(60) }), body: limitContent.extend({ version: z.number().int() }), response: z.object({ id, version: z.number().int() }),
})

export const removeLimit = describeRoute({
  id: 'removeLimitRule', method: 'DELETE', path: '/api/matters/limits/:id', summary: '删除时限规则（只影响新工单）', audience: 'staff', access: limits,
  params: z.object({ id: z.string().max(60) }), response: z.object({ id: z.string() }),
})

const candidate = z.object({ ruleId: z.string(), title: z.string(), scopeText: z.string(), durationText: z.string(), origin: z.enum(['own', 'upper', 'shipped']) })

export const testLimits = describeRoute({
  id: 'testLimitRules', method: 'POST', path: '/api/matters/limits/test', summary: '时限测试：适用哪条规则、截止到何时', audience: 'staff', access: read, audit: false,
  body: z.object({
    matterId: id.nullable().default(null), categoryId: id.nullable().default(null), industryId: id.nullable().default(null),
    appealType: z.string().max(50), level: z.number().int().min(1).max(5).nullable().default(null), urgency: z.string().max(20).default('normal'),
    unitKind: z.enum(unitKinds).nullable().default(null), enterpriseGrade: z.string().max(10).nullable().default(null),
    startAt: instant.optional(), clocks: z.array(z.enum(limitClocks)).default([...limitClocks]),
  }),
  response: z.object({
    startAt: instant,
    items: z.array(z.object({
      clock: z.enum(limitClocks), clockName: z.string(),
      limit: candidate.extend({ duration, dueAt: instant, dueText: z.string(), yellowAt: instant.nullable(), /** Holidays beyond the known ones: the deadline may still move. */ uncertain: z.boolean() }).nullable(),
      /** Rules that also apply but are less specific, in order of precedence. */
      passedOver: z.array(candidate),
    })),
  }),
})
