// The health check as routes (ANA-30).
import { z } from 'zod'
import { instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { filter } from '../board.ts'
import { factor, levels, model } from './health.ts'

const member = z.object({ dimension: z.string(), key: z.string().nullable(), name: z.string(), now: z.number(), before: z.number().nullable() })
const seen = factor.extend({
  name: z.string(), unit: z.string(), statement: z.string(), now: z.number().nullable(), before: z.number().nullable(), value: z.number().nullable().describe('What is scored: the value or its change'), score: z.number().nullable(), lost: z.number().describe('Points of the whole'),
  level: z.enum(levels).nullable(), words: z.string().describe('The short analysis'), counted: z.string().nullable().describe('The indicator whose rows are what went wrong'), troubles: z.number().describe('How many they are'), top: z.array(member).describe('Where it comes from'),
})
export const healthRoute = describeRoute({
  id: 'checkHealth', method: 'POST', path: '/api/analytics/health', summary: '运行体检', audience: 'staff', access: { permission: 'data.read' }, audit: false, limit: 120,
  body: z.object({ from: localDate, to: localDate, where: z.array(filter).max(10).default([]), past: z.int().min(0).max(12).default(0).describe('Periods before, for the course of the score') }),
  response: z.object({
    from: z.string(), to: z.string(), asOf: instant, score: z.number().nullable(), level: z.enum(levels).nullable(), levelName: z.string(), factors: z.array(seen), course: z.array(z.object({ from: z.string(), to: z.string(), score: z.number().nullable() })),
    rising: z.array(member).describe('Categories that rose most'), bands: model.shape.bands, edit: z.int(), mayEdit: z.boolean(), changedAt: instant.nullable(), changedByName: z.string().nullable(), where: z.array(filter),
  }),
})
export const keepHealthRoute = describeRoute({ id: 'keepHealthModel', method: 'PUT', path: '/api/analytics/health', summary: '修改运行体检模型', audience: 'staff', access: { permission: 'analytics.manage' }, body: z.object({ model: model.nullable().describe('null: the delivered one again'), edit: z.int() }), response: z.object({ edit: z.int() }) })
