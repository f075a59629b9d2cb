// Statistics of supervision: every figure names the list behind it (SUP-28, SUP-29).
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { flag, id, localDate } from '../../../kernel/http/codec.ts'

const behind = z.object({ path: z.string(), query: z.record(z.string(), z.string()) })
const figure = z.object({ count: z.number().int(), list: behind })
const line = z.object({ key: z.string(), name: z.string(), total: figure, onTime: figure, late: figure, open: figure, overdue: figure, raised: figure, onTimeRate: z.number().nullable(), overdueRate: z.number().nullable(), /** Of the counted tasks: raised a level; not closed. */ raisedRate: z.number().nullable(), openRate: z.number().nullable(), firstResponseHours: z.number().nullable(), firstLate: figure })

export const statisticsRoute = describeRoute({
  id: 'supervisionStatistics', method: 'GET', path: '/api/supervision/statistics', summary: '督办统计', audience: 'staff', access: { permission: 'supervision.read' },
  query: z.object({ from: localDate, to: localDate, by: z.enum(['type', 'area', 'unit', 'level', 'source', 'month', 'quarter']).default('type'), /** The period of the same length before, or the same days of the year before. */ compare: z.enum(['previous', 'lastYear']).optional(), unitId: id.optional(), below: flag.optional() }),
  response: z.object({ from: z.string(), to: z.string(), firstResponseWithin: z.number(), /** Total of the period compared with; null where none was asked for. */ before: z.object({ from: z.string(), to: z.string(), total: line }).nullable(), total: line, lines: z.array(line), cards: z.object({ yellow: figure, red: figure, voided: figure }), alerts: figure, findings: figure, callbacks: z.object({ supervised: z.number().int(), dissatisfied: z.number().int() }) }),
})
