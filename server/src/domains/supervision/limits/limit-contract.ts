// Limit boards and the overdue report as routes (MAT-20). Every figure names the list behind it.
import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { clockKinds } from '../supervision.ts'

const behind = z.object({ path: z.string(), query: z.record(z.string(), z.string()) })
const figure = z.object({ count: z.number().int(), list: behind })
const read = { permission: 'supervision.read' } as const
export const limitWays = ['urgency', 'level', 'industry', 'category'] as const
export type LimitWay = (typeof limitWays)[number]

/** What narrows boards, report and rows alike. `level` 1 region … 5 community of the unit, 0 the centre's own desks; `none` orders without the class. */
export const limitFilter = {
  urgency: z.string().max(20).optional(), level: z.coerce.number().int().min(0).max(5).optional(), industryId: z.union([id, z.literal('none')]).optional(), categoryId: z.union([id, z.literal('none')]).optional(), unitId: id.optional(),
}

const line = z.object({ key: z.string(), name: z.string(), running: figure, inTime: figure, near: figure, overdue: figure, paused: figure })
export const limitBoardRoute = describeRoute({
  id: 'limitBoard', method: 'GET', path: '/api/supervision/limits', summary: '时限看板', audience: 'staff', access: read,
  query: z.object({ ...limitFilter, clock: z.enum(clockKinds).default('handling') }),
  response: z.object({ at: instant, total: line, panels: z.array(z.object({ by: z.enum(limitWays), lines: z.array(line) })) }),
})

const reportLine = z.object({ key: z.string(), name: z.string(), due: figure, closed: figure, overdue: figure, overdueRate: z.number().nullable(), averageHours: z.number().nullable() })
export const limitReportRoute = describeRoute({
  id: 'limitReport', method: 'GET', path: '/api/supervision/limit-report', summary: '时限报告：超期率与平均办理时长', audience: 'staff', access: read,
  query: z.object({ ...limitFilter, clock: z.enum(clockKinds).default('handling'), from: localDate, to: localDate, by: z.enum(limitWays).default('industry') }),
  response: z.object({ from: z.string(), to: z.string(), total: reportLine, lines: z.array(reportLine) }),
})
