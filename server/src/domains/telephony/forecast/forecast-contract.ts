// What is to be expected and who is needed for it (TEL-40, TEL-22).
import { z } from 'zod'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const watch = { permission: 'telephony.monitor' } as const
const measured = z.object({ slots: z.number().int(), calls: z.number().int(), error: z.number().nullable().describe('Sum of errors over sum of calls, per cent'), naive: z.number().nullable().describe('The same of the same half hour a week earlier') })
const slot = z.object({ at: instant, expected: z.number(), naive: z.number(), arrived: z.number().int().nullable(), needed: z.number().int(), present: z.number().int().nullable() })
export const queueForecast = z.object({
  id, name: z.string(), skills: z.array(z.string()), next: z.object({ at: instant, expected: z.number(), needed: z.number().int() }), last: z.object({ minutes: z.number(), arrived: z.number().int(), usual: z.number() }), surge: z.boolean(),
  members: z.number().int(), present: z.number().int(), talking: z.number().int(), handleSeconds: z.number(), missing: z.number().int(), advice: z.string().nullable(),
})
export const forecastNow = describeRoute({ id: 'forecastNow', method: 'GET', path: '/api/telephony/forecast', summary: '来电预测与排班建议', audience: 'staff', access: watch, response: z.object({ at: instant, items: z.array(queueForecast), target: z.object({ seconds: z.number(), share: z.number() }), surgePercent: z.number() }) })
export const forecastDay = describeRoute({
  id: 'forecastDay', method: 'GET', path: '/api/telephony/forecast/:queueId', summary: '队列一天的来电预测', audience: 'staff', access: watch, params: z.object({ queueId: id }), query: z.object({ day: localDate.optional() }),
  response: z.object({ day: z.string(), today: z.string(), historyDays: z.number().int(), slots: z.array(slot), days: z.array(z.object({ day: z.string(), work: z.boolean(), expected: z.number(), arrived: z.number().int().nullable(), peak: z.number().int() })), error: z.object({ halfHour: measured, day: measured, kept: measured.describe('Of forecasts as they were told at the time') }) }),
})
export const queueCurve = describeRoute({
  id: 'queueCurve', method: 'GET', path: '/api/telephony/queues/:id/curve', summary: '队列曲线', audience: 'staff', access: watch, params: z.object({ id }), query: z.object({ hours: z.coerce.number().int().refine((n) => [1, 3, 24].includes(n), '可选 1、3、24 小时').default(1) }),
  response: z.object({ points: z.array(z.object({ at: instant, waiting: z.number().int(), longestMs: z.number().int(), ready: z.number().int(), talking: z.number().int() })) }),
})
