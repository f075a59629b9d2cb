// Forecasts and effects as routes (ANA-25, ANA-26): figures of the semantic layer, looked at over time.
import { z } from 'zod'
import { localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { filter } from '../board.ts'
import { ways } from './forecast.ts'

const read = { permission: 'data.read' } as const
const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/)
const where = z.array(filter).max(10).default([])
const member = z.object({ dimension: z.string(), key: z.string().nullable(), name: z.string() })
const forecast = z.object({ value: z.number(), low: z.number(), high: z.number(), error: z.number().nullable().describe('Per cent the way was wrong on the last periods held out'), way: z.enum(ways), wayName: z.string() })

export const forecastRoute = describeRoute({
  id: 'forecastFigures', method: 'POST', path: '/api/analytics/forecast', summary: '趋势预测', audience: 'staff', access: read, audit: false, limit: 120,
  body: z.object({ indicator: code, dimension: z.string().max(40).optional(), where, limit: z.int().min(1).max(50).default(10) }),
  response: z.object({
    name: z.string(), unit: z.string(), grain: z.enum(['month', 'week']), next: z.string().describe('The period that is forecast'),
    items: z.array(z.object({ key: member.nullable(), past: z.array(z.object({ period: z.string(), value: z.number(), from: localDate, to: localDate })), forecast: forecast.nullable(), reason: z.string().nullable().describe('Why there is none') })),
  }),
})
export const impactRoute = describeRoute({
  id: 'impactOfEvent', method: 'POST', path: '/api/analytics/impact', summary: '事件与政策影响', audience: 'staff', access: read, audit: false, limit: 120,
  body: z.object({ indicator: code.default('received'), from: localDate.optional().describe('First day of the event, release date of a policy'), to: localDate, weeks: z.int().min(2).max(26).default(8).describe('Weeks before that tell what was to be expected'), where }),
  response: z.object({ name: z.string(), from: localDate, to: localDate, observed: z.number(), expected: z.number(), extra: z.number(), words: z.string().describe('Conclusion: only what was counted'), peak: z.string().nullable().describe('The day with the most beyond what was expected'), lasted: z.int().describe('Days from the first to the last that stood out'), drivers: z.array(z.object({ dimension: z.string(), label: z.string(), key: z.string().nullable(), name: z.string(), observed: z.number(), expected: z.number(), extra: z.number() })).describe('Members that changed most, up or down'), days: z.array(z.object({ day: z.string(), observed: z.number(), expected: z.number(), extra: z.number() })), where: z.array(filter).describe('With the period: the question whose rows are the observed') }),
})
